"""A table's columns, and rows in PostgreSQL's binary formats: for ``unnest`` and COPY.

``unnest`` would flatten a column of arrays, so such a column travels as texts there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar, get_type_hints

import msgspec
from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

from infra.eventstore.arrays import LENGTH
from infra.projection_engine.packing import (
    FIELDS,
    PACKS,
    TEXT,
    TEXTS,
    Pack,
    Packed,
    array,
    literal,
    packed,
)
from projections.rows import maker

R = TypeVar("R")

#: Of an array, its element's name and number are those that count.
DESCRIBE = """
SELECT a.attname, t.typname, coalesce(e.typname, t.typname),
    coalesce(e.oid, t.oid)::int, coalesce(e.typarray, t.typarray)::int
FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_type AS e ON e.oid = t.typelem AND t.typcategory = 'A'
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
"""
UPSERT = """
INSERT INTO {table} ({names}) SELECT {selected} FROM unnest({values}) AS r ({names})
ON CONFLICT ({key}) DO UPDATE SET {assigned}
"""
SELECT = "SELECT {names} FROM {table} WHERE {key} = ANY(%b)"
COPY = "COPY {table} ({names}) FROM STDIN (FORMAT binary)"
COPY_BEGINS = b"PGCOPY\n\xff\r\n\0" + bytes(8)
COPY_ENDS = FIELDS(-1)


class UnknownType(TypeError):
    """No row can be written to a column of this type yet; say how in columns.py."""

    def __init__(self, column: str, type_: str) -> None:
        super().__init__(f"{column} {type_}: {self.__doc__}")


@dataclass(frozen=True, slots=True)
class Column:
    """``element`` and ``array`` are the numbers of its values' type and of that's."""

    name: str
    type: str
    pack: Pack
    element: int
    array: int
    is_array: bool

    def parameter(self, values: Iterable[Any]) -> Packed:
        """All values of the column, as an argument of ``unnest``."""
        if self.is_array:
            return Packed(TEXTS, array(TEXT, packed(literal, values)))
        return Packed(self.array, array(self.element, packed(self.pack, values)))

    def fields(self, values: Iterable[Any]) -> list[bytes]:
        """The same for COPY: one of each row."""
        return packed(self.nested if self.is_array else self.pack, values)

    def nested(self, value: Sequence[Any]) -> bytes:
        data = array(self.element, packed(self.pack, value))
        return LENGTH(len(data)) + data

    @property
    def selected(self) -> Composed:
        name = Identifier(self.name)
        if not self.is_array:
            return SQL("{}").format(name)
        return SQL("{}::{}").format(name, Identifier(self.type))


def columns_of(connection: Connection[Any], table: str) -> dict[str, Column]:
    """Raises ``UnknownType``."""
    found = {}
    for name, type_, element, number, of_array in connection.execute(
        DESCRIBE, (table,)
    ):
        if element not in PACKS:
            raise UnknownType(f"{table}.{name}", type_)
        pack, is_array = PACKS[element], type_ != element
        found[name] = Column(name, type_, pack, number, of_array, is_array)
    return found


class Rows(Generic[R]):
    """How rows of one type go to and fro; ``columns`` are those of its fields."""

    def __init__(self, row: type[R], columns: Mapping[str, Column], key: str) -> None:
        hints = get_type_hints(row)
        self.row = row
        self.columns = [columns[name] for name in hints]
        self.names = [*hints]
        self.key = columns[key]
        self.get = attrgetter(*hints)
        self.conversions = [
            (place, conversion(column, hints[column.name]))
            for place, column in enumerate(self.columns)
            if column.is_array or column.type == "jsonb"
        ]
        self.prefix = FIELDS(len(hints))
        self.make = maker(row)

    def parameters(self, rows: Iterable[R]) -> list[Packed]:
        """For ``UPSERT``; there must be at least one row."""
        values = zip(*map(self.get, rows), strict=True)
        return [
            column.parameter(each)
            for column, each in zip(self.columns, values, strict=True)
        ]

    def copied(self, rows: Iterable[R]) -> bytes:
        """For ``COPY``, without its beginning and its end."""
        values = zip(*map(self.get, rows), strict=True)
        fields = [
            column.fields(each)
            for column, each in zip(self.columns, values, strict=True)
        ]
        return b"".join(
            self.prefix + b"".join(row) for row in zip(*fields, strict=True)
        )

    def opened(self, values: Sequence[Any]) -> Any:
        if self.conversions:
            values = list(values)
            for place, convert in self.conversions:
                if values[place] is not None:
                    values[place] = convert(values[place])
        return self.make(values)

    def sql(self, template: str, table: Identifier) -> bytes:
        """Made once: composing costs as much as asking."""
        names = [Identifier(name) for name in self.names]
        assigned = [SQL("{0} = excluded.{0}").format(name) for name in names]
        comma = SQL(", ")
        composed = SQL(template).format(
            table=table,
            key=Identifier(self.key.name),
            names=comma.join(names),
            selected=comma.join(column.selected for column in self.columns),
            values=comma.join([SQL("%b")] * len(names)),
            assigned=comma.join(assigned),
        )
        return composed.as_string().encode()


def conversion(column: Column, hint: Any) -> Callable[[Any], Any]:
    return tuple if column.is_array else msgspec.json.Decoder(hint).decode
