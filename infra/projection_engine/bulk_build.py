"""A rebuild's first and longest part: fold in memory, then copy it all at once.

It ends early where that is not to be had: at a fact that fails, or with more rows than
memory should hold. Whatever has been folded by then is written, and the engine goes on
from there with batches.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from domain.kernel.messages import Recorded
from infra.eventstore.feed import Unreadable
from infra.garbage import uncollected
from infra.projection_engine.engine import NOT_OF_A_FACT, Engine
from infra.projection_engine.folding import NO_ROWS, no_lookup
from infra.projection_engine.store import Undivided
from projections.projection import Index, Lookup, Projection

K = TypeVar("K")
R = TypeVar("R")

logger = logging.getLogger(__name__)

#: Rows in memory: some hundred megabytes.
MOST_ROWS = 500_000


def build_in_bulk(
    engine: Engine[K, R],
    progress: Callable[[int], None],
    most_rows: int = MOST_ROWS,
) -> None:
    """For a store in which nothing is yet; does nothing if it does not suit it."""
    if not engine.store.can_be_filled:
        return
    with uncollected():
        rows, position = fold_all(engine, progress, most_rows)
        if position:
            fill(engine, rows, position)


def begin_in_bulk(engine: Engine[Any, Any]) -> None:
    """For one that is live, but has nothing yet, or nothing any more: a lost index."""
    store = engine.store
    if not store.can_be_filled or not isinstance(store, Undivided):
        return
    if not store.position() and not engine.controls.orders(engine.name).is_paused:
        build_in_bulk(engine, lambda _: None)


def fill(engine: Engine[K, R], rows: Mapping[K, R], position: int) -> None:
    """Or leave it empty, if a row is refused: the engine finds out whose it is."""
    try:
        engine.store.fill(rows, position)
    except NOT_OF_A_FACT:
        raise
    except Exception as error:
        logger.warning("%s is built batch by batch: %r", engine.name, error)


def fold_all(
    engine: Engine[K, R], progress: Callable[[int], None], most_rows: int
) -> tuple[dict[K, R], int]:
    """The rows, and up to which position they have been read."""
    skipped = engine.controls.orders(engine.name).skipped
    rows: dict[K, R] = {}
    index = Index(rows)
    position = 0
    with suppress(Unreadable):  # The engine comes to it, and parks its stream.
        for page in engine.pages(position):
            facts = page.facts
            if skipped:
                facts = [fact for fact in facts if fact.position not in skipped]
            if not fold_page(engine.projection, index, facts):
                break
            position = page.upto
            progress(position)
            if len(rows) >= most_rows:
                break
    return rows, position


def fold_page(
    projection: Projection[K, R],
    index: Index[K],
    facts: Sequence[Recorded[Any]],
) -> bool:
    """All of it or, if one fails, nothing."""
    done: list[tuple[K, R | None]] = []
    keys, evolve, rows = projection.keys, projection.evolve, index.rows
    alone = projection.is_by_row
    lookup: Lookup[K] = no_lookup if alone else index
    others = NO_ROWS if alone else rows
    put = put_alone if alone else put_among
    try:
        for fact in facts:
            for key in tuple(keys(fact, lookup)):
                before = rows.get(key)
                after = evolve(before, fact, others)
                if after is not before:
                    done.append((key, before))
                    put(index, key, after)
    except Exception:
        for key, before in reversed(done):
            put(index, key, before)
        return False
    return True


def put_alone(index: Index[K], key: K, row: R | None) -> None:
    """Nobody looks for it by anything but its key."""
    if row is None:
        index.rows.pop(key, None)
    else:
        index.rows[key] = row


def put_among(index: Index[K], key: K, row: R | None) -> None:
    if row is not None or key in index.rows:
        index.put(key, row)
