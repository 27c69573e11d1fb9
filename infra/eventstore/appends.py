"""What is recorded together or not at all, and what comes of it.

Shared by the threads' and the asyncio front, which differ only in how commands meet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from eventsourcing import persistence
from eventsourcing.persistence import (
    IntegrityError,
    Notification,
    PersistenceError,
    StoredEvent,
    Tracking,
)

from domain.kernel.messages import Receipt
from infra.clock import utc_now
from infra.eventstore.bell import Teller
from infra.eventstore.receipts import Handled, Kept

#: The positions of a command's events, or why there are none.
Outcome: TypeAlias = range | Exception

#: What the append answers for a command that is to be sent again.
UNDECIDED = -1


@dataclass(frozen=True, init=False)
class StoredFact(Notification):
    """The library's event as it is stored, with the columns that it has no room for.

    ``id`` is the position, and 0 before there is one.
    """

    metadata: bytes = b"{}"
    command_id: UUID | None = None
    recorded_at: datetime | None = None

    def __init__(
        self,
        originator_id: UUID | str,
        originator_version: int,
        topic: str,
        state: bytes,
        id: int,
        metadata: bytes = b"{}",
        command_id: UUID | None = None,
        recorded_at: datetime | None = None,
    ) -> None:
        # At once: one attribute after the other is twice the time of every event.
        self.__dict__.update(
            originator_id=originator_id,
            originator_version=originator_version,
            topic=topic,
            state=state,
            id=id,
            metadata=metadata,
            command_id=command_id,
            recorded_at=recorded_at,
        )


@dataclass(frozen=True)
class Checkpoint(Tracking):
    """The library's, moved from ``previous`` only; without it, forward only."""

    partition: int = 0
    previous: int | None = None


class AlreadyHandled(Exception):
    """This command id has a receipt."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(f"handled at position {kept.receipt.position}")
        self.kept = kept


@dataclass(slots=True, eq=False)
class Append:
    """Events, the receipt of their command, and the move of a follower.

    The versions of each stream follow each other; the first is one above the stream's.
    """

    events: Sequence[StoredEvent]
    command_id: UUID = field(default_factory=uuid4)
    #: When it happened, by the writer's clock.
    at: datetime = field(default_factory=utc_now)
    handled: Handled | None = None
    move: Tracking | None = None
    #: It may have been stored already: an answer was lost.
    was_sent: bool = False

    def __bool__(self) -> bool:
        return bool(self.events or self.handled or self.move)

    @property
    def is_plain(self) -> bool:
        """It moves nobody, and its versions have neither holes nor doubles."""
        if self.move:
            return False
        return len(self.events) == 1 or follow_each_other(self.events)

    def positions(self, last: int) -> range:
        return range(last - len(self.events) + 1, last + 1)


def follow_each_other(events: Sequence[StoredEvent]) -> bool:
    heads: dict[object, int] = {}
    for event in events:
        version = event.originator_version
        if heads.get(event.originator_id, version - 1) != version - 1:
            return False
        heads[event.originator_id] = version
    return True


def append_of(events: Sequence[StoredEvent], **options: Any) -> Append:
    """What the library's ``insert_events(events, tracking=, handled=)`` asks for."""
    handled: Handled | None = options.get("handled")
    first = events[0] if events else None
    identity = handled.command_id if handled else getattr(first, "command_id", None)
    at = getattr(first, "recorded_at", None)
    move = options.get("tracking")
    return Append(events, identity or uuid4(), at or utc_now(), handled, move)


def answered(append: Append, row: tuple[Any, ...]) -> Outcome:
    """From a row: a receipt, or the last of its events that is there, or both."""
    stream, version, position, fingerprint, own = row
    if position is not None:
        kept = Kept(Receipt(stream, version, position), bytes(fingerprint))
        if append.was_sent and is_ours(append.handled, kept):
            return append.positions(position)
        return AlreadyHandled(kept)
    if own is not None:
        return append.positions(own)
    return IntegrityError(
        f"command {append.command_id}: a stream or a follower has moved on"
    )


def tell(teller: Teller, appends: Iterable[Append]) -> None:
    """Of what there is to read now: a receipt or a move is none of it."""
    if kinds := {event.topic for append in appends for event in append.events}:
        teller(kinds)


def is_ours(handled: Handled | None, kept: Kept) -> bool:
    return handled is not None and (
        (handled.stream, handled.version, handled.fingerprint)
        == (kept.receipt.stream, kept.receipt.version, kept.fingerprint)
    )


def in_library_terms(error: Exception) -> Exception:
    """The library's exception of the same PEP 249 name, as its recorders raise it."""
    for kind in type(error).__mro__:
        ours = getattr(persistence, kind.__name__, None)
        if isinstance(ours, type) and issubclass(ours, PersistenceError):
            return ours(str(error))
    return error
