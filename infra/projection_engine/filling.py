"""An empty table in PostgreSQL gets all its rows at once, and then its indexes."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, TypeVar

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from infra.projection_engine.columns import COPY, COPY_BEGINS, COPY_ENDS, Rows

R = TypeVar("R")

SCHEMA = "read"
CHUNK = 2_000
#: However long it takes: nobody waits for this table, or for this transaction.
PATIENTLY = """
SET LOCAL statement_timeout = 0;
SET LOCAL maintenance_work_mem = '256MB';
SET LOCAL synchronous_commit = off
"""
#: What each is called, how it is made, and as which constraint if it is one's.
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid),
    c.conname, pg_get_constraintdef(c.oid)
FROM pg_index AS i LEFT JOIN pg_constraint AS c
    ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid
WHERE i.indrelid = %s::regclass
"""
DROP_INDEX = "DROP INDEX {name}"
DROP_CONSTRAINT = "ALTER TABLE {table} DROP CONSTRAINT {name}"
ADD_CONSTRAINT = "ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"
READ = "UPDATE read.projection SET position = %s WHERE name = %s AND position = 0"
ANALYZE = "ANALYZE {table}"


def fill(
    connection: Connection[Any],
    name: str,
    form: Rows[R],
    rows: Iterable[R],
    position: int,
) -> None:
    """The table must be empty, and nobody else at it."""
    table = Identifier(SCHEMA, name)
    with connection.transaction():
        connection.execute(PATIENTLY)
        indexes = connection.execute(INDEXES, (f"{SCHEMA}.{name}",)).fetchall()
        for index, _, constraint, _ in indexes:
            template = DROP_CONSTRAINT if constraint else DROP_INDEX
            what = Identifier(constraint) if constraint else SQL(index)
            connection.execute(SQL(template).format(table=table, name=what))
        copy_rows(connection, table, form, rows)
        for _, definition, constraint, as_constraint in indexes:
            if constraint:
                definition = SQL(ADD_CONSTRAINT).format(
                    table=table,
                    name=Identifier(constraint),
                    definition=SQL(as_constraint),
                )
            connection.execute(definition)
        connection.execute(READ, (position, name))
    connection.execute(SQL(ANALYZE).format(table=table))


def copy_rows(
    connection: Connection[Any], table: Identifier, form: Rows[R], rows: Iterable[R]
) -> None:
    left = iter(rows)
    with connection.cursor().copy(form.sql(COPY, table)) as copy:
        copy.write(COPY_BEGINS)
        while chunk := list(islice(left, CHUNK)):
            copy.write(form.copied(chunk))
        copy.write(COPY_ENDS)
