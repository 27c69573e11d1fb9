"""One story of a process: how far it has come, folded from its own stream."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from domain.kernel.messages import Metadata, Recorded
from infra.eventstore.appends import StoredFact
from infra.eventstore.faults import is_of_a_message
from infra.eventstore.mapper import ENCODER, fact_of
from infra.eventstore.recorder import LogRecorder, Row
from infra.tracing import small_span
from processes.parking import InstanceParked, InstanceResumed
from processes.process import Process

AnyProcess: TypeAlias = Process[Any, Any, Any]

#: So many stories are read together.
PART = 250


class Instance:
    def __init__(self, stream: str, process: AnyProcess) -> None:
        self.stream = stream
        self.process = process
        self.version = 0
        self.state = process.initial
        self.parked: Recorded[Any] | None = None
        self.waiting: list[Recorded[Any]] = []
        #: Why its past cannot be told any more, by a process that has changed since.
        self.broken: Exception | None = None

    def remember(self, message: Recorded[Any]) -> None:
        self.version += 1
        match message.payload:
            case InstanceParked():
                self.parked = message
            case InstanceResumed(skipped=skipped):
                self.go_on_after(self.waiting[skipped:])
            case payload if not isinstance(payload, self.process.facts):
                pass  # A command of its own.
            case payload if self.parked:
                self.waiting.append(message)
            case payload:
                self.evolve(payload)

    def go_on_after(self, facts: Sequence[Recorded[Any]]) -> None:
        for fact in facts:
            self.evolve(fact.payload)
        self.parked, self.waiting = None, []

    def evolve(self, payload: object) -> None:
        try:
            self.state = self.process.evolve(self.state, payload)
        except Exception as error:
            self.broken = self.broken or error

    def react(self, fact: Recorded[Any]) -> list[StoredFact]:
        """The fact and what follows from it; what cannot be reacted to waits."""
        if self.parked:
            self.waiting.append(fact)
            return [self.stored(fact.payload, fact.metadata)]
        try:
            commands = [*self.reactions([fact])]
        except Exception as error:
            self.parked, self.waiting = fact, [fact]
            metadata = fact.metadata.follow(f"{self.process.name} parked")
            reason = InstanceParked(reason=repr(error))
            return [
                self.stored(reason, metadata),
                self.stored(fact.payload, fact.metadata),
            ]
        return [
            self.stored(fact.payload, fact.metadata),
            *(self.stored(command, metadata) for command, metadata in commands),
        ]

    def resume(self, metadata: Metadata, skip: bool) -> list[StoredFact]:
        """Raises what the process raises, and then nothing has changed."""
        facts = self.waiting[skip:]
        state = self.state
        try:
            commands = [*self.reactions(facts)]
        except Exception:
            self.state = state
            raise
        self.parked, self.waiting = None, []
        return [
            self.stored(InstanceResumed(skipped=skip), metadata),
            *(self.stored(command, cause) for command, cause in commands),
        ]

    def reactions(
        self, facts: Iterable[Recorded[Any]]
    ) -> Iterator[tuple[object, Metadata]]:
        if self.broken:
            raise self.broken
        for fact in facts:
            name = f"{self.process.name} {type(fact.payload).__name__}"
            self.process.correlate(fact.payload)  # Raises if it was not to be placed.
            with small_span(name, fact.metadata.traceparent):
                commands = self.process.react(fact.payload, self.state)
                state = self.process.evolve(self.state, fact.payload)
            self.state = state
            for number, command in enumerate(commands):
                step = f"{self.process.name} {number}"
                yield command, fact.metadata.follow(step)

    def stored(self, payload: object, metadata: Metadata) -> StoredFact:
        self.version += 1
        return StoredFact(
            self.stream,
            self.version,
            type(payload).__name__,
            ENCODER.encode(payload),
            0,
            ENCODER.encode(metadata),
        )


def histories(recorder: LogRecorder, streams: Sequence[str]) -> Iterator[Row]:
    """A part at a time: stories of many years must not be in memory all at once."""
    for first in range(0, len(streams), PART):
        yield from recorder.select_streams(streams[first : first + PART])


def instances(
    process: AnyProcess, recorder: LogRecorder, streams: Iterable[str]
) -> dict[str, Instance]:
    """Many are read in one query. What a story has asked for is not in its state."""
    found = {stream: Instance(stream, process) for stream in streams}
    orders = {order.__name__ for order in process.orders}
    for row in histories(recorder, [*found]):
        stream, _, kind, *_ = row
        instance = found[stream]
        if kind in orders:
            instance.version += 1
            continue
        try:
            message = fact_of(row, recorder.keys)
        except Exception as error:
            if not is_of_a_message(error):
                raise
            instance.version += 1
            instance.broken = instance.broken or error
        else:
            instance.remember(message)
    return found
