"""What is recorded together or not at all, and what comes of it.

Shared by the threads' and the asyncio front, which differ only in how commands meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID, uuid4
from zlib import crc32

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
from infra.eventstore import arrays
from infra.eventstore.receipts import Handled, Kept

PARTITIONS = 64

#: The positions of a command's events, or why there are none.
Outcome: TypeAlias = range | Exception

#: What the append answers for a command that is to be sent again.
UNDECIDED = -1


@dataclass(frozen=True)
class StoredFact(Notification):
    """The library's event as it is stored, with the columns that it has no room for.

    ``id`` is the position, and 0 before there is one.
    """

    metadata: bytes = b"{}"
    command_id: UUID | None = None
    recorded_at: datetime | None = None


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
    def stream(self) -> str | None:
        """The one that it is about, if it is about one only and moves nobody."""
        if not self.events or self.move:
            return None
        stream = self.events[0].originator_id
        others = any(event.originator_id != stream for event in self.events)
        if others or not follows(self.events):
            return None
        return (
            str(stream)
            if self.handled is None or self.handled.stream == stream
            else None
        )

    def positions(self, last: int) -> range:
        return range(last - len(self.events) + 1, last + 1)


def follows(events: Sequence[StoredEvent]) -> bool:
    first = events[0].originator_version
    return all(e.originator_version == n for n, e in enumerate(events, first))


def append_of(events: Sequence[StoredEvent], **options: Any) -> Append:
    """What the library's ``insert_events(events, tracking=, handled=)`` asks for."""
    handled: Handled | None = options.get("handled")
    first = events[0] if events else None
    identity = handled.command_id if handled else getattr(first, "command_id", None)
    at = getattr(first, "recorded_at", None)
    move = options.get("tracking")
    return Append(events, identity or uuid4(), at or utc_now(), handled, move)


def partition_of(stream: str) -> int:
    return crc32(stream.encode()) % PARTITIONS


def alone(append: Append, stream: str) -> tuple[Any, ...]:
    """The arguments of the append of one command to one stream, in its order."""
    events, handled = append.events, append.handled
    return (
        append.command_id,
        append.at,
        stream,
        events[0].originator_version,
        arrays.texts([event.topic for event in events]),
        partition_of(stream),
        arrays.blobs([metadata_of(event) for event in events]),
        arrays.blobs([event.state for event in events]),
        handled.version if handled else None,
        handled.fingerprint if handled else None,
    )


def metadata_of(event: StoredEvent) -> bytes:
    return event.metadata if isinstance(event, StoredFact) else b"{}"


def together(appends: Sequence[Append]) -> list[arrays.Packed]:
    """The arguments of the append of a batch, in its order."""
    events = [
        (n, event) for n, append in enumerate(appends, 1) for event in append.events
    ]
    streams = [str(event.originator_id) for _, event in events]
    handled = [(n, each.handled) for n, each in enumerate(appends, 1) if each.handled]
    moves = [(n, append.move) for n, append in enumerate(appends, 1) if append.move]
    return [
        arrays.uuids([append.command_id for append in appends]),
        arrays.timestamps([append.at for append in appends]),
        arrays.int4s([n for n, _ in events]),
        arrays.texts(streams),
        arrays.int8s([event.originator_version for _, event in events]),
        arrays.texts([event.topic for _, event in events]),
        arrays.int2s([partition_of(stream) for stream in streams]),
        arrays.blobs([metadata_of(event) for _, event in events]),
        arrays.blobs([event.state for _, event in events]),
        arrays.int4s([n for n, _ in handled]),
        arrays.texts([each.stream for _, each in handled]),
        arrays.int8s([each.version for _, each in handled]),
        arrays.blobs([each.fingerprint for _, each in handled]),
        arrays.int4s([n for n, _ in moves]),
        arrays.texts([move.application_name for _, move in moves]),
        arrays.int2s([getattr(move, "partition", 0) for _, move in moves]),
        arrays.int8s([getattr(move, "previous", None) for _, move in moves]),
        arrays.int8s([move.notification_id for _, move in moves]),
    ]


def questions(appends: Sequence[Append]) -> list[arrays.Packed]:
    """The arguments of the question why these did not get in."""
    events = [
        (n, event) for n, append in enumerate(appends, 1) for event in append.events
    ]
    return [
        arrays.uuids([append.command_id for append in appends]),
        arrays.int4s([n for n, _ in events]),
        arrays.texts([str(event.originator_id) for _, event in events]),
        arrays.int8s([event.originator_version for _, event in events]),
    ]


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
