"""Single values and arrays in PostgreSQL's binary format.

Packed by hand: psycopg's own dumpers are called once or twice per value.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from struct import Struct
from typing import Any, TypeAlias

import msgspec
from psycopg import adapters
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.pq import Format
from typing_extensions import override

from infra.eventstore.arrays import (
    HEADER,
    INT2,
    INT4,
    INT8,
    LENGTH,
    NULL,
    UUID_LENGTH,
)
from infra.eventstore.moments import EPOCH

#: A value with its length before it.
Pack: TypeAlias = Callable[[Any], bytes]

TEXT, TEXTS = 25, 1009
FIELDS = Struct("!h").pack
YES, NO = LENGTH(1) + b"\1", LENGTH(1) + b"\0"
EPOCH_DAY = EPOCH.date()


def text(value: str) -> bytes:
    raw = value.encode()
    return LENGTH(len(raw)) + raw


def jsonb(value: object) -> bytes:
    """As text after the number of this format's version."""
    raw = msgspec.json.encode(value)
    return LENGTH(len(raw) + 1) + b"\1" + raw


def moment(value: datetime) -> bytes:
    since = value - EPOCH
    seconds = since.days * 86_400 + since.seconds
    return INT8(8, seconds * 1_000_000 + since.microseconds)


PACKS: dict[str, Pack] = {
    "uuid": lambda value: UUID_LENGTH + value.bytes,
    "text": text,
    "jsonb": jsonb,
    "bool": lambda value: YES if value else NO,
    "timestamptz": moment,
    "date": lambda value: INT4(4, (value - EPOCH_DAY).days),
    "int2": lambda value: INT2(2, value),
    "int4": lambda value: INT4(4, value),
    "int8": lambda value: INT8(8, value),
}


@dataclass(frozen=True, slots=True)
class Packed:
    """An array as PostgreSQL wants it, of the type with this number."""

    type: int
    data: bytes


class PackedDumper(Dumper):
    format = Format.BINARY

    @override
    def dump(self, obj: Packed) -> Buffer:
        return obj.data

    @override
    def get_key(self, obj: Packed, format: Any) -> Any:
        return (Packed, obj.type)

    @override
    def upgrade(self, obj: Packed, format: Any) -> Dumper:
        dumper = PackedDumper(Packed)
        dumper.oid = obj.type
        return dumper


adapters.register_dumper(Packed, PackedDumper)


class RawJson(Loader):
    format = Format.BINARY

    @override
    def load(self, data: Buffer) -> bytes:
        return bytes(data[1:])


def array(element: int, items: Sequence[bytes]) -> bytes:
    return HEADER.pack(1, 1, element, len(items), 1) + b"".join(items)


def packed(pack: Pack, values: Iterable[Any]) -> list[bytes]:
    return [NULL if value is None else pack(value) for value in values]


def literal(value: Sequence[Any]) -> bytes:
    """An array as text: ``{"one","two"}``."""
    quoted = (str(each).replace("\\", r"\\").replace('"', r"\"") for each in value)
    inside = ",".join(f'"{each}"' for each in quoted)
    return text(f"{{{inside}}}" if value else "{}")
