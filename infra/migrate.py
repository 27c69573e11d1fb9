"""The schema, forwards only: each script once, under a lock, in the order of names."""

from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

from psycopg import Connection, connect

from domain.kernel.messages import Clock
from infra.eventstore.bell import Bell
from infra.eventstore.cinema import Cinema
from infra.eventstore.conductor import Conductor
from infra.eventstore.tracking import tracking
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
APPLY = "INSERT INTO es.migration (name, digest) VALUES (%s, %s)"


class MigrationChanged(Exception):
    """A script that was applied has been changed since; add a new one instead."""


def migrate(settings: Settings, clock: Clock) -> list[str]:
    """Bring the database up to date, and say which scripts that took.

    Raises ``MigrationChanged``.
    """
    with connect(settings.conninfo, autocommit=True) as connection:
        connection.execute(LOCK)
        connection.execute(JOURNAL)
        applied = apply(connection, dict(connection.execute(APPLIED).fetchall()))
        create_library_tables(settings, clock)
    return applied


def apply(connection: Connection, before: dict[str, str]) -> list[str]:
    fresh = []
    for script in sorted(SCRIPTS.glob("*.sql")):
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
    env = settings.library | {"CREATE_TABLE": "y"}
    with ExitStack() as stack:
        stack.enter_context(Cinema(env, Bell(), clock))
        for story in STORIES:
            stack.enter_context(Conductor(story, env, Bell(), clock))
        for name in FOLLOWERS:
            tracking(name, env, stack)
