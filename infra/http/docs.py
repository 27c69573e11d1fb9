"""Swagger UI for a person to try the API, with nothing asked of another site."""

from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from starlette.requests import Request
from starlette.staticfiles import StaticFiles

#: Has the files of Swagger UI; its own application class is not used.
PACKAGE = "fastapi_offline"


def assets() -> Path:
    """Raises ``LookupError`` when the package is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(PACKAGE)
    return Path(spec.submodule_search_locations[0]) / "static"


def add_docs(app: FastAPI, path: str) -> None:
    """At ``path``; its files are below it."""

    def docs(_request: Request) -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url=str(app.openapi_url),
            title=app.title,
            swagger_js_url=f"{path}/assets/swagger-ui-bundle.js",
            swagger_css_url=f"{path}/assets/swagger-ui.css",
            swagger_favicon_url=f"{path}/assets/favicon.png",
        )

    app.mount(f"{path}/assets", StaticFiles(directory=assets()))
    app.add_route(path, docs, include_in_schema=False)
