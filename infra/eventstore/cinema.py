"""The write model: the library's application, driven by deciders."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from eventsourcing.application import Application
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import IntegrityError, Mapper, Recording
from eventsourcing.utils import EnvType
from typing_extensions import override

from domain.kernel.errors import (
    IdempotencyKeyReused,
    TooMuchContention,
    VersionMismatch,
)
from domain.kernel.messages import Clock, Metadata, Receipt, Recorded
from domain.registry import DECIDERS
from infra.eventstore.bell import Bell
from infra.eventstore.mapper import MessageMapper, opened
from infra.eventstore.names import NameFact, name_facts
from infra.eventstore.receipts import Handled, Kept, Receipts
from infra.tracing import span, traced

ATTEMPTS = 5


class Cinema(Application[str]):
    name = "cinema"

    def __init__(self, env: EnvType, bell: Bell, clock: Clock) -> None:
        super().__init__(env)
        self.bell = bell
        self.clock = clock
        self.receipts = cast("Receipts", self.recorder)

    @override
    def construct_mapper(self) -> Mapper[str]:
        return self.factory.mapper(mapper_class=MessageMapper)

    @override
    def _notify(self, recordings: list[Recording[str]]) -> None:
        self.bell.ring()

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
            return self.handle(command, traced(metadata), expected_version, fingerprint)

    def handle(
        self,
        command: object,
        metadata: Metadata,
        expected_version: int | None,
        fingerprint: bytes,
    ) -> Receipt:
        decider = DECIDERS[type(command)]
        stream = decider.stream(command)
        for _ in range(ATTEMPTS):
            if kept := self.receipts.find(metadata.message_id):
                return replayed(kept, fingerprint)
            history = self.stream(stream)
            if expected_version not in (None, len(history)):
                raise VersionMismatch(len(history))
            state = decider.fold(event.payload for event in history)
            events = decider.decide(command, state)
            names = [*name_facts(decider, stream, state, events, self.stream)]
            handled = Handled(
                command_id=metadata.message_id,
                stream=stream,
                version=len(history) + len(events),
                fingerprint=fingerprint,
            )
            try:
                if not events:
                    return self.receipts.keep(handled)
                return self.append(names, events, metadata, handled)
            except IntegrityError:
                continue
        raise TooMuchContention

    def stream(self, stream: str) -> list[Recorded[Any]]:
        return [opened(event) for event in self.events.get(stream)]

    def append(
        self,
        names: Sequence[NameFact],
        events: Sequence[object],
        metadata: Metadata,
        handled: Handled,
    ) -> Receipt:
        """Record the events and the receipt, together or not at all."""
        first = handled.version - len(events) + 1
        facts = [(fact.stream, fact.version, fact.event) for fact in names] + [
            (handled.stream, version, event)
            for version, event in enumerate(events, start=first)
        ]
        recorded: list[DomainEventProtocol[str]] = [
            Recorded(
                originator_id=stream,
                originator_version=version,
                recorded_at=self.clock(),
                metadata=metadata.follow(f"event {version} of {stream}"),
                payload=event,
            )
            for stream, version, event in facts
        ]
        with span("append", stream=handled.stream, events=len(recorded)):
            recordings = self.save(*recorded, handled=handled)
        return handled.receipt(recordings[-1].notification.id)


def replayed(kept: Kept, fingerprint: bytes) -> Receipt:
    if kept.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    return replace(kept.receipt, replayed=True)
