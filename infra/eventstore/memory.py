"""The library's memory storage, with what the PostgreSQL one has beside."""

from collections.abc import Collection, Generator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import UUID

from eventsourcing.persistence import IntegrityError, StoredEvent, Tracking
from eventsourcing.popo import POPOFactory, POPOProcessRecorder
from typing_extensions import override

from domain.kernel.messages import Receipt
from infra.eventstore.appends import (
    AlreadyHandled,
    Append,
    Checkpoint,
    Outcome,
    StoredFact,
)
from infra.eventstore.bell import Bell
from infra.eventstore.moments import packed
from infra.eventstore.receipts import Handled, Kept
from infra.eventstore.recorder import Row
from infra.personal.ports import WITHHELD, Keys


class MemoryRecorder(POPOProcessRecorder):
    def __init__(self) -> None:
        super().__init__()
        self.bell = Bell()
        self.keys: Keys = WITHHELD
        self.receipts: dict[UUID, Kept] = {}
        self.positions: dict[tuple[str, int], int] = {}

    @override
    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        ids = super().insert_events(stored_events, **kwargs)
        self.bell.ring()
        return ids

    def append(self, append: Append) -> range:
        if not append.events and append.handled:
            return self.only_handled(append.handled)
        options: dict[str, Any] = {"handled": append.handled}
        if append.move:
            options["tracking"] = append.move
        ids = self.insert_events(append.events, **options)
        return append.positions(ids[-1] if ids else self.max_notification_id() or 0)

    def append_many(self, appends: Sequence[Append]) -> Sequence[Outcome]:
        return [self.outcome(append) for append in appends]

    def outcome(self, append: Append) -> Outcome:
        try:
            return self.append(append)
        except (IntegrityError, AlreadyHandled) as error:
            return error

    def find(self, command_id: UUID) -> Kept | None:
        with self._database_lock:
            return self.receipts.get(command_id)

    def keep(self, handled: Handled) -> Receipt:
        return handled.receipt(self.only_handled(handled).start - 1)

    def only_handled(self, handled: Handled) -> range:
        with self._database_lock:
            self.check(handled)
            head = self.max_notification_id() or 0
            self.receipts[handled.command_id] = kept(handled, head)
        return range(head + 1, head + 1)

    def select_streams(self, streams: Collection[str]) -> Sequence[Row]:
        return [
            row(event)
            for stream in sorted(streams)
            for event in self.select_events(stream)
        ]

    def select_resumed(self, streams: Collection[str], program: bytes) -> Sequence[Row]:
        del program  # Nothing is kept that could be read instead.
        return self.select_streams(streams)

    def select_page(
        self,
        after: int,
        upto: int,
        limit: int,
        types: Collection[str] = (),
        partitions: range | None = None,
    ) -> Sequence[Row]:
        del partitions  # There is one process only, and one worker of each kind.
        with self._database_lock:
            facts = self._stored_events[after:upto]
        wanted = (each for each in facts if not types or each.topic in types)
        return [row(event) for event in islice(wanted, limit)]

    def stream_page(
        self,
        after: int,
        upto: int,
        limit: int,
        types: Collection[str] = (),
        partitions: range | None = None,
    ) -> Generator[Sequence[Row], None, None]:
        yield self.select_page(after, upto, limit, types, partitions)

    def position_of(self, follower: str, partition: int = 0) -> int:
        return self.positions.get((follower, partition), 0)

    def move(
        self, follower: str, position: int, previous: int, partition: int = 0
    ) -> bool:
        with self._database_lock:
            if self.position_of(follower, partition) != previous:
                return False
            self.positions[follower, partition] = position
            return True

    def check(self, handled: Handled | None) -> None:
        if handled and (found := self.receipts.get(handled.command_id)):
            raise AlreadyHandled(found)

    @override
    def _assert_uniqueness(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> None:
        self.check(kwargs.get("handled"))
        super()._assert_uniqueness(stored_events, **kwargs)
        move: Tracking | None = kwargs.get("tracking")
        if isinstance(move, Checkpoint) and move.previous is not None:
            known = self.max_tracking_id(move.application_name) or 0
            if known != move.previous:
                raise IntegrityError(move)

    @override
    def _update_table(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        first = len(self._stored_events) + 1
        numbered = [
            replace(event, id=position)
            for position, event in enumerate(stored_events, first)
            if isinstance(event, StoredFact)
        ]
        ids = super()._update_table(numbered, **kwargs)
        move: Tracking | None = kwargs.get("tracking")
        if move:
            self.positions[move.application_name, 0] = move.notification_id
        handled: Handled | None = kwargs.get("handled")
        if handled and ids:
            self.receipts[handled.command_id] = kept(handled, ids[-1])
        return ids


def kept(handled: Handled, position: int) -> Kept:
    return Kept(handled.receipt(position), handled.fingerprint)


def row(event: StoredEvent) -> Row:
    assert isinstance(event, StoredFact)
    assert event.recorded_at
    return (
        event.originator_id,
        event.originator_version,
        event.topic,
        event.state,
        event.id,
        event.metadata,
        packed(event.recorded_at),
    )


class MemoryFactory(POPOFactory):
    @override
    def application_recorder(self) -> MemoryRecorder:
        return MemoryRecorder()

    @override
    def process_recorder(self) -> MemoryRecorder:
        return MemoryRecorder()

    def log(self, name: str) -> MemoryRecorder:
        del name
        return MemoryRecorder()
