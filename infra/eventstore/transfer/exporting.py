"""Writes a store down as it is at one moment: a snapshot, however long it takes."""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import IO, Any

import msgspec
from psycopg import Connection, IsolationLevel
from psycopg.sql import SQL, Identifier

from infra.eventstore.transfer import tables
from infra.eventstore.transfer.lines import (
    ENCODER,
    FORMAT,
    VERSION,
    Header,
    Line,
    Receipt,
    Row,
    SealedBlock,
    Tracking,
    Trailer,
    event_line,
)
from infra.eventstore.transfer.tables import BESIDE, Table

COUNT = "SELECT count(*) FROM {events}"
ROWS = "SELECT (to_jsonb(t) || %s::jsonb)::text FROM {table} AS t"
#: Written at once.
PAGE = 1_000


@contextmanager
def snapshot(
    connection: Connection[Any],
) -> Generator[Mapping[str, int], None, None]:
    """Everything that is read in it is of one moment. The logs, and their lengths."""
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    with connection.transaction():
        tables.be_patient(connection)
        yield {log: count(connection, log) for log in tables.logs(connection)}


def count(connection: Connection[Any], log: str) -> int:
    [(number,)] = connection.execute(tables.log_of(log).sql(COUNT)).fetchall()
    return int(number)


def header(at: datetime, events: Mapping[str, int]) -> Header:
    return Header(FORMAT, VERSION, at, dict(events))


def export(
    connection: Connection[Any],
    file: IO[bytes],
    header: Header,
    advance: Callable[[int], object] = lambda _: None,
) -> Trailer:
    """To be called in the snapshot that the header is of."""
    digest, number = sha256(), 0
    lines = everything(connection, header, advance)
    while page := list(islice(lines, PAGE)):
        text = b"\n".join(page) + b"\n"
        digest.update(text)
        file.write(text)
        number += len(page)
    trailer = Trailer(number, digest.hexdigest())
    file.write(ENCODER.encode(trailer) + b"\n")
    file.flush()
    return trailer


def everything(
    connection: Connection[Any], header: Header, advance: Callable[[int], object]
) -> Iterator[bytes]:
    encode = ENCODER.encode
    yield encode(header)
    for log in header.events:
        for number, row in enumerate(rows(connection, tables.events(log)), 1):
            yield event_line(log, row)
            if number % PAGE == 0:
                advance(PAGE)
        for row in rows(connection, tables.receipts(log)):
            yield encode(Receipt(log, *row))
        for row in rows(connection, tables.tracking(log)):
            yield encode(Tracking(log, *row))
    for row in rows(connection, tables.blocks()):
        yield encode(SealedBlock(*row))
    yield from map(encode, beside(connection))


def rows(connection: Connection[Any], table: Table) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor, cursor.copy(table.copy_out) as copy:
        copy.set_types(table.types)
        yield from copy.rows()


def beside(connection: Connection[Any]) -> Iterator[Line]:
    for (schema, name), reset in BESIDE.items():
        query = SQL(ROWS).format(table=Identifier(schema, name))
        for (values,) in connection.execute(query, (reset,)):
            yield Row(f"{schema}.{name}", msgspec.Raw(values.encode()))
