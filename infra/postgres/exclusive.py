"""One at a time, among all processes on one database."""

from collections.abc import Generator
from contextlib import contextmanager

from infra.projection_engine.postgres import Pool

LOCK = "SELECT pg_try_advisory_lock(hashtext(%s))"
UNLOCK = "SELECT pg_advisory_unlock(hashtext(%s))"


class AlreadyUnderWay(Exception):
    """Somebody else is doing just that."""


@contextmanager
def exclusive(pool: Pool, what: str) -> Generator[None, None, None]:
    """The lock dies with the connection. Raises ``AlreadyUnderWay``."""
    with pool.connection() as connection:
        [(is_ours,)] = connection.execute(LOCK, (what,)).fetchall()
        if not is_ours:
            raise AlreadyUnderWay(what)
        try:
            yield
        finally:
            connection.execute(UNLOCK, (what,))
