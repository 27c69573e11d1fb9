"""A parked stream gets another try, beside the engine that goes on with the others."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from domain.kernel.messages import Recorded
from infra.eventstore.feed import Unreadable
from infra.projection_engine.engine import NOT_OF_A_FACT, Engine, moved
from infra.projection_engine.folding import folded
from infra.projection_engine.store import Parked, PositionMoved, partition_of

K = TypeVar("K")
R = TypeVar("R")

ATTEMPTS = 100
UNDER_WAY = "it is being retried"


def can_be_retried_alone(engine: Engine[Any, Any]) -> bool:
    """Where rows take facts from several streams, only a rebuild keeps their order."""
    return engine.projection.is_by_stream and engine.store.can_release


def retry(engine: Engine[Any, Any], stream: str) -> Parked | None:
    """Project what waits, and say what it still waits for.

    Whatever an engine has in hand meanwhile fails at its next write and is begun anew:
    it has left this stream out. Raises ``PositionMoved`` if it is always faster.
    """
    for attempt in range(ATTEMPTS):
        try:
            return Retry(part_of(engine, stream), stream).run()
        except PositionMoved:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError


def part_of(engine: Engine[K, R], stream: str) -> Engine[K, R]:
    partition = partition_of(stream)
    [part] = [
        each for each in engine.parts() if partition in each.store.slice.partitions
    ]
    return part


class Retry(Generic[K, R]):
    def __init__(self, engine: Engine[K, R], stream: str) -> None:
        self.engine = engine
        self.stream = stream
        self.old = engine.store.checkpoint()

    def run(self) -> Parked | None:
        for parked in self.engine.store.parked():
            if parked.stream == self.stream:
                return self.advance(*self.waiting(parked))
        return None

    def waiting(self, parked: Parked) -> tuple[Sequence[Recorded[Any]], Parked | None]:
        """What the engine has passed over, and what cannot be read of it."""
        skipped = self.engine.controls.orders(self.engine.name).skipped
        facts: list[Recorded[Any]] = []
        after = parked.position - 1
        while True:
            try:
                kinds = self.engine.projection.facts
                for fact in self.engine.feed.of_stream(self.stream, kinds, after):
                    if fact.position > self.old.position:
                        break
                    if fact.position not in skipped:
                        facts.append(fact)
            except Unreadable as error:
                if error.position not in skipped:
                    return facts, Parked(self.stream, error.position, str(error))
                after = error.position
            else:
                return facts, None

    def advance(
        self, facts: Sequence[Recorded[Any]], then: Parked | None
    ) -> Parked | None:
        """Project these; after them the stream waits for that, or for nothing more."""
        try:
            self.write(facts, then)
        except NOT_OF_A_FACT:
            raise
        except Exception as error:
            if len(facts) > 1:
                return self.halve(facts, then)
            then = Parked(self.stream, facts[0].position, repr(error))
            self.write((), then)
        return then

    def halve(
        self, facts: Sequence[Recorded[Any]], then: Parked | None
    ) -> Parked | None:
        middle = len(facts) // 2
        other = Parked(self.stream, facts[middle].position, UNDER_WAY)
        reached = self.advance(facts[:middle], other)
        return self.advance(facts[middle:], then) if reached is other else reached

    def write(self, facts: Sequence[Recorded[Any]], then: Parked | None) -> None:
        rows = folded(self.engine.projection, self.engine.store, facts)
        changes = replace(
            moved(self.old, self.old.position),
            rows=rows,
            released=[self.stream],
            parked=[then] if then else [],
        )
        self.engine.store.write(changes)
        self.old = replace(self.old, revision=self.old.revision + 1)
