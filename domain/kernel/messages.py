"""How facts and intentions travel: a payload, and who sent it and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeAlias, TypeVar
from uuid import UUID, uuid5

E = TypeVar("E")

Clock: TypeAlias = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """``actor`` is an account's id, or the name of a part of this system."""

    message_id: UUID
    correlation_id: UUID
    causation_id: UUID | None = None
    actor: str = "system"
    reason: str | None = None
    traceparent: str | None = None

    @classmethod
    def root(
        cls,
        message_id: UUID,
        actor: str,
        *,
        reason: str | None = None,
        traceparent: str | None = None,
    ) -> "Metadata":
        return cls(
            message_id=message_id,
            correlation_id=message_id,
            actor=actor,
            reason=reason,
            traceparent=traceparent,
        )

    def follow(self, step: str) -> "Metadata":
        """Metadata of a message this one caused: the same each time it is asked."""
        return Metadata(
            message_id=uuid5(self.message_id, step),
            correlation_id=self.correlation_id,
            causation_id=self.message_id,
            actor=self.actor,
            reason=self.reason,
            traceparent=self.traceparent,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Generic[E]):
    """A payload at its place in a stream, and in the log once it is there.

    Satisfies ``eventsourcing.domain.DomainEventProtocol`` by shape alone, so that
    the domain can hand it to the library without importing the library.
    """

    originator_id: str
    originator_version: int
    recorded_at: datetime
    metadata: Metadata
    payload: E
    position: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a handled command left its stream, and how far readers must have read."""

    stream: str
    version: int
    position: int
    #: The command had been handled before; this is the answer of then.
    replayed: bool = False


class Dispatch(Protocol):
    """Handles a command exactly once, however many times it arrives."""

    def __call__(
        self,
        command: object,
        metadata: Metadata,
        /,
        *,
        expected_version: int | None = None,
        fingerprint: bytes = b"",
    ) -> Receipt:
        """Raise ``DomainError`` when refused, and then nothing has changed.

        ``expected_version`` is the version of the stream the sender has seen;
        another one raises ``VersionMismatch``. ``fingerprint`` stands for what the
        sender meant: the same message id with another one raises
        ``IdempotencyKeyReused``.
        """
        ...
