"""Rows that say what is due, and whose each of them is for the moment.

A claim is made in the session of its holder: it ends with the holder at once, and
after a minute if the holder hangs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from psycopg.sql import SQL, Composed, Identifier

from infra.holder import Holder
from infra.projection_engine.postgres import PostgresStore

#: Longer than the slowest answer of a gateway that is waited for.
LEASE = timedelta(seconds=60)

CLAIM = """
WITH candidate AS (
    SELECT due.{key} FROM {due} AS due LEFT JOIN {work} AS work USING ({key})
    WHERE due.due <= %(now)s AND (
        work.{key} IS NULL
        OR (work.leased_until <= clock_timestamp()
            OR work.holder <> ALL ((SELECT work.holders())::integer[]))
        AND (
            work.version < due.version
            OR work.version = due.version AND work.due <= %(now)s
        )
    )
    ORDER BY due.due LIMIT %(limit)s FOR UPDATE OF due SKIP LOCKED
)
INSERT INTO {work} AS work ({key}, leased_until, holder)
SELECT {key}, clock_timestamp() + %(lease)s, pg_backend_pid() FROM candidate
ON CONFLICT ({key}) DO UPDATE
SET leased_until = excluded.leased_until, holder = excluded.holder
WHERE work.leased_until <= clock_timestamp()
    OR work.holder <> ALL ((SELECT work.holders())::integer[])
RETURNING {key}, version, stage, tries
"""
IS_OPEN = """
SELECT EXISTS (
    SELECT FROM {due} AS due LEFT JOIN {work} AS work USING ({key})
    WHERE due.due <= %(now)s AND (
        work.{key} IS NULL
        OR work.leased_until > clock_timestamp()
        OR work.version < due.version
        OR work.version = due.version AND work.due <= %(now)s
    )
)
"""
RELEASE = """
UPDATE {work} AS work
SET leased_until = '-infinity', version = left_as.version, due = left_as.due,
    stage = left_as.stage, tries = left_as.tries
FROM unnest(%s::uuid[], %s::bigint[], %s::timestamptz[], %s::text[], %s::integer[])
    AS left_as (id, version, due, stage, tries)
WHERE work.{key} = left_as.id
"""


class Due(Protocol):
    """What the row of anything that is due has."""

    @property
    def stage(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def correlation_id(self) -> UUID: ...
    @property
    def causation_id(self) -> UUID: ...
    @property
    def traceparent(self) -> str | None: ...


D = TypeVar("D", bound=Due)


@dataclass(frozen=True, slots=True)
class Claimed:
    """How something was left when it was last worked on."""

    id: UUID
    version: int
    stage: str
    tries: int


class Claims(Generic[D]):
    """Over a read model and a table in ``work`` with the same key."""

    def __init__(self, rows: PostgresStore[UUID, D], holder: Holder, work: str) -> None:
        self.rows = rows
        self.holder = holder
        self.names = {
            "key": Identifier(rows.key),
            "due": rows.table,
            "work": Identifier("work", work),
        }
        self.claim_due = self.filled_in(CLAIM)

    def filled_in(self, template: str) -> Composed:
        return SQL(template).format(**self.names)

    def claim(self, limit: int, now: datetime) -> Sequence[tuple[Claimed, D | None]]:
        """The first that are due; no row has what was settled at this very moment."""
        values = {"now": now, "limit": limit, "lease": LEASE}
        found = [Claimed(*row) for row in self.holder.claim(self.claim_due, values)]
        rows = self.rows.load([claimed.id for claimed in found])
        return [(claimed, rows.get(claimed.id)) for claimed in found]

    def release(self, left: Sequence[tuple[Claimed, datetime]]) -> None:
        """Each is to be looked at again at that time, or if there is news of it."""
        columns = zip(
            *((c.id, c.version, due, c.stage, c.tries) for c, due in left), strict=True
        )
        with self.rows.connection() as connection:
            connection.execute(self.filled_in(RELEASE), [*map(list, columns)])

    def is_open(self, now: datetime) -> bool:
        with self.rows.connection() as connection:
            query = self.filled_in(IS_OPEN)
            [(found,)] = connection.execute(query, {"now": now}).fetchall()
        return bool(found)
