"""The applications as a server runs them."""

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from command_api import problems as refusals
from command_api.app import create_app as create_command_app
from infra.bootstrap import System
from infra.dashboards import dashboards
from infra.http import problems
from infra.http.etags import Etags
from infra.http.headers import CommonHeaders
from infra.http.openapi import document_permissions
from infra.http.strict_json import StrictJson
from query_api.app import create_app as create_query_app
from query_api.dashboards.admin import mount
from query_api.dashboards.ports import CommandApi

#: What comes in these is not our JSON, or has limits of its own.
FOREIGN_BODIES = ("/webhooks/", "/admin")
QUERIES = ("/query", "/admin")


def command_app(system: System) -> FastAPI:
    return wrapped(create_command_app(system.services()))


def query_app(system: System, commands: CommandApi | None = None) -> FastAPI:
    """``commands`` is where the dashboards send theirs, if not over the network."""
    app = wrapped(create_query_app(system.views()))
    app.add_middleware(Etags)
    mount(app, dashboards(system, commands))
    return app


def wrapped(app: FastAPI) -> FastAPI:
    problems.install(app, refusals.STATUS)
    document_permissions(app)
    app.add_middleware(StrictJson, exempt=FOREIGN_BODIES)
    app.add_middleware(CommonHeaders)
    return app


class OneAddress:
    """Both applications behind one address, told apart by the path."""

    def __init__(self, commands: ASGIApp, queries: ASGIApp) -> None:
        self.commands = commands
        self.queries = queries

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_query = scope.get("path", "").startswith(QUERIES)
        app = self.queries if is_query else self.commands
        await app(scope, receive, send)
