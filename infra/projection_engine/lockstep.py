"""Engines that are level stay level together: one read, one transaction for all.

By itself each would ask half a dozen questions after every event, and who waits for one
read model would wait for twenty. What is out of the ordinary (a fact that fails, a
model that is paused, was moved, or has more to read) is left to an engine's own thread.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from time import perf_counter
from typing import Any, ClassVar, TypeAlias

from psycopg.sql import SQL

from domain.kernel.messages import Recorded
from infra.eventstore.feed import Feed
from infra.projection_engine import metrics
from infra.projection_engine.engine import Engine, moved
from infra.projection_engine.postgres import Pool, PostgresStore
from infra.projection_engine.projector import Projector, Share
from infra.projection_engine.statements import AT_LEISURE, MOVE_ALL, Statement, run
from infra.projection_engine.store import (
    Changes,
    Checkpoint,
    partition_of,
)
from infra.tracing import span

logger = logging.getLogger(__name__)

#: Events; whoever has more to read reads by itself.
NEAR = 200

Facts: TypeAlias = Sequence[Recorded[Any]]


class Step:
    """What some events are to one engine."""

    def __init__(
        self, engine: Engine[Any, Any], store: PostgresStore[Any, Any], old: Checkpoint
    ) -> None:
        self.engine = engine
        self.store = store
        self.old = old
        self.facts: Facts = ()
        self.changes: Changes[Any, Any] = moved(old, old.position)

    def take(self, facts: Facts, upto: int) -> None:
        self.facts = [fact for fact in facts if self.concerns(fact)]
        if self.facts:
            causes = (fact.metadata.traceparent for fact in self.facts)
            name, events = self.engine.name, len(self.facts)
            with span(f"project {name}", causes=causes, events=events):
                self.changes = self.engine.changes(self.facts, self.old, upto)
        else:
            self.changes = moved(self.old, upto)

    def concerns(self, fact: Recorded[Any]) -> bool:
        part = self.store.slice
        return (
            fact.position > self.old.position
            and type(fact.payload) in self.engine.projection.facts
            and (part.is_whole or partition_of(fact.originator_id) in part.partitions)
        )

    def done(self, seconds: float) -> None:
        self.engine.level = replace(self.old, position=self.changes.new)
        metrics.projected(self.engine.name, len(self.facts), seconds)


class Lockstep:
    """Only rows in tables: those of an index are not of the same transaction."""

    kinds: ClassVar[Collection[str]] = ()

    def __init__(self, pool: Pool, log: Feed, projectors: Iterable[Projector]) -> None:
        self.pool = pool
        self.log = log
        self.projectors = tuple(projectors)
        self.names = frozenset(each.name for each in self.projectors)
        self.shares = {each.share for each in self.projectors}

    def look(self) -> Collection[str]:
        """Project what is new; the names of those who have to see to it themselves."""
        began = perf_counter()
        with ExitStack() as locks:
            steps = {share: steps_of(share, locks) for share in self.shares}
            every = [step for each in steps.values() for step in each]
            are_done = self.take(every, began)
        left = {share for share, some in steps.items() if not (some and are_done)}
        return [each.name for each in self.projectors if each.share in left]

    def take(self, steps: Sequence[Step], began: float) -> bool:
        try:
            is_all = not steps or self.project(steps)
        except Exception as error:
            # Whose fault it is, and what is to be done, each of them finds out.
            logger.info("read models go on one by one: %r", error)
            is_all = False
        for step in steps:
            if is_all:
                step.done(perf_counter() - began)
            else:
                step.engine.level = None
        return is_all

    def project(self, steps: Sequence[Step]) -> bool:
        """All of it or nothing; False if it is too much."""
        after = min(step.old.position for step in steps)
        page = self.log.tail(after, NEAR)
        if 0 < len(page.facts) < NEAR:
            for step in steps:
                step.take(page.facts, page.upto)
            self.write(steps, page.upto)
        return len(page.facts) < NEAR

    def write(self, steps: Sequence[Step], upto: int) -> None:
        statements: list[Statement] = [
            (SQL(AT_LEISURE), ()),
            (SQL(MOVE_ALL), places(steps, upto)),
        ]
        for step in steps:
            statements += step.store.replaced(step.changes)
        with self.pool.connection() as connection:
            run(connection, statements)


def steps_of(share: Share, locks: ExitStack) -> list[Step]:
    """Of all its parts, unless one of them is busy or not level."""
    steps: list[Step] = []
    for engine, lock in ((part.engine, part.lock) for part in share.parts):
        store = engine.store
        if not isinstance(store, PostgresStore) or engine.level is None:
            return []
        if not lock.acquire(blocking=False):
            return []
        locks.callback(lock.release)
        if engine.level is None:
            return []
        steps.append(Step(engine, store, engine.level))
    return steps


def places(steps: Sequence[Step], upto: int) -> Sequence[Any]:
    stores = [step.store for step in steps]
    return (
        upto,
        [store.name for store in stores],
        [store.slice.number for store in stores],
        [store.slice.of for store in stores],
        [step.old.position for step in steps],
        [step.old.generation for step in steps],
        [step.old.revision for step in steps],
        len(steps),
    )
