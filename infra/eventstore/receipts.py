"""Proof that a command was handled, written with its events or not at all."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from domain.kernel.messages import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """Given to the recorder beside the events; it adds the position."""

    command_id: UUID
    stream: str
    version: int
    fingerprint: bytes = b""

    def receipt(self, position: int) -> Receipt:
        return Receipt(self.stream, self.version, position)


@dataclass(frozen=True, slots=True)
class Kept:
    """A receipt as it is found again, with what its sender meant then."""

    receipt: Receipt
    fingerprint: bytes


def several(handled: Handled | Sequence[Handled] | None) -> Sequence[Handled]:
    """One command is recorded with its receipt, a batch of them with those of all."""
    if handled is None:
        return ()
    return (handled,) if isinstance(handled, Handled) else handled


class Receipts(Protocol):
    def find(self, command_id: UUID) -> Kept | None: ...

    def keep(self, handled: Handled) -> Receipt:
        """For a command that had nothing to record; the position is the log's head."""
        ...

    def select_streams(self, streams: Collection[str]) -> Iterator[StoredEvent]: ...
