"""Pages of a table by key: each begins after the last row of the one before.

What has no value comes last in either direction: it is a part of the list by itself,
so that each part is one walk along an index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from infra.projection_engine.postgres import PostgresStore
from projections.catalogue import Place, Slice

R = TypeVar("R")

#: Ids by the index alone, and then the few rows that are shown.
PAGE = """
SELECT coalesce(json_agg(t ORDER BY place), '[]')::text FROM unnest(ARRAY(
    SELECT id FROM {table} WHERE {conditions}
    ORDER BY {column} {direction}, id {direction} LIMIT {limit}
)) WITH ORDINALITY AS found (id, place) JOIN {table} AS t USING (id)
"""
COUNT = "SELECT count(*) FROM {table} WHERE {conditions}"
PLAN = "EXPLAIN (FORMAT JSON) SELECT FROM {table} WHERE {conditions}"
#: What may be counted, in the planner's units; beyond, its estimate has to do.
CHEAP = 300


@dataclass(frozen=True, slots=True)
class Order:
    column: str
    descends: bool = False
    #: There may be rows that have no value.
    has_gaps: bool = False

    @property
    def parts(self) -> dict[str, Composable]:
        column = Identifier(self.column)
        direction = SQL("DESC" if self.descends else "ASC")
        return {"column": column, "direction": direction}

    def place(self, row: Any) -> Place:
        return getattr(row, self.column), row.id

    def from_here(self, after: Place | None) -> Iterator[Composable]:
        """What is left of the list, part by part."""
        column = Identifier(self.column)
        than = SQL("<" if self.descends else ">")
        value, id_ = after or (None, None)
        if after is None:
            yield SQL("{} IS NOT NULL").format(column)
        elif value is not None:
            yield SQL("({}, id) {} ({}, {})").format(
                column, than, Literal(value), Literal(id_)
            )
        if self.has_gaps:
            gap = SQL("{} IS NULL").format(column)
            is_within = after is not None and value is None
            beyond = SQL(" AND id {} {}").format(than, Literal(id_))
            yield gap + beyond if is_within else gap


def page(
    store: PostgresStore[UUID, R],
    conditions: Sequence[Composable],
    order: Order,
    limit: int,
    after: Place | None,
) -> Slice[R]:
    rows: list[R] = []
    for part in order.from_here(after):
        where = SQL(" AND ").join([*conditions, part])
        wanted = Literal(limit + 1 - len(rows))
        query = store.sql(PAGE, conditions=where, limit=wanted, **order.parts)
        [(document,)] = store.select(query)
        rows += store.decoder.decode(document)
        if len(rows) > limit:
            break
    following = order.place(rows[limit - 1]) if len(rows) > limit else None
    is_whole = after is None and following is None
    total = len(rows) if is_whole else estimate(store, conditions, len(rows))
    return Slice(rows[:limit], total, following)


def estimate(
    store: PostgresStore[UUID, R], conditions: Sequence[Composable], least: int
) -> int:
    """How many rows there are: counted if that is cheap."""
    where = SQL(" AND ").join(conditions)
    [([explained],)] = store.select(store.sql(PLAN, conditions=where))
    plan = explained["Plan"]
    if plan["Total Cost"] > CHEAP:
        return max(int(plan["Plan Rows"]), least)
    [(number,)] = store.select(store.sql(COUNT, conditions=where))
    return int(number)


def any_of(column: str, values: Sequence[object], type_: str) -> Composed:
    """At least one of the array in the column is one of these."""
    return SQL("{} && {}::{}").format(
        Identifier(column), Literal(list(values)), SQL(type_)
    )
