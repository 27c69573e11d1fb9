"""Who has something to read, and everybody else moved on, in one statement.

Most of what is recorded concerns few followers. If each of them had to look, a single
event would cost a hundred queries, and who waits for a view would wait for them all.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from psycopg import Connection
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal
from psycopg_pool import ConnectionPool

#: Whoever is further behind reads page by page, and moves itself.
NEAR = 1_000

LOOK = """
WITH head AS MATERIALIZED ({heads}), {parts}
SELECT name FROM ({found}) AS found
"""
HEAD = "SELECT {log} AS log, coalesce(max(position), 0) AS position FROM {table}"
#: What of the log is between a follower and the head, and concerns it.
ANYTHING = """
EXISTS (
    SELECT FROM {log_table} AS e
    WHERE e.position > t.position AND e.position <= head.position
        AND e.type = ANY({types})
)
"""
#: A position that is being moved is left to whoever moves it.
MOVE = """
{part} AS (
    UPDATE {table} AS t SET position = head.position
    FROM head, (
        SELECT t.ctid FROM {table} AS t WHERE {which} FOR UPDATE SKIP LOCKED
    ) AS k
    WHERE t.ctid = k.ctid AND head.log = {log} AND t.position < head.position
        AND t.position >= head.position - {near} AND NOT {anything}
)
"""
FIND = """
SELECT {name} AS name FROM {table} AS t, head
WHERE head.log = {log} AND {which} AND t.position < head.position
    AND (t.position < head.position - {near} OR {anything})
"""


@dataclass(frozen=True, slots=True)
class Interest:
    """Where a follower's position is (``which`` rows ``t``), and what concerns it."""

    name: str
    table: Identifier
    which: Composable
    log: str
    types: Sequence[str]


class Passing:
    def __init__(
        self,
        pool: "ConnectionPool[Connection[tuple[object, ...]]]",
        interests: Sequence[Interest],
    ) -> None:
        self.pool = pool
        self.names = frozenset(interest.name for interest in interests)
        self.kinds = frozenset(kind for each in interests for kind in each.types)
        self.statement = statement(interests)

    def look(self) -> Collection[str]:
        """The names of those who have something to read. The others are at the head."""
        with self.pool.connection() as connection, connection.transaction():
            # A position that a crash forgets is found again.
            connection.execute("SET LOCAL synchronous_commit = off")
            return {str(name) for (name,) in connection.execute(self.statement)}


def statement(interests: Sequence[Interest]) -> Composed:
    logs = sorted({interest.log for interest in interests})
    heads = [
        SQL(HEAD).format(log=Literal(log), table=Identifier("es", f"{log}_events"))
        for log in logs
    ]
    parts = [part(n, interest) for n, interest in enumerate(interests)]
    found = [filled(FIND, interest) for interest in interests]
    union = SQL(" UNION ALL ")
    return SQL(LOOK).format(
        heads=union.join(heads), parts=SQL(", ").join(parts), found=union.join(found)
    )


def part(number: int, interest: Interest) -> Composed:
    return filled(MOVE, interest, part=Identifier(f"moved_{number}"))


def filled(template: str, interest: Interest, **more: Composable) -> Composed:
    anything = SQL(ANYTHING).format(
        log_table=Identifier("es", f"{interest.log}_events"),
        types=Literal(list(interest.types)),
    )
    return SQL(template).format(
        name=Literal(interest.name),
        table=interest.table,
        which=interest.which,
        log=Literal(interest.log),
        near=Literal(NEAR),
        anything=anything,
        **more,
    )
