"""What an operator has ordered of a read model: to wait, to leave facts out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from domain.kernel.messages import Clock
from infra.projection_engine.coalesced import Coalesced
from infra.projection_engine.postgres import Pool

#: Of all: a pause has no position.
ORDERS = """
SELECT name, NULL FROM read.paused UNION ALL SELECT name, position FROM read.skipped
"""
PAUSE = "INSERT INTO read.paused VALUES (%s, %s) ON CONFLICT DO NOTHING"
RESUME = "DELETE FROM read.paused WHERE name = %s"
SKIP = """
INSERT INTO read.skipped VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
FAILED = """
INSERT INTO read.failure AS f VALUES (%s, 1, %s, %s) ON CONFLICT (name) DO UPDATE
SET times = f.times + 1, reason = excluded.reason, failed_at = excluded.failed_at
"""
FAILURES = "SELECT times, reason FROM read.failure WHERE name = %s"


@dataclass(frozen=True, slots=True)
class Orders:
    is_paused: bool = False
    #: The positions of facts that count as never having happened.
    skipped: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Failures:
    times: int = 0
    #: Of the last of them.
    reason: str | None = None


class Controls(Protocol):
    def orders(self, name: str) -> Orders: ...

    def failed(self, name: str, reason: str) -> None:
        """Something could not be projected, whatever has become of it since."""
        ...

    def failures(self, name: str) -> Failures: ...


class NoControls:
    def orders(self, name: str) -> Orders:
        del name
        return Orders()

    def failed(self, name: str, reason: str) -> None: ...

    def failures(self, name: str) -> Failures:
        del name
        return Failures()


NO_CONTROLS = NoControls()


class PostgresControls:
    """Every process asks before each batch, so that an order is obeyed at once."""

    def __init__(self, pool: Pool, clock: Clock) -> None:
        self.pool = pool
        self.clock = clock
        self.every = Coalesced(self.read)

    def read(self) -> Sequence[tuple[str, int | None]]:
        with self.pool.connection() as connection:
            return connection.execute(ORDERS).fetchall()

    def orders(self, name: str) -> Orders:
        ordered = {position for each, position in self.every.get() if each == name}
        skipped = frozenset(position for position in ordered if position is not None)
        return Orders(None in ordered, skipped)

    def pause(self, name: str) -> None:
        self.change(PAUSE, (name, self.clock()))

    def resume(self, name: str) -> None:
        self.change(RESUME, (name,))

    def skip(self, name: str, position: int, stream: str, reason: str) -> None:
        self.change(SKIP, (name, position, stream, reason, self.clock()))

    def failed(self, name: str, reason: str) -> None:
        self.change(FAILED, (name, reason, self.clock()))

    def failures(self, name: str) -> Failures:
        with self.pool.connection() as connection:
            row = connection.execute(FAILURES, (name,)).fetchone()
        return Failures(*row) if row else Failures()

    def change(self, query: str, values: Sequence[Any]) -> None:
        with self.pool.connection() as connection:
            connection.execute(query, values)
