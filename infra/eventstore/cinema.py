"""The write model: the library's application, driven by deciders."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

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
from infra.eventstore.mapper import MessageMapper, fact_of
from infra.eventstore.names import name_facts
from infra.eventstore.receipts import Handled, Kept
from infra.eventstore.recorder import LogRecorder
from infra.tracing import span, traced

ATTEMPTS = 5


class Cinema(Application[str]):
    name = "cinema"

    def __init__(self, env: EnvType, bell: Bell, clock: Clock) -> None:
        super().__init__(env)
        self.clock = clock
        self.records = cast("LogRecorder", self.recorder)
        self.records.bell = bell

    @override
    def construct_mapper(self) -> Mapper[str]:
        return self.factory.mapper(mapper_class=MessageMapper)

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
        decider = DECIDERS[type(command)]
        stream = decider.stream(command)
        for _ in range(ATTEMPTS):
            history = self.stream(stream)
            try:
                if expected_version not in (None, len(history)):
                    raise VersionMismatch(len(history))
                facts = self.decided(decider, command, metadata, history)
            except DomainError:
                self.refuse_repetition(metadata)
                raise
            handled = Handled(
                command_id=metadata.message_id,
                stream=stream,
                version=len(history) + sum(f.originator_id == stream for f in facts),
                fingerprint=fingerprint,
            )
            try:
                return self.record(facts, handled)
            except IntegrityError:
                continue
        raise TooMuchContention

    def refuse_repetition(self, metadata: Metadata) -> None:
        """What has been done once would be refused now. Raises ``AlreadyHandled``."""
        if kept := self.records.find(metadata.message_id):
            raise AlreadyHandled(kept)

    def stream(self, stream: str) -> list[Recorded[Any]]:
        return [fact_of(row) for row in self.records.select_streams([stream])]

    def decided(
        self,
        decider: Decider[Any, Any, Any],
        command: object,
        metadata: Metadata,
        history: Sequence[Recorded[Any]],
    ) -> list[Recorded[Any]]:
        """What is to be recorded: names first, then what was decided."""
        stream = decider.stream(command)
        state = decider.fold(event.payload for event in history)
        events = decider.decide(command, state)
        names = name_facts(decider, stream, state, events, self.stream)
        now = self.clock()
        placed = [(fact.stream, fact.version, fact.event) for fact in names]
        placed += [
            (stream, n, event) for n, event in enumerate(events, len(history) + 1)
        ]
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

    def record(self, facts: Sequence[Recorded[Any]], handled: Handled) -> Receipt:
        """The events and the receipt, together or not at all.

        Raises ``IntegrityError`` and ``AlreadyHandled``.
        """
        if not facts:
            return self.records.keep(handled)
        with span("append", stream=handled.stream, events=len(facts)):
            positions = self.records.append(self.append_of(facts, handled))
        return handled.receipt(positions[-1])

    def append_of(self, facts: Sequence[Recorded[Any]], handled: Handled) -> Append:
        return Append(
            [self.mapper.to_stored_event(fact) for fact in facts],
            handled.command_id,
            facts[0].recorded_at,
            handled,
        )


def replayed(kept: Kept, fingerprint: bytes) -> Receipt:
    if kept.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    return replace(kept.receipt, replayed=True)
