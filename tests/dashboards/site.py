"""The dashboards behind their door, and browsers to open it with."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html.parser import HTMLParser
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from fastapi.testclient import TestClient
from typing_extensions import override

from infra.asgi import OneAddress
from infra.bootstrap import System, engines, utc_now
from infra.eventstore.runner import drain
from tests import people
from tests.people import Person

CSRF = "starlette_admin_csrftoken"
TOKEN = re.compile(r'name="csrftoken" value="([^"]+)"')


@dataclass
class WallClock:
    """What sessions live by; only a test moves it."""

    now: datetime = field(default_factory=utc_now)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


#: Seconds; what concerns access is true everywhere within one, on a busy machine too.
PATIENCE = 5.0


def soon(holds: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < deadline


class Form(HTMLParser):
    """What a browser would send of a page's form if nothing were changed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}
        self.area = self.select = ""
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "input" if given.get("type") != "checkbox" and "name" in given:
                self.fields[given["name"]] = given.get("value", "")
            case "textarea" if "name" in given:
                self.area = given["name"]
                self.fields[self.area] = ""
            case "select":
                self.select = given.get("name", "")
                if "multiple" in given:
                    self.fields[self.select] = []
            case "option" if self.select and "selected" in given:
                self.choose(given.get("value", ""))

    def choose(self, value: str) -> None:
        match self.fields.get(self.select):
            case list() as several:
                several.append(value)
            case _:
                self.fields[self.select] = value

    @override
    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] += data

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self.area] = self.fields[self.area].removeprefix("\n")
            self.area = ""


@dataclass
class Browser:
    """Somebody's browser: keeps cookies, fills in forms."""

    http: TestClient

    def get(self, path: str = "", **query: Any) -> Any:
        question = f"?{urlencode(query)}" if query else ""
        return self.http.get(f"/admin{path}{question}")

    def post(self, path: str, fields: dict[str, Any], token: str, **query: Any) -> Any:
        question = f"?{urlencode(query)}" if query else ""
        return self.http.post(
            f"/admin{path}{question}",
            data={"csrftoken": token, **fields},
            follow_redirects=False,
        )

    def submit(self, path: str, fields: dict[str, Any], **query: Any) -> Any:
        """As the page's own form would: with what it has against forgery."""
        return self.post(path, fields, self.token(path, **query), **query)

    def token(self, path: str = "/", **query: Any) -> str:
        page = self.get(path, **query)
        found = TOKEN.search(page.text)
        assert found, page.text
        return found[1]

    def sign_in(self, person: Person, password: str = "") -> Any:
        fields = {"email": person.email, "password": password or person.password}
        return self.submit("/login", fields)

    def sign_out(self) -> Any:
        return self.post("/logout", {}, self.token())


@dataclass
class Site:
    app: OneAddress
    system: System

    def browser(self, *, language: str = "en") -> Browser:
        http = TestClient(self.app, raise_server_exceptions=False)
        http.cookies.set("language", language)
        return Browser(http)

    def staff(self, *roles: str) -> Person:
        return people.staff(self.browser().http, self.system, *roles)

    def signed_in(self, *roles: str, language: str = "en") -> Browser:
        browser = self.browser(language=language)
        answer = browser.sign_in(self.staff(*roles))
        assert answer.status_code == 303, answer.text
        return browser

    def drain(self) -> None:
        drain(engines(self.system).values())
