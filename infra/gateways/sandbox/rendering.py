"""Templates into answers."""

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from infra.gateways.sandbox.texts import REASONS, TEXTS, Language, money

FOLDER = Path(__file__).parent / "pages"
#: Nothing from elsewhere, and no scripts.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
templates = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined
)
templates.filters["pretty"] = lambda document: json.dumps(
    document, ensure_ascii=False, indent=2
)


def language_of(request: Request, wished: Language | None = None) -> Language:
    """As the address says, or the shop, or the browser; Russian if nobody does."""
    asked = request.query_params.get("lang", "")
    preferred = request.headers.get("accept-language", "").lower()[:2]
    said = asked if asked in TEXTS else wished or preferred
    return "en" if said == "en" else "ru"


def render(
    request: Request, name: str, language: Language, status: int = 200, **context: Any
) -> HTMLResponse:
    other = "ru" if language == "en" else "en"
    html = templates.get_template(name).render(
        t=TEXTS[language],
        reasons=REASONS[language],
        language=language,
        other_language=request.url.include_query_params(lang=other),
        money=lambda amount: money(amount, language),
        **context,
    )
    return HTMLResponse(html, status, headers=HEADERS)
