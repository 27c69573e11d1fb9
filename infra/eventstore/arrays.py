"""Arrays packed by hand in PostgreSQL's binary format.

psycopg's own list dumper calls Python once or twice per element; at ten thousands of
events a second that was half of the append.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from struct import Struct
from typing import ClassVar
from uuid import UUID

from psycopg import adapters
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format
from typing_extensions import override

from infra.eventstore.moments import microseconds

#: Dimensions, whether there are nulls, type of an element, length, lower bound.
HEADER = Struct("!iiIii")
LENGTH = Struct("!i").pack
INT2, INT4, INT8 = Struct("!ih").pack, Struct("!ii").pack, Struct("!iq").pack
NULL = LENGTH(-1)
UUID_LENGTH = LENGTH(16)


class Packed:
    """The bytes of an array; the subclass says of what."""

    __slots__ = ("data",)
    element: ClassVar[int]
    array: ClassVar[int]

    def __init__(self, items: Sequence[bytes]) -> None:
        self.data = HEADER.pack(1, 1, self.element, len(items), 1) + b"".join(items)


class Texts(Packed):
    element, array = 25, 1009


class Blobs(Packed):
    element, array = 17, 1001


class Uuids(Packed):
    element, array = 2950, 2951


class Int2s(Packed):
    element, array = 21, 1005


class Int4s(Packed):
    element, array = 23, 1007


class Int8s(Packed):
    element, array = 20, 1016


class Timestamps(Packed):
    element, array = 1184, 1185


def texts(values: Iterable[str]) -> Texts:
    encoded = [value.encode() for value in values]
    return Texts([LENGTH(len(value)) + value for value in encoded])


def blobs(values: Iterable[bytes]) -> Blobs:
    return Blobs([LENGTH(len(value)) + value for value in values])


def uuids(values: Iterable[UUID]) -> Uuids:
    return Uuids([UUID_LENGTH + value.bytes for value in values])


def int2s(values: Iterable[int]) -> Int2s:
    return Int2s([INT2(2, value) for value in values])


def int4s(values: Iterable[int]) -> Int4s:
    return Int4s([INT4(4, value) for value in values])


def int8s(values: Iterable[int | None]) -> Int8s:
    return Int8s([NULL if value is None else INT8(8, value) for value in values])


def timestamps(values: Iterable[datetime]) -> Timestamps:
    """Moments with a time zone, as microseconds since 2000."""
    return Timestamps([INT8(8, microseconds(value)) for value in values])


class _PackedDumper(Dumper):
    format = Format.BINARY

    @override
    def dump(self, obj: Packed) -> Buffer:
        return obj.data


# For every connection of this process: registering costs as much as a small statement.
for _kind in (Texts, Blobs, Uuids, Int2s, Int4s, Int8s, Timestamps):
    _dumper = type(f"{_kind.__name__}Dumper", (_PackedDumper,), {"oid": _kind.array})
    adapters.register_dumper(_kind, _dumper)
