"""Seals what is settled. It reads as any reader does: no writer waits for it."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from psycopg import Connection

from infra.eventstore.sealing.blocks import Block, add, last_block, next_block
from infra.eventstore.sealing.merkle import leaf
from infra.eventstore.sealing.rows import rows
from infra.projection_engine.postgres import Pool

#: At most so many events to a block, and so many seconds between two.
SIZE, SECONDS = 5_000, 1.0

TRY = "SELECT pg_try_advisory_xact_lock(hashtext('cinema sealer'))"
WAIT = "SELECT pg_advisory_xact_lock(hashtext('cinema sealer')) IS NOT NULL"
HEAD = "SELECT coalesce(max(position), 0), clock_timestamp() FROM es.cinema_events"


class Sealer:
    """A follower of the log. Of many that run, one seals and the others look on.

    Positions become visible in their own order: up to the head, everything is settled.
    """

    name = "sealer"

    def __init__(
        self,
        pool: Pool,
        size: int = SIZE,
        seconds: float = SECONDS,
        timer: Callable[[], float] = monotonic,
    ) -> None:
        self.pool = pool
        self.size = size
        self.seconds = seconds
        self.timer = timer
        self.last_at = -seconds

    def catch_up(self) -> int:
        now = self.timer()
        is_time = now - self.last_at >= self.seconds
        with self.pool.connection() as connection:
            number = seal(connection, self.size, 1 if is_time else self.size)
        if number:
            self.last_at = now
        return number

    def is_at_rest(self) -> bool:
        """Nothing follows from a seal, so nobody has to wait for it."""
        return True


def seal(
    connection: Connection[Any], size: int = SIZE, least: int = 1, claim: str = TRY
) -> int:
    """The next block, if somebody else is not at it, and how many events are in it.

    The lock is the transaction's, so it ends with whoever has it.
    """
    with connection.transaction():
        [(is_ours,)] = connection.execute(claim).fetchall()
        if not is_ours:
            return 0
        [(head, at)] = connection.execute(HEAD).fetchall()
        before = last_block(connection)
        number: int = min(size, head - before.last)
        if number < least:
            return 0
        span = (before.last, before.last + number)
        leaves = [leaf(row) for row in rows(connection, *span)]
        if len(leaves) != number:
            raise NotDense(*span)
        add(connection, next_block(before, leaves, at))
        return number


def seal_everything(connection: Connection[Any], size: int = SIZE) -> Block:
    """Up to the head as it is now; the last block."""
    while seal(connection, size, claim=WAIT) == size:
        pass
    return last_block(connection)


class NotDense(Exception):
    """Events are missing, or there are too many: only a log that is whole is sealed."""

    def __init__(self, after: int, upto: int) -> None:
        super().__init__(
            f"Positions {after + 1} to {upto} of the log are not one event each, so "
            "they are not sealed. See: cinema events verify"
        )
