"""Events as the bytes that are sealed: a row as PostgreSQL sends it in binary COPY.

Two bytes with the number of columns, then for each its length in four bytes and its
value; numbers big-endian, times in microseconds since 2000, texts in UTF-8.
"""

from collections.abc import Generator
from struct import Struct
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL

ROWS = SQL("""
COPY (
    SELECT position, stream, version, type, recorded_at, command_id, partition,
        metadata, payload
    FROM es.cinema_events WHERE position > %s AND position <= %s ORDER BY position
) TO STDOUT (FORMAT BINARY)
""")
HEADER, TRAILER = 19, b"\xff\xff"
#: Below every position that there could be.
NOWHERE = -(2**63)

#: The position, behind the number of columns and its own length.
PLACE = Struct(">6xq")


def rows(
    connection: Connection[Any], after: int, upto: int
) -> Generator[bytes, None, None]:
    """In the order of their positions; the server sends a message for each."""
    with connection.cursor() as cursor, cursor.copy(ROWS, (after, upto)) as copy:
        first = True
        for message in copy:
            row = bytes(message)
            if first:
                row, first = row[HEADER:], False
            if row and row != TRAILER:
                yield row


def position_of(row: bytes) -> int:
    position: int = PLACE.unpack_from(row)[0]
    return position
