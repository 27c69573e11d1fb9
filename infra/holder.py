"""Whose claims end when it does.

Its session holds a lock of its own number; the server gives that back at once when the
session ends, be it by ``kill -9``, a restart of the server or a machine that is gone.
"""

from collections.abc import Mapping
from threading import Lock
from typing import Any, LiteralString, TypeAlias

from psycopg import Connection, connect
from psycopg.sql import Composed

from infra.postgres.limits import KEPT

Query: TypeAlias = LiteralString | Composed

#: 'wh': keeps these locks apart from others. ``work.is_there`` looks for it.
LOCK_CLASS = 0x7768
BEGIN = f"SELECT pg_advisory_lock({LOCK_CLASS}, pg_backend_pid())"


class Holder:
    """Claims are made in its session, so that they name it by ``pg_backend_pid()``."""

    def __init__(self, conninfo: str) -> None:
        self.conninfo = conninfo
        self.mutex = Lock()
        self.session: Connection[Any] | None = None

    def claim(self, query: Query, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows that the query answers with; raises ``psycopg.OperationalError``."""
        with self.mutex:
            if self.session is None or self.session.closed:
                self.session = self.begun()
            return self.session.execute(query, values).fetchall()

    def begun(self) -> Connection[Any]:
        session: Connection[Any] = connect(self.conninfo, **KEPT)
        session.execute(BEGIN)
        return session

    def close(self) -> None:
        with self.mutex:
            if self.session is not None:
                self.session.close()
