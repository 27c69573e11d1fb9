"""The write model: the library's application, driven by deciders."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar, cast

from eventsourcing.application import Application
from eventsourcing.persistence import IntegrityError, Mapper
from eventsourcing.utils import EnvType
from typing_extensions import override

from domain.kernel.decider import Decider
from domain.kernel.errors import (
    DomainError,
    IdempotencyKeyReused,
    TooMuchContention,
    VersionMismatch,
)
from domain.kernel.messages import Clock, Metadata, Receipt, Recorded
from domain.registry import DECIDERS
from infra.eventstore.appends import AlreadyHandled, Append
from infra.eventstore.bell import Bell
from infra.eventstore.histories import States
from infra.eventstore.mapper import MessageMapper, facts_of
from infra.eventstore.names import name_facts
from infra.eventstore.receipts import Handled, Kept
from infra.eventstore.recorder import LogRecorder
from infra.personal.ports import Keys
from infra.tracing import span, traced

S = TypeVar("S")

ATTEMPTS = 5


class Factory(Protocol):
    """What makes the recorders of one place."""

    def log(self, name: str) -> LogRecorder: ...


class Cinema(Application[str]):
    name = "cinema"

    def __init__(self, env: EnvType, bell: Bell, clock: Clock, keys: Keys) -> None:
        super().__init__(env)
        self.clock = clock
        self.records = cast("LogRecorder", self.recorder)
        self.records.bell, self.records.keys = bell, keys
        cast("MessageMapper", self.mapper).keys = keys

    @override
    def construct_mapper(self) -> Mapper[str]:
        return self.factory.mapper(mapper_class=MessageMapper)

    def beside(self, name: str) -> LogRecorder:
        """Another log in the same place: that of a process."""
        recorder = cast("Factory", self.factory).log(name)
        recorder.bell, recorder.keys = self.records.bell, self.records.keys
        return recorder

    def dispatch(
        self,
        command: object,
        metadata: Metadata,
        /,
        *,
        expected_version: int | None = None,
        fingerprint: bytes = b"",
    ) -> Receipt:
        """Handle a command once, however many times it arrives."""
        name = type(command).__name__
        with span(f"dispatch {name}", cause=metadata.traceparent):
            try:
                return self.handle(
                    command, traced(metadata), expected_version, fingerprint
                )
            except AlreadyHandled as again:
                return replayed(again.kept, fingerprint)

    def handle(
        self,
        command: object,
        metadata: Metadata,
        expected_version: int | None,
        fingerprint: bytes,
    ) -> Receipt:
        """Raises ``AlreadyHandled``: the receipt is looked for when it matters only."""
        for _ in range(ATTEMPTS):
            histories = States(self.records)
            try:
                if expected_version is not None:
                    check(histories.version(stream_of(command)), expected_version)
                decision = self.decide(command, metadata, histories, fingerprint)
            except DomainError:
                self.refuse_repetition(metadata)
                raise
            try:
                return self.record(decision)
            except IntegrityError:
                continue
        raise TooMuchContention

    def refuse_repetition(self, metadata: Metadata) -> None:
        """What has been done once would be refused now. Raises ``AlreadyHandled``."""
        if kept := self.records.find(metadata.message_id):
            raise AlreadyHandled(kept)

    def stream(self, stream: str) -> list[Recorded[Any]]:
        return facts_of(self.records.select_streams([stream]), self.records.keys)

    def state(self, decider: Decider[Any, S, Any], stream: str) -> S:
        """What a stream comes to; of a long one, only its end is read."""
        state: S = States(self.records).state(decider, stream)
        return state

    def decide(
        self,
        command: object,
        metadata: Metadata,
        histories: States,
        fingerprint: bytes = b"",
    ) -> Append:
        """What is to be recorded: names first, then what was decided."""
        decider, stream = DECIDERS[type(command)], stream_of(command)
        state, version = histories.state(decider, stream), histories.version(stream)
        events = decider.decide(command, state)
        names = name_facts(decider, stream, state, events, histories)
        placed = [(fact.stream, fact.version, fact.event) for fact in names]
        first = version + 1
        placed += [(stream, first + n, event) for n, event in enumerate(events)]
        handled = Handled(
            command_id=metadata.message_id,
            stream=stream,
            version=version + len(events),
            fingerprint=fingerprint,
        )
        facts = self.facts(placed, metadata)
        histories.add(facts)
        return self.append_of(facts, handled)

    def facts(
        self, placed: Iterable[tuple[str, int, object]], metadata: Metadata
    ) -> list[Recorded[Any]]:
        """Events at their places, caused by one command."""
        now = self.clock()
        return [
            Recorded(
                originator_id=stream,
                originator_version=version,
                recorded_at=now,
                metadata=metadata.follow(f"event {version} of {stream}"),
                payload=event,
            )
            for stream, version, event in placed
        ]

    def append_of(self, facts: Sequence[Recorded[Any]], handled: Handled) -> Append:
        return Append(
            [self.mapper.to_stored_event(fact) for fact in facts],
            handled.command_id,
            facts[0].recorded_at if facts else self.clock(),
            handled,
        )

    def record(self, decision: Append) -> Receipt:
        """The events and the receipt, together or not at all.

        Raises ``IntegrityError`` and ``AlreadyHandled``.
        """
        assert decision.handled
        stream, size = decision.handled.stream, len(decision.events)
        with span("append", stream=stream, events=size):
            return receipt(decision, self.records.append(decision))


def stream_of(command: object) -> str:
    return DECIDERS[type(command)].stream(command)


def check(current: int, expected: int) -> None:
    if expected != current:
        raise VersionMismatch(current)


def receipt(decision: Append, positions: range) -> Receipt:
    """A command that had nothing to record is answered with the log's head."""
    assert decision.handled
    return decision.handled.receipt(positions.stop - 1)


def replayed(kept: Kept, fingerprint: bytes) -> Receipt:
    if kept.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    return replace(kept.receipt, replayed=True)
