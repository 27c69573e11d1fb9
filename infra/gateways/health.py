"""How each gateway is found to work, by all processes together.

Whoever takes money notes what fails; whoever sends payers to a gateway reads it. While
all is well nothing is written: a success matters only after a failure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from domain.kernel.messages import Clock
from infra.projection_engine.postgres import Pool
from processes.breaker import CLOSED, Breaker, State, failed, state

LOOK_AGAIN = 1.0

ALL = """
SELECT gateway, failures, failed_at, opened_at, pause, cause FROM work.gateway_health
"""
#: One at a time, also the first two, for whom there is no row to lock.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('gateway_health'), hashtext(%s))"
FIND = """
SELECT failures, failed_at, opened_at, pause FROM work.gateway_health
WHERE gateway = %s
"""
KEEP = """
INSERT INTO work.gateway_health AS health
    (gateway, failures, failed_at, opened_at, pause, cause)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (gateway) DO UPDATE SET failures = excluded.failures,
    failed_at = excluded.failed_at, opened_at = excluded.opened_at,
    pause = excluded.pause, cause = excluded.cause
"""
FORGET = "DELETE FROM work.gateway_health WHERE gateway = %s"


@dataclass(frozen=True, slots=True)
class Condition:
    state: State
    failures: int = 0
    failed_at: datetime | None = None
    cause: str = ""


WELL = Condition("closed")


class Health:
    """Shared by the threads of a process; what others wrote is seen a second later."""

    def __init__(self, pool: Pool, clock: Clock) -> None:
        self.pool = pool
        self.clock = clock
        self.seen: Mapping[str, tuple[Breaker, str]] = {}
        self.looked_at = -LOOK_AGAIN

    def failed(self, gateway: str, cause: str) -> None:
        with self.pool.connection() as connection, connection.transaction():
            connection.execute(ALONE, (gateway,))
            row = connection.execute(FIND, (gateway,)).fetchone()
            now = failed(Breaker(*row) if row else CLOSED, self.clock())
            values = (now.failures, now.failed_at, now.opened_at, now.pause)
            connection.execute(KEEP, (gateway, *values, cause))
        self.looked_at = -LOOK_AGAIN

    def worked(self, gateway: str) -> None:
        """While it is open, that is the answer to something older."""
        kept = self.kept().get(gateway)
        if kept is None or state(kept[0], self.clock()) == "open":
            return
        with self.pool.connection() as connection:
            connection.execute(FORGET, (gateway,))
        self.looked_at = -LOOK_AGAIN

    def state(self, gateway: str) -> State:
        return self.condition(gateway).state

    def condition(self, gateway: str) -> Condition:
        kept = self.kept().get(gateway)
        if kept is None:
            return WELL
        breaker, cause = kept
        now = state(breaker, self.clock())
        return Condition(now, breaker.failures, breaker.failed_at, cause)

    def kept(self) -> Mapping[str, tuple[Breaker, str]]:
        """Of those that are not simply well."""
        if monotonic() - self.looked_at >= LOOK_AGAIN:
            with self.pool.connection() as connection:
                rows = connection.execute(ALL).fetchall()
            self.seen = {
                gateway: (Breaker(*breaker), cause) for gateway, *breaker, cause in rows
            }
            self.looked_at = monotonic()
        return self.seen
