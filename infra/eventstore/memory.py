"""The library's memory storage, with receipts."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.popo import POPOApplicationRecorder, POPOFactory
from typing_extensions import override

from domain.kernel.messages import Receipt
from infra.eventstore.receipts import Handled, Kept, several


class MemoryRecorder(POPOApplicationRecorder):
    def __init__(self) -> None:
        super().__init__()
        self.receipts: dict[UUID, Kept] = {}

    def find(self, command_id: UUID) -> Kept | None:
        with self._database_lock:
            return self.receipts.get(command_id)

    def keep(self, handled: Handled) -> Receipt:
        receipt = handled.receipt(self.max_notification_id() or 0)
        with self._database_lock:
            kept = Kept(receipt, handled.fingerprint)
            return self.receipts.setdefault(handled.command_id, kept).receipt

    def select_streams(self, streams: Collection[str]) -> Iterator[StoredEvent]:
        for stream in streams:
            yield from self.select_events(stream)

    @override
    def _assert_uniqueness(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> None:
        super()._assert_uniqueness(stored_events, **kwargs)
        for handled in several(kwargs.get("handled")):
            if handled.command_id in self.receipts:
                raise IntegrityError(handled.command_id)

    @override
    def _update_table(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        ids = super()._update_table(stored_events, **kwargs)
        if not ids:
            return ids
        for handled in several(kwargs.get("handled")):
            receipt = handled.receipt(ids[-1])
            self.receipts[handled.command_id] = Kept(receipt, handled.fingerprint)
        return ids


class MemoryFactory(POPOFactory):
    @override
    def application_recorder(self) -> MemoryRecorder:
        return MemoryRecorder()
