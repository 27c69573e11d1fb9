"""``cinema clock``: the one clock that everything reads, in a sandbox."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from infra.cli.filters import moment
from infra.cli.output import document
from infra.cli.session import AsJson, Data, assembled, installation

if TYPE_CHECKING:
    from infra.bootstrap import System

app = typer.Typer(no_args_is_help=True, help="The sandbox's clock.")


@app.command()
def show(data: Data = None, as_json: AsJson = False) -> None:
    """What time it is, and how far that is ahead of the machine's clock."""
    from psycopg import connect

    from infra.clock import ahead, utc_now

    settings = installation(data)
    with connect(settings.conninfo) as connection:
        offset = ahead(connection)
    now = utc_now() + offset if settings.sandbox else utc_now()
    if as_json:
        document({"now": now, "ahead": offset, "sandbox": settings.sandbox})
    else:
        typer.echo(shown(now))


@app.command()
def advance(
    by: Annotated[str, typer.Argument(metavar="DURATION", help="As 31d or 1d12h.")],
    data: Data = None,
) -> None:
    """Move the clock forward, and let what falls due on the way happen in order."""
    from infra.time_travel import NoDuration, duration

    try:
        length = duration(by)
    except NoDuration as error:
        raise typer.BadParameter(str(error)) from error
    with assembled(data) as system:
        travel(system, system.clock() + length)


@app.command("set")
def set_to(
    time: Annotated[
        datetime, typer.Argument(parser=moment, metavar="TIME", help="ISO 8601, UTC.")
    ],
    data: Data = None,
) -> None:
    """Move the clock forward to this moment."""
    with assembled(data) as system:
        travel(system, time)


def travel(system: "System", to: datetime) -> None:
    from infra.clock import NoSandbox
    from infra.time_travel import TimeTraveller

    if not system.settings.sandbox:
        raise NoSandbox
    for reached in TimeTraveller(system).travel(to):
        typer.echo(shown(reached))


def shown(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S} UTC"
