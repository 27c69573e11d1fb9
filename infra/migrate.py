"""The schema, forwards only: each script once, under a lock, in the order of names."""

from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

from psycopg import Connection, OperationalError, connect
from psycopg.errors import InvalidSchemaName, UndefinedTable

from infra.settings import Settings
from infra.stories import STORIES

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = "SELECT pg_advisory_lock(hashtext('cinema migrate'))"
JOURNAL = """
CREATE SCHEMA IF NOT EXISTS es;
CREATE TABLE IF NOT EXISTS es.migration (
    name text PRIMARY KEY,
    digest text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""
APPLIED = "SELECT name, digest FROM es.migration"
APPLY = """
INSERT INTO es.migration (name, digest) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, applied_at = now()
"""
LOG = Path(__file__).parent / "eventstore" / "schema.sql"
#: Stands in the journal for the tables and functions of the logs.
LIBRARY = "library"
#: Of the cinema, of each process, and of what could not be published.
LOGS = ("cinema", "outgoing", *sorted(story.name for story in STORIES))
#: How long a role waits for somebody to migrate, in seconds.
PATIENCE = 60.0
PAUSE = 0.1


class MigrationChanged(Exception):
    """A script that was applied has been changed since; add a new one instead."""

    def __init__(self, script: str) -> None:
        super().__init__(f"{script}: {self.__doc__}")


class MigrationNeeded(Exception):
    """The database is older than this program: run cinema migrate."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def migrate(settings: Settings) -> list[str]:
    """Bring the database up to date, and say which scripts that took.

    Raises ``MigrationChanged``.
    """
    with connect(settings.conninfo, autocommit=True) as connection:
        connection.execute(LOCK)
        connection.execute(JOURNAL)
        before: dict[str, str] = dict(connection.execute(APPLIED).fetchall())
        applied = apply(connection, before)
        if before.get(LIBRARY) != library():
            create_logs(connection)
            connection.execute(APPLY, (LIBRARY, library()))
    return applied


def await_schema(settings: Settings, patience: float = PATIENCE) -> None:
    """Wait for the database, and for somebody to bring it up to date.

    Raises ``MigrationNeeded``, or ``OperationalError`` if it cannot be reached.
    """
    deadline = monotonic() + patience
    while True:
        try:
            if not pending(settings):
                return
        except OperationalError:
            if monotonic() > deadline:
                raise
        if monotonic() > deadline:
            raise MigrationNeeded
        sleep(PAUSE)


def pending(settings: Settings) -> list[str]:
    """What ``migrate`` would have to do."""
    with connect(settings.conninfo, autocommit=True) as connection:
        try:
            journal = connection.execute(APPLIED).fetchall()
        except (UndefinedTable, InvalidSchemaName):
            journal = []
    wanted = {script.name for script in scripts()} | {LIBRARY}
    done = {name for name, digest in journal if name != LIBRARY or digest == library()}
    return sorted(wanted - done)


def scripts() -> list[Path]:
    return sorted(SCRIPTS.glob("*.sql"))


def library() -> str:
    """Changes whenever there are other logs, or logs are kept otherwise."""
    return sha256(" ".join(LOGS).encode() + LOG.read_bytes()).hexdigest()


def apply(connection: Connection, before: dict[str, str]) -> list[str]:
    fresh = []
    for script in scripts():
        digest = sha256(script.read_bytes()).hexdigest()
        if before.get(script.name) == digest:
            continue
        if script.name in before:
            raise MigrationChanged(script.name)
        with connection.transaction():
            connection.execute(script.read_bytes())
            connection.execute(APPLY, (script.name, digest))
        fresh.append(script.name)
    return fresh


def create_logs(connection: Connection) -> None:
    """Tables and functions of each; at run time the library creates none."""
    from infra.eventstore.former import SCHEMA, upgrade
    from infra.eventstore.log import Log

    upgrade(connection)
    with connection.transaction():
        for name in LOGS:
            Log(SCHEMA, f"{name}_events").create(connection)
