"""A batch of appends as the columns that the append functions take."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any
from zlib import crc32

from eventsourcing.persistence import StoredEvent

from infra.eventstore import arrays
from infra.eventstore.appends import Append, StoredFact
from infra.eventstore.log import Log

PARTITIONS = 64


def partition_of(stream: str) -> int:
    return crc32(stream.encode()) % PARTITIONS


def plainly(log: Log, appends: Sequence[Append]) -> tuple[bytes, Sequence[Any]]:
    """The append that runs into conflicts, and its values: see ``schema.sql``."""
    if len(appends) == 1 and len(appends[0].events) == 1:
        return log.append_one, alone(appends[0])
    return log.append_plain, Arguments(appends).plain()


def alone(append: Append) -> Sequence[Any]:
    [event] = append.events
    stream, handled = str(event.originator_id), append.handled
    receipt = (
        (handled.stream, handled.version, handled.fingerprint)
        if handled
        else (None, None, None)
    )
    return (
        append.command_id,
        append.at,
        stream,
        event.originator_version,
        event.topic,
        partition_of(stream),
        metadata_of(event),
        event.state,
        *receipt,
    )


class Arguments:
    """Packed when they are asked for; the commands are numbered from 1."""

    def __init__(self, appends: Sequence[Append]) -> None:
        self.appends = appends
        self.events = [
            (n, event) for n, append in enumerate(appends, 1) for event in append.events
        ]
        self.streams = [str(event.originator_id) for _, event in self.events]
        self.handled = [
            (n, each.handled) for n, each in enumerate(appends, 1) if each.handled
        ]

    def plain(self) -> list[arrays.Packed]:
        """Of the append that runs into conflicts."""
        return [
            *self.commands(),
            *self.places(),
            arrays.int8s(self.befores()),
            *self.contents(),
            *self.receipts(),
            arrays.int8s(self.lasts()),
        ]

    def careful(self) -> list[arrays.Packed]:
        """Of the append that looks for them."""
        moves = [(n, each.move) for n, each in enumerate(self.appends, 1) if each.move]
        return [
            *self.commands(),
            *self.places(),
            *self.contents(),
            *self.receipts(),
            arrays.int4s([n for n, _ in moves]),
            arrays.texts([move.application_name for _, move in moves]),
            arrays.int2s([getattr(move, "partition", 0) for _, move in moves]),
            arrays.int8s([getattr(move, "previous", None) for _, move in moves]),
            arrays.int8s([move.notification_id for _, move in moves]),
        ]

    def questions(self) -> list[arrays.Packed]:
        """Of the question why these did not get in."""
        return [self.commands()[0], *self.places()]

    def commands(self) -> list[arrays.Packed]:
        return [
            arrays.uuids([append.command_id for append in self.appends]),
            arrays.timestamps([append.at for append in self.appends]),
        ]

    def places(self) -> list[arrays.Packed]:
        return [
            arrays.int4s([n for n, _ in self.events]),
            arrays.texts(self.streams),
            arrays.int8s([event.originator_version for _, event in self.events]),
        ]

    def contents(self) -> list[arrays.Packed]:
        return [
            arrays.texts([event.topic for _, event in self.events]),
            arrays.int2s([partition_of(stream) for stream in self.streams]),
            arrays.blobs([metadata_of(event) for _, event in self.events]),
            arrays.blobs([event.state for _, event in self.events]),
        ]

    def receipts(self) -> list[arrays.Packed]:
        return [
            arrays.int4s([n for n, _ in self.handled]),
            arrays.texts([each.stream for _, each in self.handled]),
            arrays.int8s([each.version for _, each in self.handled]),
            arrays.blobs([each.fingerprint for _, each in self.handled]),
        ]

    def befores(self) -> list[int | None]:
        """What the first event of a command on a stream rests on."""
        seen: set[tuple[int, object]] = set()
        found: list[int | None] = []
        for n, event in self.events:
            place, version = (n, event.originator_id), event.originator_version
            found.append(version - 1 if version > 1 and place not in seen else None)
            seen.add(place)
        return found

    def lasts(self) -> list[int]:
        """How many events there are up to the last of each command with a receipt."""
        ends = [*accumulate(len(append.events) for append in self.appends)]
        return [ends[n - 1] for n, _ in self.handled]


def numbered(appends: Sequence[Append], head: int) -> list[range]:
    """The positions of each when all were recorded after ``head``."""
    ends = accumulate(len(append.events) for append in appends)
    return [
        append.positions(head + end) for append, end in zip(appends, ends, strict=True)
    ]


def metadata_of(event: StoredEvent) -> bytes:
    return event.metadata if isinstance(event, StoredFact) else b"{}"
