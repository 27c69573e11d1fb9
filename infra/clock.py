"""What time it is: the machine's, or in a sandbox one that can be moved forward."""

import logging
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic

from psycopg import Connection, OperationalError

from domain.kernel.messages import Clock
from infra.embedded.errors import CannotRun
from infra.projection_engine.postgres import Pool
from infra.settings import Settings

logger = logging.getLogger(__name__)

#: For how long, in seconds, a process goes by what it has read last.
FRESH = 0.1
PATIENCE = 1.0

AHEAD = "SELECT ahead FROM work.clock"
MOVE = "UPDATE work.clock SET ahead = %s WHERE ahead <= %s RETURNING ahead"


class NoSandbox(CannotRun):
    """Only a sandbox's clock can be moved, and this is none: see CINEMA_SANDBOX."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class ClockRunsForward(CannotRun):
    """The clock only moves forward: name a later time than cinema clock show does."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


def utc_now() -> datetime:
    return datetime.now(UTC)


class SandboxClock:
    """Every process reads the one row, so that all agree within a tenth of a second."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.lock = Lock()
        self.ahead = timedelta(0)
        self.expires = 0.0

    def __call__(self) -> datetime:
        with self.lock:
            if monotonic() >= self.expires:
                self.refresh()
            return utc_now() + self.ahead

    def refresh(self) -> None:
        """Without the database, go on by what was read last."""
        try:
            with self.pool.connection(timeout=PATIENCE) as connection:
                self.ahead = ahead(connection)
        except OperationalError as error:
            logger.warning("the clock's offset cannot be read: %s", error)
        self.expires = monotonic() + FRESH


def clock_for(settings: Settings, pool: Pool) -> Clock:
    return SandboxClock(pool) if settings.sandbox else utc_now


def ahead(connection: Connection) -> timedelta:
    [(found,)] = connection.execute(AHEAD).fetchall()
    assert isinstance(found, timedelta)
    return found


def move(connection: Connection, to: datetime) -> datetime:
    """Let it be so late from now on, everywhere. Raises ``ClockRunsForward``."""
    wanted = to - utc_now()
    if not connection.execute(MOVE, (wanted, wanted)).fetchone():
        raise ClockRunsForward
    return to
