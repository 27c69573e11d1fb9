"""``cinema serve``: the applications over HTTP."""

import socket
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from infra.cli.session import Data, installation

if TYPE_CHECKING:
    from starlette.types import ASGIApp
    from uvicorn import Server

    from infra.bootstrap import System
    from infra.settings import Settings

#: What a request that has begun may take to end when we are told to stop, in seconds.
GRACE = 5
BACKLOG = 2048


class Side(StrEnum):
    COMMAND = "command"
    QUERY = "query"
    ALL = "all"


def add_to(app: typer.Typer) -> None:
    app.command()(serve)


def serve(
    side: Annotated[Side, typer.Argument(help="Which of the two, or both.")],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    data: Data = None,
) -> None:
    """Take commands, answer queries, or both behind one address."""
    from infra.bootstrap import assemble
    from infra.migrate import await_schema
    from infra.telemetry import observed

    settings = installation(data)
    listener = listen(host, port)
    with observed(settings, f"serve-{side.value}"):
        await_schema(settings)
        with assemble(settings) as system:
            system.keys.check()
            server(application(system, side), settings).run(sockets=[listener])


def server(app: "ASGIApp", settings: "Settings") -> "Server":
    from uvicorn import Config, Server

    config = Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
    )
    return Server(config)


def application(system: "System", side: Side) -> "ASGIApp":
    from infra.asgi import OneAddress, command_app, query_app

    if side is Side.COMMAND:
        return command_app(system)
    if side is Side.QUERY:
        return query_app(system)
    return OneAddress(command_app(system), query_app(system))


def listen(host: str, port: int) -> socket.socket:
    """Raises ``PortTaken``."""
    from infra.embedded.errors import PortTaken

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise PortTaken(port, f"the APIs on {host}") from error
