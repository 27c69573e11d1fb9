"""Rows in a table named like the projection, its columns like the row's fields."""

from collections.abc import (
    Callable,
    Collection,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import contextmanager
from copy import copy
from functools import cached_property, partial
from typing import (
    Any,
    ClassVar,
    Generic,
    TypeAlias,
    TypeVar,
    get_origin,
    get_type_hints,
)

import msgspec
from psycopg import Connection, DataError, Error, IntegrityError
from psycopg.errors import ProgramLimitExceeded
from psycopg.sql import SQL, Composable, Composed, Identifier
from psycopg_pool import ConnectionPool

from infra.projection_engine import building
from infra.projection_engine.columns import SELECT, UPSERT, Rows, columns_of
from infra.projection_engine.filling import fill
from infra.projection_engine.packing import RawJson
from infra.projection_engine.statements import (
    AT_LEISURE,
    CHECKPOINT,
    COUNT,
    DELETE,
    FIND,
    FIND_IN_ARRAY,
    LAYOUT,
    MOVE,
    PARK,
    PARKED,
    POSITION,
    POSITIONS,
    RELEASE,
    ROWS,
    START,
    Statement,
    Values,
    run,
)
from infra.projection_engine.store import (
    WHOLE,
    Changes,
    Checkpoint,
    Parked,
    PositionMoved,
    Slice,
    Snapshot,
    StoreUnavailable,
    slices,
)

Pool: TypeAlias = ConnectionPool[Connection[tuple[Any, ...]]]

#: What is wrong with a row; anything else is wrong with the database, or with us.
OF_A_ROW = (DataError, IntegrityError, ProgramLimitExceeded)

K = TypeVar("K")
R = TypeVar("R")

SCHEMA = "read"


class PostgresStore(Generic[K, R]):
    can_release: ClassVar[bool] = True
    can_be_filled: ClassVar[bool] = True

    def __init__(
        self, pool: Pool, name: str, row: type[R], key: str, part: Slice = WHOLE
    ) -> None:
        self.pool = pool
        self.name = name
        self.row = row
        self.key = key
        self.slice = part
        self.hints = get_type_hints(row)
        self.table = Identifier(SCHEMA, name)
        self.decoder: msgspec.json.Decoder[list[R]] = msgspec.json.Decoder(
            list.__class_getitem__(row)
        )
        with self.connection() as connection:
            connection.execute(START, (name,))

    @cached_property
    def form(self) -> Rows[R]:
        with self.connection() as connection:
            found = columns_of(connection, f"{SCHEMA}.{self.name}")
        return Rows(self.row, found, self.key)

    @cached_property
    def upsert(self) -> bytes:
        return self.form.sql(UPSERT, self.table)

    @cached_property
    def selection(self) -> bytes:
        return self.form.sql(SELECT, self.table)

    def identity(self) -> str:
        return f"read.{self.name}"

    def shares(self) -> Sequence[Slice]:
        [(number,)] = self.select(SQL(LAYOUT), self.name)
        return slices(number)

    def sliced(self, part: Slice) -> "PostgresStore[K, R]":
        same = copy(self)
        same.slice = part
        return same

    def reslice(self, number: int) -> bool:
        with self.connection() as connection:
            return building.reslice(connection, self.name, number)

    def checkpoint(self) -> Checkpoint:
        found = self.select(SQL(CHECKPOINT), self.name, self.slice.number)
        for position, generation, revision, shared_by, waiting in found:
            if shared_by == self.slice.of:
                return Checkpoint(position, generation, revision, frozenset(waiting))
        raise PositionMoved(self.name)

    def position(self) -> int:
        [(position,)] = self.select(SQL(POSITION), self.name)
        return int(position)

    def parked(self) -> Sequence[Parked]:
        return [Parked(*row) for row in self.select(SQL(PARKED), self.name)]

    def count(self) -> int:
        [(number,)] = self.select(self.sql(COUNT))
        return int(number)

    def load(self, keys: Collection[K]) -> dict[K, R]:
        if not keys:
            return {}
        wanted = self.form.key.parameter(keys)
        with self.connection() as connection, connection.cursor(binary=True) as cursor:
            cursor.adapters.register_loader("jsonb", RawJson)
            found = cursor.execute(self.selection, (wanted,)).fetchall()
        rows = map(self.form.opened, found)
        return {getattr(row, self.key): row for row in rows}

    def find(self, column: str, value: object) -> Iterable[K]:
        is_array = get_origin(self.hints[column]) is tuple
        template = FIND_IN_ARRAY if is_array else FIND
        query = self.sql(template, column=Identifier(column))
        return [key for (key,) in self.select(query, value)]

    def write(self, changes: Changes[K, R]) -> None:
        self.ready(changes)()

    def ready(self, changes: Changes[K, R]) -> Callable[[], None]:
        return partial(self.send, [*self.statements(changes)])

    def send(self, statements: Iterable[Statement]) -> None:
        with self.connection() as connection:
            run(connection, statements)

    def fill(self, rows: Mapping[K, R], position: int) -> None:
        with self.connection() as connection:
            fill(connection, self.name, self.form, rows.values(), position)

    def statements(self, changes: Changes[K, R]) -> Iterator[Statement]:
        yield SQL(AT_LEISURE), ()
        yield SQL(MOVE), self.move(changes)
        yield from self.replaced(changes)
        if changes.released:
            yield SQL(RELEASE), (self.name, list(changes.released))
        for parked in changes.parked:
            yield SQL(PARK), (self.name, parked.stream, parked.position, parked.reason)

    def replaced(self, changes: Changes[K, R]) -> Iterator[Statement]:
        rows = [row for row in changes.rows.values() if row is not None]
        gone = [key for key, row in changes.rows.items() if row is None]
        if rows:
            yield self.upsert, self.form.parameters(rows)
        if gone:
            yield self.sql(DELETE), [self.form.key.parameter(gone)]

    def move(self, changes: Changes[K, R]) -> Values:
        expected = (changes.old, changes.generation, changes.revision)
        place = (self.name, self.slice.number, self.slice.of)
        return (changes.new, int(bool(changes.released)), *place, *expected)

    @contextmanager
    def snapshot(self) -> Generator[Snapshot, None, None]:
        with self.connection() as connection, building.snapshot(connection):
            found = connection.execute(POSITIONS, (self.name,)).fetchall()
            query = self.sql(building.ALL_ROWS)
            rows = self.streamed(connection, query)
            yield Snapshot([position for (position,) in found], rows)

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

    def sql(self, template: str, **parts: Composable) -> Composed:
        """Fill in this store's names, quoted, and what else is given."""
        key = Identifier(self.key)
        return SQL(template).format(table=self.table, key=key, **parts)

    def select(self, query: SQL | Composed, *values: object) -> list[tuple[Any, ...]]:
        with self.connection() as connection:
            # Without values a percent sign in a literal is only that.
            return connection.execute(query, values or None).fetchall()

    @contextmanager
    def connection(self) -> Generator[Connection[tuple[Any, ...]], None, None]:
        try:
            with self.pool.connection() as connection:
                yield connection
        except OF_A_ROW:
            raise
        except Error as error:
            raise StoreUnavailable(str(error)) from error
