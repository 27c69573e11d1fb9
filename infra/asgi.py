"""The applications as a server runs them."""

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from command_api import problems as refusals
from command_api.app import create_app as create_command_app
from infra.bootstrap import System
from infra.dashboards import dashboards
from infra.http import problems
from infra.http.docs import add_docs
from infra.http.etags import Etags
from infra.http.headers import CommonHeaders
from infra.http.openapi import document_operations
from infra.http.strict_json import StrictJson
from infra.http.unbroken import Unbroken
from infra.http.welcome import welcome
from query_api.app import create_app as create_query_app
from query_api.dashboards.admin import mount
from query_api.dashboards.ports import CommandApi

#: What comes in these is not our JSON, or has limits of its own.
FOREIGN_BODIES = ("/webhooks/", "/admin")
QUERIES = ("/query", "/admin")


def command_app(system: System) -> FastAPI:
    return wrapped(create_command_app(system.services()), "/command/v1")


def query_app(system: System, commands: CommandApi | None = None) -> FastAPI:
    """``commands`` is where the dashboards send theirs, if not over the network."""
    app = wrapped(create_query_app(system.views()), "/query/v1")
    app.add_middleware(Etags)
    mount(app, dashboards(system, commands))
    return app


def wrapped(app: FastAPI, path: str) -> FastAPI:
    problems.install(app, refusals.STATUS)
    document_operations(app)
    add_docs(app, f"{path}/docs")
    app.add_middleware(StrictJson, exempt=FOREIGN_BODIES)
    app.add_middleware(Unbroken)
    app.add_middleware(CommonHeaders)
    return app


class OneAddress:
    """Both applications behind one address, told apart by the path."""

    def __init__(self, commands: ASGIApp, queries: ASGIApp) -> None:
        self.commands = commands
        self.queries = queries

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.of(scope.get("path", ""))(scope, receive, send)

    def of(self, path: str) -> ASGIApp:
        if path == "/":
            return welcome
        return self.queries if path.startswith(QUERIES) else self.commands
