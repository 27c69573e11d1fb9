"""Tables beside the live one, in PostgreSQL: made, filled elsewhere, put in its place.

Whoever writes rows moves the position first. The switch locks the same row first, so
that it comes before or after a batch of a live engine anywhere, never in between.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier, Literal

from infra.projection_engine.store import RebuildIsBehind

SCHEMA = "read"

ALL_ROWS = """
SELECT {key}::text, row_to_json(t)::text FROM {table} AS t
ORDER BY {key}::text COLLATE "C"
"""
SNAPSHOT = """
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL statement_timeout = 0
"""
DROP = """
DROP TABLE IF EXISTS {table};
DELETE FROM read.projection WHERE name = {name};
DELETE FROM read.parked WHERE name = {name}
"""
CREATE = "CREATE TABLE {beside} (LIKE {table} INCLUDING ALL)"
#: A long query on the table must not make all others queue behind the switch.
PATIENCE = "SET LOCAL lock_timeout = '3s'"
LOCK = """
SELECT name, position FROM read.projection WHERE name IN (%s, %s)
ORDER BY name, slice FOR UPDATE
"""
SWITCH = """
UPDATE read.projection
SET position = {position}, generation = generation + 1, revision = 0
WHERE name = {name};
DELETE FROM read.projection WHERE name = {beside_name};
DELETE FROM read.parked WHERE name = {name};
UPDATE read.parked SET name = {name} WHERE name = {beside_name};
DROP TABLE {table};
ALTER TABLE {beside} RENAME TO {plain_name}
"""


RESLICE = """
DELETE FROM read.projection WHERE name = {name};
INSERT INTO read.projection (name, slice, slices, position, generation, revision)
SELECT {name}, slice, {number}, {position}, {generation}, {revision}
FROM generate_series(0, {number} - 1) AS slice
"""
SLICES = """
SELECT position, generation, revision, slices FROM read.projection
WHERE name = %s ORDER BY slice FOR UPDATE
"""


@contextmanager
def snapshot(connection: Connection[Any]) -> Generator[None, None, None]:
    """What is read inside is all of one moment."""
    with connection.transaction():
        connection.execute(SNAPSHOT)
        yield


def reslice(connection: Connection[Any], name: str, number: int) -> bool:
    """Whoever has a batch of an old slice in hand finds that it is there no more."""
    with connection.transaction():
        found = connection.execute(SLICES, (name,)).fetchall()
        if all(slices == number for *_, slices in found):
            return True
        if len({position for position, *_ in found}) > 1:
            return False
        position, generation, *_ = found[0]
        values = {
            "name": Literal(name),
            "number": Literal(number),
            "position": Literal(position),
            "generation": Literal(generation),
            "revision": Literal(max(revision for _, _, revision, _ in found) + 1),
        }
        connection.execute(SQL(RESLICE).format(**values))
        return True


def create_beside(connection: Connection[Any], name: str, beside: str) -> None:
    with connection.transaction():
        connection.execute(sql(DROP, beside))
        connection.execute(sql(CREATE, name, beside=Identifier(SCHEMA, beside)))


def drop(connection: Connection[Any], name: str) -> None:
    with connection.transaction():
        connection.execute(sql(DROP, name))


def switch(connection: Connection[Any], name: str, beside: str) -> None:
    """Raises ``RebuildIsBehind``."""
    with connection.transaction():
        connection.execute(PATIENCE)
        found = connection.execute(LOCK, (name, beside)).fetchall()
        built = min(position for each, position in found if each == beside)
        if any(built < position for each, position in found if each == name):
            raise RebuildIsBehind(name)
        statements = sql(
            SWITCH,
            name,
            position=Literal(built),
            beside=Identifier(SCHEMA, beside),
            beside_name=Literal(beside),
            plain_name=Identifier(name),
        )
        connection.execute(statements)


def sql(template: str, name: str, **parts: Any) -> Composed:
    table = Identifier(SCHEMA, name)
    return SQL(template).format(table=table, name=Literal(name), **parts)
