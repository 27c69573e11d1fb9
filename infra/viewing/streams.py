"""On which devices people watch now: rows of PostgreSQL, one person's at a time.

However many start at once, each waits for the row of their person and counts what the
one before has left.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from psycopg import Connection

from command_api.viewing import Stream
from domain.kernel.messages import Clock
from domain.kernel.values import FilmId
from domain.streams import LASTS, WITHOUT_PLAN, StreamEnded, TooManyStreams
from infra.projection_engine.postgres import Pool

KNOW = "INSERT INTO viewing.viewer VALUES (%s) ON CONFLICT DO NOTHING"
LOCK = "SELECT FROM viewing.viewer WHERE account_id = %s FOR UPDATE"
LIMIT = """
SELECT coalesce(max(plan.streams), %s)
FROM read.subscriptions AS subscription JOIN read.plans AS plan USING (plan_id)
WHERE account_id = %s AND access_until > %s AND blocked_at IS NULL
"""
LIVE = """
SELECT stream_id, seen_at > %s FROM viewing.stream WHERE account_id = %s
ORDER BY started_at, stream_id
"""
KEEP = """
INSERT INTO viewing.stream (
    stream_id, account_id, film_id, device, started_at, seen_at
) VALUES (%(stream)s, %(account)s, %(film)s, %(device)s, %(now)s, %(now)s)
ON CONFLICT (stream_id) DO UPDATE SET seen_at = EXCLUDED.seen_at
WHERE stream.account_id = EXCLUDED.account_id
"""
SEEN = "UPDATE viewing.stream SET seen_at = %s WHERE stream_id = %s"
END = "DELETE FROM viewing.stream WHERE account_id = %s AND stream_id = %s"
END_SILENT = "DELETE FROM viewing.stream WHERE account_id = %s AND seen_at <= %s"


class PostgresStreams:
    """``clock`` says which plan counts, ``wall_clock`` who is heard of."""

    def __init__(self, pool: Pool, clock: Clock, wall_clock: Clock) -> None:
        self.pool = pool
        self.clock = clock
        self.wall_clock = wall_clock

    def start(
        self, account_id: UUID, stream_id: UUID, film_id: FilmId, device: str
    ) -> Stream:
        with self.alone(account_id) as connection:
            now = self.wall_clock()
            connection.execute(END_SILENT, (account_id, now - LASTS))
            limit = self.limit(connection, account_id)
            others = [
                id_ for id_ in self.live(connection, account_id) if id_ != stream_id
            ]
            if len(others) >= limit:
                raise TooManyStreams
            values = {
                "stream": stream_id,
                "account": account_id,
                "film": film_id,
                "device": device,
                "now": now,
            }
            connection.execute(KEEP, values)
        return Stream(stream_id=stream_id, expires_at=now + LASTS, limit=limit)

    def beat(self, account_id: UUID, stream_id: UUID) -> Stream:
        """Of more than are allowed by now, those that were started last have to stop.

        One that was silent for too long goes on if its place is still free.
        """
        with self.alone(account_id) as connection:
            now = self.wall_clock()
            streams = self.live(connection, account_id)
            if stream_id not in streams:
                raise StreamEnded
            limit = self.limit(connection, account_id)
            if before(stream_id, streams) >= limit:
                connection.execute(END, (account_id, stream_id))
            else:
                connection.execute(SEEN, (now, stream_id))
                return Stream(stream_id=stream_id, expires_at=now + LASTS, limit=limit)
        raise TooManyStreams

    def stop(self, account_id: UUID, stream_id: UUID) -> None:
        with self.alone(account_id) as connection:
            connection.execute(END, (account_id, stream_id))

    @contextmanager
    def alone(self, account_id: UUID) -> Generator[Connection[Any], None, None]:
        with self.pool.connection() as connection, connection.transaction():
            connection.execute(KNOW, (account_id,))
            connection.execute(LOCK, (account_id,))
            yield connection

    def limit(self, connection: Connection[Any], account_id: UUID) -> int:
        values = (WITHOUT_PLAN, account_id, self.clock())
        [(limit,)] = connection.execute(LIMIT, values).fetchall()
        return int(limit)

    def live(self, connection: Connection[Any], account_id: UUID) -> dict[UUID, bool]:
        """In the order in which they were started: has it been heard of lately?"""
        heard_after = self.wall_clock() - LASTS
        return dict(connection.execute(LIVE, (heard_after, account_id)).fetchall())


def before(stream_id: UUID, streams: dict[UUID, bool]) -> int:
    """How many go first: those that are older, or all if it was silent meanwhile."""
    order = [*streams]
    older = order if not streams[stream_id] else order[: order.index(stream_id)]
    return sum(streams[id_] for id_ in older)
