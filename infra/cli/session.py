"""What a command needs of the installation it is about."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeAlias

import typer

from infra.cli.output import fail

if TYPE_CHECKING:
    from psycopg import Connection

    from infra.bootstrap import System
    from infra.eventstore.audit import AuditLog
    from infra.settings import Settings

Data: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        envvar="CINEMA_DATA", help="The folder of cinema up.", show_default="var"
    ),
]
AsJson: TypeAlias = Annotated[
    bool, typer.Option("--json", help="For programs: JSON instead of a table.")
]


def installation(data: Path | None) -> "Settings":
    """The settings, and what they leave open as ``cinema up`` has published it."""
    settings = found(data)
    if not settings.database_url.get_secret_value():
        fail(
            f"There is no database: no cinema is running on {settings.data}. "
            "Run cinema up, name its folder with --data, or set CINEMA_DATABASE_URL."
        )
    return settings


def found(data: Path | None) -> "Settings":
    from infra.embedded.addresses import find_settings

    if data is not None:
        # Also for what this command itself starts.
        os.environ["CINEMA_DATA"] = str(data)
    return find_settings()


def unreachable(error: Exception) -> NoReturn:
    reason = next(iter(str(error).strip().splitlines()), "it does not answer")
    fail(f"The database cannot be reached: {reason}")


@contextmanager
def database(
    settings: "Settings", *, read_only: bool = False
) -> Generator["Connection[Any]", None, None]:
    from psycopg import OperationalError, connect

    try:
        with connect(settings.conninfo, autocommit=True) as connection:
            connection.read_only = read_only
            yield connection
    except OperationalError as error:
        unreachable(error)


@contextmanager
def audit(data: Path | None) -> Generator["AuditLog", None, None]:
    """The log, to be read only."""
    from infra.eventstore.audit import AuditLog, UnreadableEvent

    try:
        with database(installation(data), read_only=True) as connection:
            yield AuditLog(connection)
    except UnreadableEvent as error:
        fail(str(error))


@contextmanager
def assembled(data: Path | None) -> Generator["System", None, None]:
    """All of the system, nothing of it running."""
    from psycopg import OperationalError

    from infra.bootstrap import assemble
    from infra.projection_engine.store import StoreUnavailable

    try:
        with assemble(installation(data)) as system:
            yield system
    except (OperationalError, StoreUnavailable) as error:
        unreachable(error)
