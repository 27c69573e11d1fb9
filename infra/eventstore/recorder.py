"""What this system asks of a log, beside what the library asks."""

from collections.abc import Collection, Generator, Sequence
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from domain.kernel.messages import Receipt
from infra.eventstore.appends import Append, Outcome
from infra.eventstore.bell import Bell
from infra.eventstore.receipts import Handled, Kept
from infra.personal.ports import Keys

#: Of ``log.FACT``: stream, version, type, payload, position, metadata, and when it was
#: recorded, as ``moments`` has it.
Row: TypeAlias = tuple[Any, ...]


class LogRecorder(Protocol):
    #: Rung whenever something has been recorded.
    bell: Bell
    #: For what is personal in its events.
    keys: Keys

    def append(self, append: Append) -> range:
        """The positions of its events.

        Raises ``IntegrityError``, ``AlreadyHandled`` and ``OperationalError``.
        """
        ...

    def append_many(self, appends: Sequence[Append]) -> Sequence[Outcome]:
        """Each by itself, all in one commit; raises ``OperationalError``."""
        ...

    def find(self, command_id: UUID) -> Kept | None: ...

    def keep(self, handled: Handled) -> Receipt:
        """For a command that had nothing to record; the position is the log's head.

        Raises ``AlreadyHandled``.
        """
        ...

    def select_streams(self, streams: Collection[str]) -> Sequence[Row]:
        """Of many streams in one query; those of each in order."""
        ...

    def select_events(
        self, originator_id: str, *, gt: int | None = None
    ) -> Sequence[StoredEvent]:
        """Of one stream, in order, those above a version."""
        ...

    def select_resumed(self, streams: Collection[str], program: bytes) -> Sequence[Row]:
        """The same; but a stream may begin with a snapshot that this program made.

        In its row the state stands for the payload, its checksum for the metadata, and
        None for the time.
        """
        ...

    def select_page(
        self,
        after: int,
        upto: int,
        limit: int,
        types: Collection[str] = (),
        partitions: range | None = None,
    ) -> Sequence[Row]:
        """In the order of the log, after one position and up to another.

        Of some partitions only if types are named, too.
        """
        ...

    def stream_page(
        self,
        after: int,
        upto: int,
        limit: int,
        types: Collection[str] = (),
        partitions: range | None = None,
    ) -> Generator[Sequence[Row], None, None]:
        """The same while it arrives, some hundred rows at a time."""
        ...

    def max_notification_id(self) -> int | None:
        """The position of what was recorded last."""
        ...

    def position_of(self, follower: str, partition: int = 0) -> int:
        """How far it has read this log."""
        ...

    def move(
        self, follower: str, position: int, previous: int, partition: int = 0
    ) -> bool:
        """Compare and set; False if another instance has moved it meanwhile."""
        ...
