"""Rows in a table named like the projection, with columns named like the row's fields.

A batch travels as one JSON document each way: PostgreSQL takes it apart by the table's
own column types, so arrays and nulls need no type list here, and ``unnest`` would
flatten a column of arrays.
"""

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeAlias, TypeVar, get_origin, get_type_hints

import msgspec
from psycopg import Connection, OperationalError
from psycopg.sql import SQL, Composable, Composed, Identifier
from psycopg_pool import ConnectionPool

from infra.projection_engine import building
from infra.projection_engine.store import (
    Changes,
    Checkpoint,
    Parked,
    PositionMoved,
    Snapshot,
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
COUNT = "SELECT count(*) FROM {table}"
UPSERT = """
INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, %s::json)
ON CONFLICT ({key}) DO UPDATE SET
"""
DELETE = "DELETE FROM {table} WHERE {key} = ANY(%s)"
CHECKPOINT = "SELECT position, generation FROM read.projection WHERE name = %s"
START = "INSERT INTO read.projection VALUES (%s, 0) ON CONFLICT DO NOTHING"
MOVE = """
UPDATE read.projection SET position = %s
WHERE name = %s AND position = %s AND generation = %s
"""
PARKED = "SELECT stream, position, reason FROM read.parked WHERE name = %s"
PARK = "INSERT INTO read.parked VALUES (%s, %s, %s, %s)"


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

    def checkpoint(self) -> Checkpoint:
        [row] = self.select(SQL(CHECKPOINT), self.name)
        return Checkpoint(*row)

    def position(self) -> int:
        return self.checkpoint().position

    def parked(self) -> Sequence[Parked]:
        return [Parked(*row) for row in self.select(SQL(PARKED), self.name)]

    def count(self) -> int:
        [(number,)] = self.select(self.sql(COUNT))
        return int(number)

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
            expected = (changes.old, changes.generation)
            moved = connection.execute(MOVE, (changes.new, self.name, *expected))
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

    @contextmanager
    def snapshot(self) -> Generator[Snapshot, None, None]:
        with self.connection() as connection, building.snapshot(connection):
            [(position, _)] = connection.execute(CHECKPOINT, (self.name,))
            query = self.sql(building.ALL_ROWS)
            yield Snapshot(position, self.streamed(connection, query))

    def streamed(
        self, connection: Connection[tuple[Any, ...]], query: Composed
    ) -> Iterator[tuple[str, R]]:
        decoder = msgspec.json.Decoder(self.row)
        with connection.cursor(name="rows") as cursor:
            for key, document in cursor.execute(query):
                yield key, decoder.decode(document)

    def beside(self, purpose: str = "rebuild") -> "PostgresStore[K, R]":
        name = f"{self.name}_{purpose}"
        with self.connection() as connection:
            building.create_beside(connection, self.name, name)
        return PostgresStore(self.pool, name, self.row, self.key)

    def switch_to(self, rebuilt: "PostgresStore[K, R]") -> None:
        with self.connection() as connection:
            building.switch(connection, self.name, rebuilt.name)

    def discard(self) -> None:
        with self.connection() as connection:
            building.drop(connection, self.name)

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

    def select(self, query: SQL | Composed, *values: object) -> list[tuple[Any, ...]]:
        with self.connection() as connection:
            # Without values a percent sign in a literal is only that.
            return connection.execute(query, values or None).fetchall()

    @contextmanager
    def connection(self) -> Generator[Connection[tuple[Any, ...]], None, None]:
        try:
            with self.pool.connection() as connection:
                yield connection
        except OperationalError as error:
            raise StoreUnavailable(str(error)) from error
