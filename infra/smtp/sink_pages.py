"""The mail sink over HTTP: JSON for programs, pages for a person."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from infra.smtp.letterbox import Letterbox, Mail

#: A letter may not run, load or send anything, wherever it is shown.
LETTER_CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
PAGE_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'"

pages = Environment(
    loader=PackageLoader("infra.smtp", "pages"),
    undefined=StrictUndefined,
    autoescape=True,
)


def page(name: str, **context: object) -> HTMLResponse:
    content = pages.get_template(name).render(**context)
    return HTMLResponse(content, headers={"Content-Security-Policy": PAGE_CSP})


class Pages:
    def __init__(self, letterbox: Letterbox) -> None:
        self.letterbox = letterbox

    def wanted(self, request: Request) -> list[Mail]:
        """All, or those ``?to=`` somebody; the newest ``?limit=`` of them."""
        to = request.query_params.get("to", "").lower()
        limit = request.query_params.get("limit", "")
        found = [m for m in self.letterbox.newest_first() if to in m.to.lower()]
        return found[: int(limit)] if limit.isdecimal() else found

    def one(self, request: Request) -> Mail:
        mail = self.letterbox.find(request.path_params["id"])
        if mail is None:
            raise HTTPException(404, "There is no such message.")
        return mail

    async def messages(self, request: Request) -> Response:
        return JSONResponse([mail.public() for mail in self.wanted(request)])

    async def message(self, request: Request) -> Response:
        return JSONResponse(self.one(request).public())

    async def index(self, request: Request) -> Response:
        return page("list.html", mails=self.wanted(request))

    async def view(self, request: Request) -> Response:
        return page("view.html", mail=self.one(request))

    async def body(self, request: Request) -> Response:
        headers = {"Content-Security-Policy": LETTER_CSP}
        return HTMLResponse(self.one(request).html, headers=headers)


def create_app(letterbox: Letterbox) -> Starlette:
    shown = Pages(letterbox)
    routes = [
        Route("/", shown.index),
        Route("/messages", shown.messages),
        Route("/messages/{id}", shown.message),
        Route("/messages/{id}/view", shown.view),
        Route("/messages/{id}/html", shown.body),
    ]
    return Starlette(routes=routes)
