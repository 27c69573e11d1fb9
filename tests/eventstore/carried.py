"""A store carried from one database to another, in memory."""

from io import BytesIO
from typing import Any

from psycopg import connect
from psycopg.sql import SQL, Identifier

from infra.eventstore.transfer import exporting
from infra.eventstore.transfer.importing import Import
from infra.eventstore.transfer.reading import Reading
from infra.settings import Settings
from tests.examples import NOON

TABLES = """
SELECT schemaname, tablename FROM pg_tables
WHERE schemaname IN ('es', 'read', 'work') AND tablename <> 'migration' ORDER BY 1, 2
"""
ROWS = "SELECT to_jsonb(t)::text FROM {} AS t ORDER BY 1"


def exported(settings: Settings) -> bytes:
    file = BytesIO()
    with (
        connect(settings.conninfo, autocommit=True) as connection,
        exporting.snapshot(connection) as events,
    ):
        exporting.export(connection, file, exporting.header(NOON, events))
    return file.getvalue()


def imported(settings: Settings, file: bytes) -> int:
    with connect(settings.conninfo, autocommit=True) as connection:
        return Import(connection, Reading(BytesIO(file))).run()


def content(settings: Settings, *schemas: str) -> dict[str, list[Any]]:
    """All rows of all tables, in an order that does not depend on anything."""
    found = {}
    with connect(settings.conninfo) as connection:
        for schema, table in connection.execute(TABLES).fetchall():
            if schema in schemas:
                query = SQL(ROWS).format(Identifier(schema, table))
                rows = connection.execute(query).fetchall()
                found[f"{schema}.{table}"] = [row for (row,) in rows]
    return found
