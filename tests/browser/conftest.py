"""A real browser before a real server; what the page complains of fails the test."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import httpx2
import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)
from uvicorn import Config, Server

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import System, assemble, everyone
from infra.eventstore.runner import Runner
from infra.settings import Settings
from tests.people import Person, staff

CHROMIUM = shutil.which("chromium")
#: Nothing of the machine's and nothing of the network's, but what the page asks for.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@dataclass
class Site:
    """A cinema that runs, at an address."""

    url: str
    system: System
    http: httpx2.Client

    def staff(self, *roles: str) -> Person:
        return staff(self.http, self.system, *roles)

    def send(self, person: Person, path: str, body: dict[str, Any]) -> Any:
        answer = self.http.post(path, json=body, headers=person.headers)
        assert answer.is_success, answer.text
        return answer.json()


@dataclass
class Complaints:
    """What a page must not do: fail, warn, or ask anybody else for anything."""

    url: str
    found: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.found.append(str(error)))
        page.on("console", self.hear)
        page.on("request", self.check)

    def hear(self, message: ConsoleMessage) -> None:
        """A form that is refused is no failure of the page."""
        if message.type == "error" and "422" not in message.text:
            self.found.append(message.text)

    def check(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.found.append(f"asked elsewhere: {request.url}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Not for longer: Playwright leaves this thread an event loop that runs."""
    if CHROMIUM is None:
        pytest.skip("needs a browser: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture
def site(postgres: Settings) -> Iterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = postgres.model_copy(update={"public_url": url})
        with (
            assemble(settings) as system,
            serving(system, listener),
            httpx2.Client(base_url=url, timeout=30) as http,
        ):
            yield Site(url, system, http)


@contextmanager
def serving(system: System, listener: socket.socket) -> Iterator[None]:
    app = OneAddress(command_app(system), query_app(system))
    server = Server(Config(app, log_config=None, lifespan="off"))
    runner = Runner(everyone(system).values(), system.bell)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    runner.start()
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
        runner.stop()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="ru-RU"
    )
    page = context.new_page()
    complaints = Complaints(site.url)
    complaints.watch(page)
    yield page
    context.close()
    assert complaints.found == []
