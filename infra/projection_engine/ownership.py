"""Who reads on for which slice of a read model: one live owner each, of all processes.

The owner holds a session's advisory lock, which dies with it. That keeps processes out
of each other's way; that nothing is written twice is up to the position, which is
compared and set with every batch.
"""

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from threading import RLock
from time import monotonic
from typing import Any

from psycopg import Connection, Error, OperationalError

logger = logging.getLogger(__name__)

#: Beside the slices: shared by all processes that would have some of them.
MEMBERS = 1_000
TAKE = "SELECT pg_try_advisory_lock(hashtext(%s), %s)"
GIVE = "SELECT pg_advisory_unlock(hashtext(%s), %s)"
JOIN = "SELECT pg_advisory_lock_shared(hashtext(%s), %s)"
COUNT = """
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 2 AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND classid::bigint = hashtext(%s)::bigint & 4294967295 AND objid = %s
"""
GIVE_ALL = "SELECT pg_advisory_unlock_all()"
ALIVE = "SELECT 1"
#: Seconds.
PATIENCE = 0.5


class Ownership:
    """What this process owns: one connection for all its read models."""

    def __init__(
        self,
        connect: Callable[[], Connection[Any]],
        now: Callable[[], float] = monotonic,
    ) -> None:
        self.connect = connect
        self.now = now
        #: When the connection was last known to be there.
        self.seen = 0.0
        self.connection: Connection[Any] | None = None
        self.lock = RLock()
        self.held: dict[str, set[int]] = {}
        self.joined: set[str] = set()

    def claim(self, place: str, number: int) -> set[int]:
        """Take what is free of so many slices, up to a fair share of them.

        Raises ``OperationalError``, and then nothing is owned any more.
        """
        with self.session() as connection:
            held = self.held.setdefault(place, set())
            fair = self.fair_share(connection, place, number)
            surplus = sorted(held)[fair:] + [each for each in held if each >= number]
            for each in {*surplus}:
                connection.execute(GIVE, (place, each))
                held.remove(each)
            for each in range(number):
                if len(held) < fair and each not in held:
                    [taken] = connection.execute(TAKE, (place, each)).fetchall()[0]
                    if taken:
                        held.add(each)
            return set(held)

    def fair_share(self, connection: Connection[Any], place: str, number: int) -> int:
        if number == 1:
            return 1
        if place not in self.joined:
            connection.execute(JOIN, (place, MEMBERS))
            self.joined.add(place)
        [members] = connection.execute(COUNT, (place, MEMBERS)).fetchall()[0]
        return -(-number // max(int(members), 1))

    @contextmanager
    def session(self) -> Generator[Connection[Any], None, None]:
        with self.lock:
            try:
                if self.connection is None:
                    self.connection = self.connect()
                    self.held.clear()
                    self.joined.clear()
                if self.now() - self.seen > PATIENCE:
                    self.connection.execute(ALIVE)
                    self.seen = self.now()
                yield self.connection
            except OperationalError:
                self.close()
                raise

    def close(self) -> None:
        """Others may take over."""
        with self.lock:
            if self.connection is not None:
                with suppress(Error):  # The server gives them back in a moment, too.
                    self.connection.execute(GIVE_ALL)
                self.connection.close()
            self.connection = None
            self.held.clear()
            self.joined.clear()
