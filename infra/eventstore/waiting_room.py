"""Streams of which a message could not be handled: it waits, and those behind it.

Who waits is written down as marks in a stream of the follower's own: places in the log
that it follows, because a message may wait for the very reason that nobody can read it.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias, runtime_checkable
from uuid import uuid4

from eventsourcing.persistence import IntegrityError, StoredEvent

from domain.kernel.errors import TooMuchContention
from domain.kernel.messages import Clock, Metadata
from infra.eventstore import process_metrics as metrics
from infra.eventstore.appends import Append, StoredFact
from infra.eventstore.mapper import DECODERS, ENCODER
from infra.eventstore.recorder import LogRecorder
from processes.parking import StreamHeldBack, StreamParked, StreamResumed

logger = logging.getLogger(__name__)

ATTEMPTS = 5

Mark: TypeAlias = StreamParked | StreamHeldBack | StreamResumed


@dataclass(frozen=True, slots=True)
class Parked:
    """What waits for somebody to look at it, by the name it is called by."""

    stream: str
    waiting: int
    since: datetime
    reason: str


@runtime_checkable
class Parking(Protocol):
    """A follower of which something may wait."""

    name: str

    def parked(self) -> list[Parked]: ...

    def resume(self, stream: str, metadata: Metadata, skip: bool = False) -> bool:
        """Let it go on, without the first that waits if that is to be skipped.

        False if it is not parked. Raises what keeps it, and then the rest stays so.
        """
        ...


@dataclass(slots=True)
class Queue:
    since: datetime
    reason: str
    positions: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Done:
    """Of those that waited so many were handled; the next of them met a failure."""

    number: int
    failure: Exception | None = None
    #: To be recorded together with their leaving.
    stored: Sequence[StoredFact] = ()


class WaitingRoom:
    def __init__(self, name: str, recorder: LogRecorder, clock: Clock) -> None:
        self.name = name
        self.recorder = recorder
        self.clock = clock
        self.version = 0
        self.queues: dict[str, Queue] = {}

    def turn(self) -> "Turn":
        """For the next page: with all that is known by now."""
        self.look()
        return Turn(self)

    def look(self) -> None:
        for stored in self.recorder.select_events(self.name, gt=self.version):
            self.version = stored.originator_version
            self.remember(stored)

    def remember(self, stored: StoredEvent) -> None:
        assert isinstance(stored, StoredFact)
        assert stored.recorded_at
        match DECODERS[stored.topic](stored.state):
            case StreamParked(stream=stream, position=position, reason=reason):
                queue = self.queues.setdefault(stream, Queue(stored.recorded_at, ""))
                queue.since, queue.reason = stored.recorded_at, reason
                if position not in queue.positions:
                    queue.positions.append(position)
            case StreamHeldBack(stream=stream, position=position):
                self.queues[stream].positions.append(position)
            case StreamResumed(stream=stream, position=position):
                queue = self.queues.pop(stream)
                queue.positions = [each for each in queue.positions if each > position]
                if queue.positions:
                    self.queues[stream] = queue

    def parked(self, called: Callable[[str], str]) -> list[Parked]:
        self.look()
        return [
            Parked(called(stream), len(queue.positions), queue.since, queue.reason)
            for stream, queue in self.queues.items()
        ]

    def stored(self, marks: Iterable[Mark], metadata: Metadata) -> list[StoredFact]:
        return [
            StoredFact(
                self.name,
                version,
                type(mark).__name__,
                ENCODER.encode(mark),
                0,
                ENCODER.encode(metadata),
            )
            for version, mark in enumerate(marks, self.version + 1)
        ]

    def resume(
        self,
        stream: str,
        metadata: Metadata,
        skip: bool,
        handle: Callable[[Sequence[int]], Done],
    ) -> bool:
        """As ``Parking.resume``. Those that could be handled have left for good."""
        for _ in range(ATTEMPTS):
            self.look()
            if stream not in self.queues:
                return False
            positions = self.queues[stream].positions
            done = handle(positions[skip:])
            marks = left(stream, positions, done, skip)
            if not marks:
                assert done.failure
                raise done.failure
            stored = [*self.stored(marks, metadata), *done.stored]
            try:
                self.recorder.append(Append(stored, uuid4(), self.clock()))
            except IntegrityError:
                continue
            if done.failure:
                raise done.failure
            return True
        raise TooMuchContention


def left(stream: str, positions: Sequence[int], done: Done, skip: bool) -> list[Mark]:
    """Who has left, and who is the first of those that still wait."""
    gone = done.number + skip
    if not gone:
        return []
    marks: list[Mark] = [
        StreamResumed(stream=stream, position=positions[gone - 1], skipped=skip)
    ]
    if done.failure:
        reason = str(done.failure)
        marks.append(
            StreamParked(stream=stream, position=positions[gone], reason=reason)
        )
    return marks


class Turn:
    """What a page adds to those who wait."""

    def __init__(self, room: WaitingRoom) -> None:
        self.room = room
        self.parked: set[str] = set()
        self.marks: list[Mark] = []

    def admits(self, stream: str, position: int) -> bool:
        """Or it waits behind another of its stream."""
        queue = self.room.queues.get(stream)
        if queue is None and stream not in self.parked:
            return True
        if queue is None or position not in queue.positions:
            self.marks.append(StreamHeldBack(stream=stream, position=position))
        return False

    def park(self, stream: str, position: int, error: Exception) -> None:
        if self.admits(stream, position):
            reason = str(error)
            self.parked.add(stream)
            self.marks.append(
                StreamParked(stream=stream, position=position, reason=reason)
            )
            logger.error(
                "%s parks %s at %d",
                self.room.name,
                stream,
                position,
                exc_info=error,
            )
            metrics.parked(self.room.name)

    def stored(self) -> list[StoredFact]:
        metadata = Metadata.root(uuid4(), self.room.name)
        return self.room.stored(self.marks, metadata)
