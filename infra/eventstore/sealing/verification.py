"""Holds the whole log against its seal, block by block, and stops where it is wrong.

It reads in many short statements: what is verified was settled long ago, and nothing
on the server is held up by a long one.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import tuple_row

from infra.eventstore.arguments import partition_of
from infra.eventstore.sealing import damage
from infra.eventstore.sealing.blocks import GENESIS, MARK, Block, marks_of, pages
from infra.eventstore.sealing.heads import Head
from infra.eventstore.sealing.merkle import leaf, root
from infra.eventstore.sealing.rows import NOWHERE, position_of, rows

PAGE = 5_000
HEAD = "SELECT coalesce(max(position), 0) FROM es.cinema_events"
UNSEALED = """
SELECT e.position, e.stream, e.version, e.partition, before.version, before.position
FROM es.cinema_events AS e LEFT JOIN LATERAL (
    SELECT b.version, b.position FROM es.cinema_events AS b
    WHERE b.stream = e.stream AND b.version < e.version ORDER BY b.version DESC LIMIT 1
) AS before ON true
WHERE e.position > %s ORDER BY e.position LIMIT %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found to be in order."""

    events: int
    blocks: int
    sealed_upto: int
    #: Checked for density and the versions of their streams only.
    unsealed: int
    head: Block
    root: Head | None


def head(connection: Connection[Any]) -> int:
    [(position,)] = connection.execute(HEAD).fetchall()
    return int(position)


def verify(
    connection: Connection[Any],
    root: Head | None = None,
    advance: Callable[[int], object] = lambda _: None,
) -> Verified:
    """Raises ``Damage`` with the first bad position."""
    sealed = GENESIS
    for page in pages(connection):
        # From the very bottom: what has been put below the first position shows, too.
        after = sealed.last if sealed.no else NOWHERE
        with closing(rows(connection, after, page[-1].last)) as events:
            for block in page:
                check_chain(sealed, block)
                check_events(block, events)
                check_root(block, root)
                sealed = block
                advance(block.last - block.first + 1)
            for extra in events:
                raise damage.inserted(position_of(extra))
    if root and root.block > sealed.no:
        lost = min(sealed.last, head(connection)) + 1
        raise damage.truncated(lost, root.block, root.position)
    unsealed = 0
    for number in check_unsealed(connection, sealed):
        unsealed += number
        advance(number)
    return Verified(
        events=sealed.last + unsealed,
        blocks=sealed.no,
        sealed_upto=sealed.last,
        unsealed=unsealed,
        head=sealed,
        root=root,
    )


def check_chain(before: Block, block: Block) -> None:
    """Is it the next one, and does it say what it said when it was made?"""
    first = before.last + 1
    if block.no != before.no + 1:
        raise damage.block(first, before.no + 1, "it is missing.")
    if block.first != first or block.last < first:
        raise damage.block(first, block.no, "its positions were changed.")
    if block.hash != block.digest():
        raise damage.block(first, block.no, "its row in es.block was changed.")
    if block.previous != before.hash:
        said = "the block after it was made of another one."
        raise damage.block(before.first or first, before.no or block.no, said)


def check_events(block: Block, events: Iterator[bytes]) -> None:
    """Take as many as belong to it, and compare."""
    leaves: list[bytes] = []
    for expected in range(block.first, block.last + 1):
        row = next(events, None)
        position = None if row is None else position_of(row)
        if row is None or position != expected:
            compare_marks(block, leaves)
            raise (
                damage.inserted(position)
                if position is not None and position < expected
                else damage.missing(expected)
            )
        leaves.append(leaf(row))
    is_whole = root(leaves) == block.root
    if is_whole and marks_of(leaves) == block.marks:
        return
    if is_whole:
        raise damage.block(block.first, block.no, "its marks were changed.")
    compare_marks(block, leaves)
    raise damage.block(
        block.first, block.no, "its root was changed, or an event together with a mark."
    )


def compare_marks(block: Block, leaves: Sequence[bytes]) -> None:
    """Raises ``Damage`` for the first event that is not the one that was sealed."""
    for number, each in enumerate(leaves):
        if each[:MARK] != block.marks[number * MARK : (number + 1) * MARK]:
            raise damage.changed(block.first + number, block.no)


def check_root(block: Block, root: Head | None) -> None:
    if root and root.block == block.no and root.hash != block.hash:
        raise damage.resealed(block.no, block.first, block.last)


def check_unsealed(connection: Connection[Any], sealed: Block) -> Iterator[int]:
    """What no block covers yet, or ever will if nobody seals: a page at a time."""
    position = sealed.last if sealed.no else NOWHERE
    expected = sealed.last
    while True:
        with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
            page = cursor.execute(UNSEALED, (position, PAGE)).fetchall()
        for row in page:
            expected += 1
            check_place(expected, row)
        if page:
            yield len(page)
            position = page[-1][0]
        if len(page) < PAGE:
            return


def check_place(expected: int, row: tuple[Any, ...]) -> None:
    position, stream, version, partition, before, earlier = row
    if position != expected:
        wrong = damage.missing if position > expected else damage.inserted
        raise wrong(min(expected, position))
    follows = version == before + 1 if before is not None else version in (0, 1)
    is_later = earlier is None or earlier < position
    if not (follows and is_later and partition == partition_of(stream)):
        raise damage.stream(position, stream, version)
