"""The schema, forwards only: each script once, under a lock, in the order of names."""

from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

from psycopg import Connection, OperationalError, connect
from psycopg.errors import InvalidSchemaName, UndefinedTable

from domain.kernel.messages import Clock
from infra.clock import utc_now
from infra.settings import Settings
from infra.stories import FOLLOWERS, STORIES

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
#: Stands in the journal for the tables that the library makes.
LIBRARY = "library"
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


def migrate(settings: Settings, clock: Clock = utc_now) -> list[str]:
    """Bring the database up to date, and say which scripts that took.

    Raises ``MigrationChanged``.
    """
    with connect(settings.conninfo, autocommit=True) as connection:
        connection.execute(LOCK)
        connection.execute(JOURNAL)
        before: dict[str, str] = dict(connection.execute(APPLIED).fetchall())
        applied = apply(connection, before)
        if before.get(LIBRARY) != library():
            create_library_tables(settings, clock)
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
    """Changes whenever the library has to make another table."""
    names = (*(story.name for story in STORIES), *FOLLOWERS)
    return sha256(" ".join(sorted(names)).encode()).hexdigest()


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


def create_library_tables(settings: Settings, clock: Clock) -> None:
    """The library's own tables, by its own statements; at run time it creates none."""
    from infra.eventstore.bell import Bell
    from infra.eventstore.cinema import Cinema
    from infra.eventstore.conductor import Conductor
    from infra.eventstore.tracking import tracking

    env = settings.library | {"CREATE_TABLE": "y"}
    with ExitStack() as stack:
        stack.enter_context(Cinema(env, Bell(), clock))
        for story in STORIES:
            stack.enter_context(Conductor(story, env, Bell(), clock))
        for name in FOLLOWERS:
            tracking(name, env, stack)
