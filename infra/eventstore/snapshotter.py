"""Takes snapshots of the streams that have grown long; a follower like any other."""

import logging
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

from psycopg import Connection

from infra.eventstore.mapper import facts_of
from infra.eventstore.recorder import LogRecorder
from infra.eventstore.replay import CATEGORIES
from infra.eventstore.snapshots import Snapshot, category_of, is_kept, program, taken
from infra.projection_engine.postgres import Pool

logger = logging.getLogger(__name__)

#: Of a stream, one every so many events; and so many seconds between two looks.
EVERY, SECONDS = 100, 1.0
#: So many events of the log are looked at together, and so many streams are folded.
SPAN, STREAMS = 100_000, 100

GROWN = """
SELECT DISTINCT stream FROM es.cinema_events
WHERE position > %s AND position <= %s AND version %% %s = 0
"""
OF_OTHER_PROGRAMS = "SELECT stream FROM es.snapshot WHERE program <> %s LIMIT %s"
KEEP = """
INSERT INTO es.snapshot
    (stream, version, position, command_id, program, kind, state, checksum)
SELECT stream, version, position, command_id, %s, %s, %s, %s FROM es.cinema_events
WHERE (stream, version, position) = (%s, %s, %s)
ON CONFLICT (stream) DO UPDATE SET
    (version, position, command_id, program, kind, state, checksum) = (
        excluded.version, excluded.position, excluded.command_id, excluded.program,
        excluded.kind, excluded.state, excluded.checksum)
"""
FORGET = "DELETE FROM es.snapshot WHERE stream = ANY(%s) AND program <> %s"


class Snapshotter:
    """Always folds from the first event on: no snapshot is made from another."""

    name = "snapshots"

    def __init__(
        self,
        pool: Pool,
        records: LogRecorder,
        every: int = EVERY,
        seconds: float = SECONDS,
        timer: Callable[[], float] = monotonic,
    ) -> None:
        self.pool = pool
        self.records = records
        self.every = every
        self.seconds = seconds
        self.timer = timer
        self.next_at = 0.0
        #: What an earlier version of this program has left is made anew, once.
        self.is_renewing = True

    def catch_up(self) -> int:
        """How many events were looked at, and how many snapshots made anew."""
        if self.timer() < self.next_at:
            return 0
        old = self.records.position_of(self.name)
        new = min(self.records.max_notification_id() or 0, old + SPAN)
        with self.pool.connection() as connection:
            if new > old:
                self.look_at(connection, old, new)
                return new - old
            if self.is_renewing and (number := self.renew(connection)):
                return number
        self.is_renewing = False
        self.next_at = self.timer() + self.seconds
        return 0

    def is_at_rest(self) -> bool:
        """Nobody waits for a snapshot."""
        return True

    def look_at(self, connection: Connection[Any], old: int, new: int) -> None:
        rows = connection.execute(GROWN, (old, new, self.every)).fetchall()
        streams = [stream for (stream,) in rows if is_kept(stream)]
        for first in range(0, len(streams), STREAMS):
            self.take(connection, streams[first : first + STREAMS])
        self.records.move(self.name, new, old)

    def renew(self, connection: Connection[Any]) -> int:
        rows = connection.execute(OF_OTHER_PROGRAMS, (program(), STREAMS)).fetchall()
        streams = [stream for (stream,) in rows]
        self.take(connection, [stream for stream in streams if is_kept(stream)])
        connection.execute(FORGET, (streams, program()))
        return len(streams)

    def take(self, connection: Connection[Any], streams: Iterable[str]) -> None:
        for stream in streams:
            try:
                kept = self.folded(stream)
            except Exception as error:
                # Whoever needs the stream meets the same error, and says so.
                logger.warning("no snapshot of %s: %r", stream, error)
                continue
            if kept is not None:
                keep(connection, kept)

    def folded(self, stream: str) -> Snapshot | None:
        keys = self.records.keys
        facts = facts_of(self.records.select_streams([stream]), keys)
        if not facts:
            return None
        decider = CATEGORIES[category_of(stream)]
        state = decider.fold(fact.payload for fact in facts)
        last = facts[-1]
        return taken(stream, last.originator_version, last.position, state, keys)


def keep(connection: Connection[Any], kept: Snapshot) -> None:
    what = (program(), kept.kind, kept.state, kept.checksum)
    connection.execute(KEEP, (*what, kept.stream, kept.version, kept.position))
