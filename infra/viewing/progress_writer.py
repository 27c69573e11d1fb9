"""Writes down what players have said, hundreds of batches at a time.

A batch is acknowledged when its rows are committed. Cut short in between, it comes
again, and changes nothing: of a person and film the latest moment stays.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.viewing import Watched
from infra.nats.queue import Delivery, WorkQueue
from infra.projection_engine.postgres import Pool
from infra.viewing.progress_stream import DECODER, Batch

logger = logging.getLogger(__name__)

PAGE = 200
PATIENCE = 0.25

#: Kept by whoever writes, wanted alone by whoever erases a person.
LOCK_CLASS = 0x7677
WRITING = f"SELECT pg_advisory_xact_lock_shared({LOCK_CLASS}, 0)"
WRITE = """
INSERT INTO viewing.progress AS kept (
    account_id, film_id, season, episode, position_seconds, duration_seconds, at
)
SELECT * FROM unnest(
    %s::uuid[], %s::uuid[], %s::int[], %s::int[],
    %s::int[], %s::int[], %s::timestamptz[]
) AS came (account_id, film_id, season, episode, position, duration, at)
WHERE NOT EXISTS (
    SELECT FROM viewing.erased WHERE erased.account_id = came.account_id
)
ORDER BY 1, 2, 3, 4
ON CONFLICT (account_id, film_id, season, episode) DO UPDATE SET
    position_seconds = EXCLUDED.position_seconds,
    duration_seconds = EXCLUDED.duration_seconds,
    at = EXCLUDED.at
WHERE (EXCLUDED.at, EXCLUDED.position_seconds) > (kept.at, kept.position_seconds)
"""

Key: TypeAlias = tuple[UUID, UUID, int, int]


class ProgressWriter:
    """Many may run: each takes other batches, and writes rows in the same order."""

    name = "progress_writer"

    def __init__(self, queue: WorkQueue, pool: Pool) -> None:
        self.queue = queue
        self.pool = pool

    def catch_up(self) -> int:
        """Raises ``BusUnavailable``, ``psycopg.OperationalError``."""
        delivery = self.queue.take_some(PAGE, PATIENCE)
        if delivery.bodies:
            write(self.pool, latest(decoded(delivery)))
            delivery.done()
        return len(delivery.bodies)

    def is_at_rest(self) -> bool:
        return self.queue.is_empty()


def decoded(delivery: Delivery) -> Iterable[Batch]:
    """What nobody can read is told and let go: it would come again for ever."""
    for body in delivery.bodies:
        try:
            yield DECODER.decode(body)
        except msgspec.MsgspecError as error:
            logger.error("progress that cannot be read is dropped: %s", error)


def latest(batches: Iterable[Batch]) -> dict[Key, Watched]:
    """Of each person and film (and episode) the last moment."""
    found: dict[Key, Watched] = {}
    for batch in batches:
        for item in batch.items:
            key = (batch.account_id, item.film_id, item.season, item.episode)
            if key not in found or moment(item) > moment(found[key]):
                found[key] = item
    return found


def moment(item: Watched) -> tuple[Any, int]:
    """Two of the same instant: who is further."""
    return item.at, item.position_seconds


def write(pool: Pool, found: dict[Key, Watched]) -> None:
    with pool.connection() as connection, connection.transaction():
        connection.execute(WRITING)
        connection.execute(WRITE, columns(found))


def columns(found: dict[Key, Watched]) -> Sequence[list[Any]]:
    rows = [
        (*key, item.position_seconds, item.duration_seconds, item.at)
        for key, item in found.items()
    ]
    return [[row[number] for row in rows] for number in range(7)]


FORGETTING = f"SELECT pg_advisory_xact_lock({LOCK_CLASS}, 0)"
REMEMBER = "INSERT INTO viewing.erased VALUES (%s) ON CONFLICT DO NOTHING"
FORGET = (
    "DELETE FROM viewing.progress WHERE account_id = %s",
    "DELETE FROM viewing.stream WHERE account_id = %s",
    "DELETE FROM viewing.viewer WHERE account_id = %s",
)


def forget(connection: Connection[Any], account_id: UUID) -> None:
    """Of an erased person: what is written, and what is still on its way."""
    with connection.transaction():
        connection.execute(FORGETTING)
        connection.execute(REMEMBER, (account_id,))
        for forget_rows in FORGET:
            connection.execute(forget_rows, (account_id,))
