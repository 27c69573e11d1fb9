"""The blocks, and how each is chained to the one before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import Struct
from typing import Any

from psycopg import Connection
from psycopg.rows import tuple_row

from infra.eventstore.sealing import merkle

BLOCK = b"\x02"
BEFORE_THE_FIRST = bytes(32)
MARK = 8
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NUMBERS = Struct(">4q")
#: Blocks can be very small; so many are read at once, and of so many events.
PAGE, EVENTS = 500, 50_000

LAST = """
SELECT no, first, last, root, previous, hash, sealed_at, marks FROM es.block
ORDER BY no DESC LIMIT 1
"""
BEHIND = """
SELECT no, first, last, root, previous, hash, sealed_at, marks FROM es.block
WHERE no > %s ORDER BY no LIMIT %s
"""
ADD = """
INSERT INTO es.block (no, first, last, root, previous, hash, sealed_at, marks)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True, slots=True)
class Block:
    no: int
    first: int
    last: int
    root: bytes
    previous: bytes
    hash: bytes
    sealed_at: datetime
    marks: bytes = field(repr=False)

    def digest(self) -> bytes:
        """What its hash has to be: over all that it says."""
        at = (self.sealed_at - EPOCH) // timedelta(microseconds=1)
        numbers = NUMBERS.pack(self.no, self.first, self.last, at)
        return sha256(BLOCK + numbers + self.root + self.previous).digest()


#: What the first block follows.
GENESIS = Block(0, 0, 0, b"", b"", BEFORE_THE_FIRST, EPOCH, b"")


def next_block(before: Block, leaves: Sequence[bytes], at: datetime) -> Block:
    first, last = before.last + 1, before.last + len(leaves)
    root, marks = merkle.root(leaves), marks_of(leaves)
    draft = Block(before.no + 1, first, last, root, before.hash, b"", at, marks)
    return Block(
        draft.no, first, last, root, before.hash, draft.digest(), at, draft.marks
    )


def marks_of(leaves: Sequence[bytes]) -> bytes:
    return b"".join(leaf[:MARK] for leaf in leaves)


def last_block(connection: Connection[Any]) -> Block:
    with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
        found = cursor.execute(LAST).fetchone()
    return Block(*found) if found else GENESIS


def add(connection: Connection[Any], block: Block) -> None:
    values = (block.no, block.first, block.last, block.root, block.previous)
    connection.execute(ADD, (*values, block.hash, block.sealed_at, block.marks))


def pages(connection: Connection[Any]) -> Iterator[list[Block]]:
    """All of them in order, a few thousand events' worth at a time."""
    after, size = 0, 20
    while True:
        with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            rows = cursor.execute(BEHIND, (after, size)).fetchall()
        if not rows:
            return
        yield (page := [Block(*row) for row in rows])
        after = page[-1].no
        each = max(1, (page[-1].last - page[0].first + 1) // len(page))
        size = min(PAGE, max(1, EVENTS // each))
