"""Many streams in one append: for imports, where each stream's turn would take long.

The rules are those of a single command: deciders decide on the whole history, each
order is recorded with its receipt or not at all, and whoever was faster makes us decide
again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from eventsourcing.persistence import IntegrityError

from domain.kernel.decider import Decider
from domain.kernel.errors import DomainError, TooMuchContention
from domain.kernel.messages import Metadata, Recorded
from infra.eventstore.appends import AlreadyHandled, Append
from infra.eventstore.cinema import ATTEMPTS, Cinema
from infra.eventstore.following import stored
from infra.eventstore.histories import Histories
from infra.eventstore.names import name_facts, name_streams
from infra.eventstore.receipts import Handled
from infra.garbage import uncollected

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
    #: The state before it.
    before: Any = None
    append: Append | None = None


Decisions: TypeAlias = Sequence[Decision]


class Bulk:
    """With ``is_rehearsal`` everything is decided and nothing recorded."""

    def __init__(self, cinema: Cinema, is_rehearsal: bool = False) -> None:
        self.cinema = cinema
        self.is_rehearsal = is_rehearsal
        #: Names that a rehearsal would have claimed by now.
        self.claimed: dict[str, list[Recorded[Any]]] = {}

    def send(self, orders: Sequence[Order]) -> Sequence[Outcome]:
        """What becomes of each; to no stream may there be two."""
        decisions = self.decided(orders)
        return self.settled(decisions, self.record(decisions))

    def send_all(
        self, batches: Iterable[Sequence[Order]]
    ) -> Iterator[Sequence[Outcome]]:
        """The same; decides on a batch while the one before it is recorded.

        No two batches may want the same name.
        """
        waiting: tuple[Decisions, Future[Sequence[Decision]]] | None = None
        with ThreadPoolExecutor(1, "bulk") as recording:
            for orders in batches:
                decisions = self.decided(orders)
                before = waiting
                waiting = decisions, recording.submit(self.record, decisions)
                if before:
                    yield self.settled(before[0], before[1].result())
            if waiting:
                yield self.settled(waiting[0], waiting[1].result())

    def record(self, decisions: Decisions) -> Decisions:
        """Those for which somebody was faster are not recorded; which."""
        news = [decision for decision in decisions if decision.append]
        if self.is_rehearsal or not news:
            return ()
        appends = [decision.append for decision in news if decision.append]
        results = self.cinema.records.append_many(appends)
        lost = []
        for decision, result in zip(news, results, strict=True):
            if isinstance(result, (IntegrityError, AlreadyHandled)):
                lost.append(decision)
            elif isinstance(result, Exception):
                raise result
        return lost

    def settled(self, decisions: Decisions, lost: Decisions) -> Sequence[Outcome]:
        """Decide again on what was lost, and on what was refused because of it."""
        found = {decision.outcome.order.stream: decision for decision in decisions}
        for _ in range(ATTEMPTS - 1):
            if not lost:
                break
            refused = [each for each in found.values() if each.outcome.refusal]
            again = self.decided([each.outcome.order for each in (*lost, *refused)])
            found |= {decision.outcome.order.stream: decision for decision in again}
            lost = self.record(again)
        for decision in lost:
            order = decision.outcome.order
            found[order.stream] = Decision(Outcome(order, refusal=TooMuchContention()))
        return [decision.outcome for decision in found.values()]

    def decided(self, orders: Sequence[Order]) -> Decisions:
        """All histories are read with one statement, all names with another."""
        histories = Histories(self.cinema.records)
        histories.found |= self.claimed
        with uncollected():
            histories.load(order.stream for order in orders)
            decisions = [decided(order, histories(order.stream)) for order in orders]
            histories.load(name for each in decisions for name in names_of(each))
            now = self.cinema.clock()
            placed = [self.placed(each, histories, now) for each in decisions]
        if self.is_rehearsal:
            self.claimed |= {each: histories.found[each] for each in histories.changed}
        return placed

    def placed(
        self, decision: Decision, histories: Histories, now: datetime
    ) -> Decision:
        """With what is to be recorded: names first."""
        outcome = decision.outcome
        if not outcome.events:
            return decision
        order, events = outcome.order, outcome.events
        metadata = order.metadata(outcome.version)
        before = decision.before
        names = name_facts(order.decider, order.stream, before, events, histories)
        try:
            claims = [(each.stream, each.version, each.event) for each in names]
        except DomainError as refusal:
            return Decision(Outcome(order, refusal=refusal))
        if claims:
            histories.add(self.cinema.facts(claims, metadata))
        first = outcome.version - len(events) + 1
        own = [(order.stream, first + n, event) for n, event in enumerate(events)]
        facts, id_ = stored([*claims, *own], metadata, now), metadata.message_id
        handled = Handled(command_id=id_, stream=order.stream, version=outcome.version)
        return Decision(outcome, before, Append(facts, id_, now, handled))


def decided(order: Order, history: History) -> Decision:
    """By the decider alone: names are another matter."""
    decider, version = order.decider, len(history)
    try:
        commands = order.plan(history)
        if not commands:
            return Decision(Outcome(order, version))
        before = state = decider.fold(fact.payload for fact in history)
        events: list[object] = []
        made: Sequence[object] = ()
        for command in commands:
            state = decider.fold(made, state)
            made = decider.decide(command, state)
            events += made
    except DomainError as refusal:
        return Decision(Outcome(order, refusal=refusal))
    return Decision(Outcome(order, version + len(events), events), before)


def names_of(decision: Decision) -> Iterable[str]:
    events = decision.outcome.events
    return name_streams(decision.outcome.order.decider, decision.before, events)
