"""Many streams in one append: for imports, where each stream's turn would take long.

The rules are those of a single command: deciders decide on the whole history, each
order is recorded with its receipt or not at all, and whoever was faster makes us decide
again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from eventsourcing.persistence import IntegrityError

from domain.kernel.decider import Decider
from domain.kernel.errors import DomainError, TooMuchContention
from domain.kernel.messages import Metadata, Recorded
from infra.eventstore.appends import AlreadyHandled, Append
from infra.eventstore.cinema import ATTEMPTS, Cinema
from infra.eventstore.histories import Histories
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


@dataclass(frozen=True, slots=True)
class Decision:
    outcome: Outcome
    facts: Sequence[Recorded[Any]] = ()


class Bulk:
    """With ``is_rehearsal`` everything is decided and nothing recorded."""

    def __init__(self, cinema: Cinema, is_rehearsal: bool = False) -> None:
        self.cinema = cinema
        self.is_rehearsal = is_rehearsal
        self.histories = Histories(cinema.records)

    def send(self, orders: Sequence[Order]) -> Sequence[Outcome]:
        """Raises ``TooMuchContention``."""
        found: dict[int, Outcome] = {}
        left = dict(enumerate(orders))
        for _ in range(ATTEMPTS):
            if not self.is_rehearsal:
                self.histories = Histories(self.cinema.records)
            decisions = dict(zip(left, self.decided([*left.values()]), strict=True))
            if not self.is_rehearsal:
                self.record(decisions)
            found |= {n: decision.outcome for n, decision in decisions.items()}
            left = {n: order for n, order in left.items() if n not in decisions}
            if not left:
                return [found[n] for n in range(len(orders))]
        raise TooMuchContention

    def record(self, decisions: dict[int, Decision]) -> None:
        """Leave out those for which somebody was faster."""
        news = {n: decision for n, decision in decisions.items() if decision.facts}
        results = self.cinema.records.append_many([*map(self.append_of, news.values())])
        for n, result in zip(news, results, strict=True):
            if isinstance(result, (IntegrityError, AlreadyHandled)):
                del decisions[n]
            elif isinstance(result, Exception):
                raise result

    def append_of(self, decision: Decision) -> Append:
        outcome = decision.outcome
        handled = Handled(
            command_id=outcome.order.metadata(outcome.version).message_id,
            stream=outcome.order.stream,
            version=outcome.version,
        )
        return self.cinema.append_of(decision.facts, handled)

    def decided(self, orders: Sequence[Order]) -> Iterator[Decision]:
        self.histories.load(order.stream for order in orders)
        for order in orders:
            try:
                yield self.decide(order, [*self.histories(order.stream)])
            except DomainError as refusal:
                yield Decision(Outcome(order, refusal=refusal))

    def decide(self, order: Order, history: History) -> Decision:
        before = state = order.decider.fold(fact.payload for fact in history)
        events: list[object] = []
        for command in order.plan(history):
            decided = order.decider.decide(command, state)
            state = order.decider.fold(decided, state)
            events += decided
        version = len(history) + len(events)
        names = name_facts(order.decider, order.stream, before, events, self.histories)
        placed: list[tuple[str, int, object]] = [
            (each.stream, each.version, each.event) for each in names
        ]
        first = len(history) + 1
        placed += [(order.stream, first + n, event) for n, event in enumerate(events)]
        facts = self.cinema.facts(placed, order.metadata(version))
        self.histories.add(facts)
        return Decision(Outcome(order, version, events), facts)
