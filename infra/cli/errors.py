"""The one place that turns what went wrong into a line for the person who asked."""

import logging
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from infra.cli.output import WRONG

if TYPE_CHECKING:
    from pydantic import ValidationError

#: Set it to see where an unexpected error came from.
TRACEBACK = "CINEMA_TRACEBACK"
INTERRUPTED = 130


def reported(run: Callable[[], None]) -> None:
    """Run a command; every error ends it with one line on stderr."""
    try:
        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # Whoever was reading has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        # Only a role logs that much, for whoever looks after it.
        logging.getLogger(__name__).info("ended by an error", exc_info=error)
        typer.echo(explained(error), err=True)
        sys.exit(WRONG)


def explained(error: Exception) -> str:
    """What is wrong, where, and what to do about it."""
    from psycopg import OperationalError
    from psycopg.errors import InvalidSchemaName, UndefinedColumn, UndefinedTable
    from pydantic import ValidationError

    from domain.kernel.errors import DomainError
    from infra.embedded.errors import CannotRun
    from infra.eventstore.unsafe import UnsafeSetting
    from infra.migrate import MigrationChanged, MigrationNeeded
    from infra.personal.ports import BadKeyEncryptionKey, KeyEncryptionKeyMissing

    match error:
        case DomainError() | CannotRun() | MigrationNeeded() | MigrationChanged():
            return str(error)
        case KeyEncryptionKeyMissing() | BadKeyEncryptionKey() | UnsafeSetting():
            return str(error)
        case ValidationError():
            return invalid_settings(error)
        case UndefinedTable() | UndefinedColumn() | InvalidSchemaName():
            lacking = first_line(error)
            return f"The database is not up to date ({lacking}): run cinema migrate."
        case OperationalError():
            return (
                f"The database cannot be reached: {first_line(error)}. "
                "Is cinema up running, or is CINEMA_DATABASE_URL right?"
            )
        case OSError():
            return (
                f"{error.filename or type(error).__name__}: {error.strerror or error}"
            )
        case _:
            where = f"run it again with {TRACEBACK}=1 to see where"
            return f"Unexpected: {type(error).__name__}: {first_line(error)} ({where})."


def invalid_settings(error: "ValidationError") -> str:
    """Never the value itself: it may be a secret."""
    wrong = [
        f"CINEMA_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}"
        for each in error.errors()
    ]
    return f"The settings are not valid: {'; '.join(wrong)}."


def first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [""])[0].rstrip(".")
