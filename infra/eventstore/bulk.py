"""Many streams in one append: for imports, where each stream's turn would take long.

The rules are those of a single command: deciders decide on the whole history, all is
recorded with receipts or not at all, and whoever was faster makes us decide again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import IntegrityError

from domain.kernel.decider import Decider
from domain.kernel.errors import DomainError, TooMuchContention
from domain.kernel.messages import Metadata, Recorded
from infra.eventstore.cinema import ATTEMPTS, Cinema
from infra.eventstore.mapper import opened
from infra.eventstore.names import name_facts
from infra.eventstore.receipts import Handled

History: TypeAlias = Sequence[Recorded[Any]]


@dataclass(frozen=True, slots=True)
class Order:
    """Commands to one stream, chosen when its history is known."""

    stream: str
    decider: Decider[Any, Any, Any]
    plan: Callable[[History], Sequence[Any]]
    #: Of the command that leaves the stream at this version.
    metadata: Callable[[int], Metadata]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The events of one order; or why it was refused, and then there are none."""

    order: Order
    version: int = 0
    events: Sequence[object] = ()
    refusal: DomainError | None = None


class Bulk:
    """With ``is_rehearsal`` everything is decided and nothing recorded."""

    def __init__(self, cinema: Cinema, is_rehearsal: bool = False) -> None:
        self.cinema = cinema
        self.is_rehearsal = is_rehearsal
        self.pending: list[Recorded[Any]] = []

    def send(self, orders: Sequence[Order]) -> Sequence[Outcome]:
        """Raises ``TooMuchContention``."""
        for _ in range(ATTEMPTS):
            before = len(self.pending)
            outcomes = [*self.decided(orders)]
            if self.is_rehearsal:
                return outcomes
            facts: list[DomainEventProtocol[str]] = [*self.pending[before:]]
            self.pending = self.pending[:before]
            try:
                if facts:
                    self.cinema.events.put(facts, handled=[*receipts(outcomes)])
                    self.cinema.bell.ring()
            except IntegrityError:
                continue
            return outcomes
        raise TooMuchContention

    def decided(self, orders: Sequence[Order]) -> Iterator[Outcome]:
        histories = self.histories([order.stream for order in orders])
        for order in orders:
            try:
                yield self.decide(order, histories[order.stream])
            except DomainError as refusal:
                yield Outcome(order, refusal=refusal)

    def histories(self, streams: Sequence[str]) -> dict[str, list[Recorded[Any]]]:
        found: dict[str, list[Recorded[Any]]] = defaultdict(list)
        for stored in self.cinema.receipts.select_streams(streams):
            fact = opened(self.cinema.mapper.to_domain_event(stored))
            found[fact.originator_id].append(fact)
        for fact in self.pending:
            found[fact.originator_id].append(fact)
        return found

    def decide(self, order: Order, history: History) -> Outcome:
        before = state = order.decider.fold(fact.payload for fact in history)
        events: list[object] = []
        for command in order.plan(history):
            decided = order.decider.decide(command, state)
            state = order.decider.fold(decided, state)
            events += decided
        version = len(history) + len(events)
        names = name_facts(order.decider, order.stream, before, events, self.stream)
        facts: list[tuple[str, int, object]] = [
            (each.stream, each.version, each.event) for each in names
        ]
        first = len(history) + 1
        facts += [(order.stream, first + n, event) for n, event in enumerate(events)]
        self.record(facts, order.metadata(version))
        return Outcome(order, version, events)

    def record(
        self, facts: Sequence[tuple[str, int, object]], metadata: Metadata
    ) -> None:
        now = self.cinema.clock()
        self.pending += [
            Recorded(
                originator_id=stream,
                originator_version=number,
                recorded_at=now,
                metadata=metadata.follow(f"event {number} of {stream}"),
                payload=event,
            )
            for stream, number, event in facts
        ]

    def stream(self, stream: str) -> list[Recorded[Any]]:
        return self.histories([stream])[stream]


def receipts(outcomes: Sequence[Outcome]) -> Iterator[Handled]:
    for outcome in outcomes:
        if outcome.events:
            yield Handled(
                command_id=outcome.order.metadata(outcome.version).message_id,
                stream=outcome.order.stream,
                version=outcome.version,
            )
