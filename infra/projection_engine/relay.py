"""Far behind, an engine folds the next batch while the last one is being written.

Facts are folded a chunk at a time, while they are in the processor's cache; the rows
that are on their way are those that it remembers. A batch is sent when the one before
it has arrived, behind the same compare and set: whatever goes wrong leaves the store
after one of them. From there the engine goes on by itself, and parks what is to be
parked.
"""

from collections.abc import Callable, Sequence, Set
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from threading import Thread
from time import perf_counter
from typing import Any, Generic, TypeVar

from domain.kernel.messages import Recorded
from infra.projection_engine import metrics
from infra.projection_engine.controls import Orders
from infra.projection_engine.engine import CAUSES, NOT_OF_A_FACT, Engine, moved
from infra.projection_engine.folding import NO_ROWS, no_lookup
from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.store import Checkpoint
from infra.tracing import span

K = TypeVar("K")
R = TypeVar("R")

#: Batches, until somebody may stop it; and rows, some hundred megabytes of them.
MOST, MOST_ROWS = 20, 150_000

ARRIVED: Future[None] = Future()
ARRIVED.set_result(None)


class Cell(Generic[K, R]):
    """A row, found once for each fact: keys are slow to compare."""

    __slots__ = ("is_changed", "key", "row")

    def __init__(self, key: K, row: R | None) -> None:
        self.key = key
        self.row = row
        self.is_changed = False


@dataclass(slots=True)
class Batch(Generic[K, R]):
    """What has been folded and is to be sent."""

    number: int = 0
    changed: list[Cell[K, R]] = field(default_factory=list)
    causes: list[str | None] = field(default_factory=list)
    began: float = field(default_factory=perf_counter)

    def rows(self) -> dict[K, R | None]:
        rows = {}
        for cell in self.changed:
            cell.is_changed = False
            rows[cell.key] = cell.row
        return rows


class Relay(Generic[K, R]):
    """In an engine's place. By itself it takes rows in tables that look at no other."""

    def __init__(self, engine: Engine[K, R]) -> None:
        self.engine = engine
        self.is_far = False
        #: How the store will be when what is under way has arrived.
        self.at = Checkpoint()
        self.cells: dict[K, Cell[K, R]] = {}
        self.batch: Batch[K, R] = Batch()
        self.sent = 0
        self.under_way = ARRIVED

    def catch_up(self) -> int:
        """As ``Engine.catch_up``; while there is much to read, many batches of it."""
        store, handled = self.engine.store, 0
        if self.is_far and isinstance(store, PostgresStore):
            handled = self.run(store)
        if not handled:
            handled = self.engine.catch_up()
            is_suited = self.engine.projection.is_by_row
            self.is_far = is_suited and handled >= self.engine.batch
        return handled

    def run(self, store: PostgresStore[K, R]) -> int:
        self.engine.level = None
        self.is_far, self.sent = False, 0
        checkpoint = store.checkpoint()
        if checkpoint != self.at:
            self.forget()
        self.at = checkpoint
        try:
            self.project(store)
            self.arrive()
        except Exception as error:
            self.forget()
            if isinstance(error, NOT_OF_A_FACT):
                raise
            # Of which fact it is, the engine finds out by itself.
        finally:
            self.under_way.exception()
            self.under_way = ARRIVED
        return self.sent

    def project(self, store: PostgresStore[K, R]) -> None:
        orders = self.orders()
        for page in self.engine.pages(self.at.position):
            if orders.is_paused:
                return
            self.fold(store, self.admitted(page.facts, orders))
            self.batch.number += len(page.facts)
            if self.batch.number >= self.engine.batch or not page.facts:
                self.send(store, page.upto)
                orders = self.orders()
            if self.sent >= MOST * self.engine.batch:
                self.is_far = True
                return

    def orders(self) -> Orders:
        return self.engine.controls.orders(self.engine.name)

    def admitted(
        self, facts: Sequence[Recorded[Any]], orders: Orders
    ) -> Sequence[Recorded[Any]]:
        left_out, waiting = orders.skipped, self.at.waiting
        if not left_out and not waiting:
            return facts
        return [
            fact
            for fact in facts
            if fact.position not in left_out and fact.originator_id not in waiting
        ]

    def fold(self, store: PostgresStore[K, R], facts: Sequence[Recorded[Any]]) -> None:
        projection, cells, changed = (
            self.engine.projection,
            self.cells,
            self.batch.changed,
        )
        keys, evolve = projection.keys, projection.evolve
        found = [
            (cells.get(key), key, fact)
            for fact in facts
            for key in keys(fact, no_lookup)
        ]
        self.load(store, {key for cell, key, _ in found if cell is None})
        for cell, key, fact in found:
            cell = cell or cells[key]
            before = cell.row
            cell.row = evolve(before, fact, NO_ROWS)
            if cell.row is not before and not cell.is_changed:
                cell.is_changed = True
                changed.append(cell)
        if not self.batch.causes:
            self.batch.causes = [each.metadata.traceparent for each in facts[:CAUSES]]

    def load(self, store: PostgresStore[K, R], missing: Set[K]) -> None:
        """What is on its way is not among them: all of that is remembered."""
        rows = store.load(missing)
        self.cells.update((key, Cell(key, rows.get(key))) for key in missing)

    def send(self, store: PostgresStore[K, R], upto: int) -> None:
        """Once what was sent before has arrived."""
        batch, self.batch = self.batch, Batch()
        name = self.engine.name
        with span(f"project {name}", causes=batch.causes, events=batch.number):
            changes = replace(moved(self.at, upto), rows=batch.rows())
            write = store.ready(changes)
            self.arrive()
            self.under_way = in_background(write)
        self.at = replace(self.at, position=upto)
        self.sent += batch.number
        metrics.projected(name, batch.number, perf_counter() - batch.began)
        if len(self.cells) > MOST_ROWS:
            self.arrive()
            self.cells = {}

    def arrive(self) -> None:
        self.under_way.result()

    def forget(self) -> None:
        self.cells, self.batch = {}, Batch()


def in_background(write: Callable[[], None]) -> "Future[None]":
    done: Future[None] = Future()
    Thread(target=settle, args=(write, done), daemon=True).start()
    return done


def settle(write: Callable[[], None], done: "Future[None]") -> None:
    try:
        write()
    except BaseException as error:
        done.set_exception(error)
    else:
        done.set_result(None)
