"""Rows in a table named like the projection, with columns named like the row's fields.

A batch travels as one JSON document each way: PostgreSQL takes it apart by the table's
own column types, so arrays and nulls need no type list here, and ``unnest`` would
flatten a column of arrays.
"""

from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeAlias, TypeVar, get_origin, get_type_hints

import msgspec
from psycopg import Connection, OperationalError
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal
from psycopg_pool import ConnectionPool

from infra.projection_engine.store import (
    Changes,
    Parked,
    PositionMoved,
    StoreUnavailable,
)

Pool: TypeAlias = ConnectionPool[Connection[tuple[Any, ...]]]

K = TypeVar("K")
R = TypeVar("R")

SCHEMA = "read"

ROWS = "SELECT coalesce(json_agg(t), '[]')::text FROM {table} AS t WHERE "
HAS_KEY = "{key} = ANY(%s)"
FIND = "SELECT {key} FROM {table} WHERE {column} = %s"
FIND_IN_ARRAY = "SELECT {key} FROM {table} WHERE {column} @> ARRAY[%s]"
UPSERT = """
INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, %s::json)
ON CONFLICT ({key}) DO UPDATE SET
"""
DELETE = "DELETE FROM {table} WHERE {key} = ANY(%s)"
POSITION = "SELECT position FROM read.projection WHERE name = %s"
START = "INSERT INTO read.projection VALUES (%s, 0) ON CONFLICT DO NOTHING"
MOVE = "UPDATE read.projection SET position = %s WHERE name = %s AND position = %s"
PARKED = "SELECT stream, position, reason FROM read.parked WHERE name = %s"
PARK = "INSERT INTO read.parked VALUES (%s, %s, %s, %s)"
BESIDE = """
DROP TABLE IF EXISTS {beside};
CREATE TABLE {beside} (LIKE {table} INCLUDING ALL);
DELETE FROM read.projection WHERE name = {beside_name};
DELETE FROM read.parked WHERE name = {beside_name}
"""
SWITCH = """
DELETE FROM read.projection WHERE name = {table_name};
DELETE FROM read.parked WHERE name = {table_name};
UPDATE read.projection SET name = {table_name} WHERE name = {beside_name};
UPDATE read.parked SET name = {table_name} WHERE name = {beside_name};
DROP TABLE {table};
ALTER TABLE {beside} RENAME TO {plain_name}
"""


class PostgresStore(Generic[K, R]):
    def __init__(self, pool: Pool, name: str, row: type[R], key: str) -> None:
        self.pool = pool
        self.name = name
        self.row = row
        self.key = key
        self.hints = get_type_hints(row)
        self.decoder: msgspec.json.Decoder[list[R]] = msgspec.json.Decoder(
            list.__class_getitem__(row)
        )
        with self.connection() as connection:
            connection.execute(START, (name,))

    def position(self) -> int:
        [(position,)] = self.select(SQL(POSITION), self.name)
        return int(position)

    def parked(self) -> Sequence[Parked]:
        return [Parked(*row) for row in self.select(SQL(PARKED), self.name)]

    def load(self, keys: Collection[K]) -> dict[K, R]:
        if not keys:
            return {}
        rows = self.rows(self.sql(HAS_KEY), list(keys))
        return {getattr(row, self.key): row for row in rows}

    def find(self, column: str, value: object) -> Iterable[K]:
        is_array = get_origin(self.hints[column]) is tuple
        template = FIND_IN_ARRAY if is_array else FIND
        query = self.sql(template, column=Identifier(column))
        return [key for (key,) in self.select(query, value)]

    def write(self, changes: Changes[K, R]) -> None:
        rows = [row for row in changes.rows.values() if row is not None]
        gone = [key for key, row in changes.rows.items() if row is None]
        with self.connection() as connection, connection.transaction():
            moved = connection.execute(MOVE, (changes.new, self.name, changes.old))
            if not moved.rowcount:
                raise PositionMoved(self.name)
            if rows:
                document = msgspec.json.encode(rows).decode()
                connection.execute(self.upsert(), (document,))
            if gone:
                connection.execute(self.sql(DELETE), (gone,))
            for parked in changes.parked:
                values = (self.name, parked.stream, parked.position, parked.reason)
                connection.execute(PARK, values)

    def beside(self) -> "PostgresStore[K, R]":
        name = f"{self.name}_rebuild"
        with self.connection() as connection, connection.transaction():
            connection.execute(self.naming(BESIDE, name))
        return PostgresStore(self.pool, name, self.row, self.key)

    def switch_to(self, rebuilt: "PostgresStore[K, R]") -> None:
        with self.connection() as connection, connection.transaction():
            connection.execute(self.naming(SWITCH, rebuilt.name))

    def rows(self, condition: SQL | Composed, *values: object) -> list[R]:
        [(document,)] = self.select(self.sql(ROWS) + condition, *values)
        return self.decoder.decode(document)

    def upsert(self) -> Composed:
        assignments = SQL(", ").join(
            SQL("{0} = excluded.{0}").format(Identifier(column))
            for column in self.hints
        )
        return self.sql(UPSERT) + assignments

    def sql(self, template: str, **parts: Composable) -> Composed:
        """Fill in this store's names, quoted, and what else is given."""
        table, key = Identifier(SCHEMA, self.name), Identifier(self.key)
        return SQL(template).format(table=table, key=key, **parts)

    def naming(self, template: str, beside: str) -> Composed:
        return self.sql(
            template,
            beside=Identifier(SCHEMA, beside),
            beside_name=Literal(beside),
            table_name=Literal(self.name),
            plain_name=Identifier(self.name),
        )

    def select(self, query: SQL | Composed, *values: object) -> list[tuple[Any, ...]]:
        with self.connection() as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def connection(self) -> Generator[Connection[tuple[Any, ...]], None, None]:
        try:
            with self.pool.connection() as connection:
                yield connection
        except OperationalError as error:
            raise StoreUnavailable(str(error)) from error
