"""Pages of a table by key: each begins after the last row of the one before."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from psycopg.sql import SQL, Composable, Literal

from infra.projection_engine.postgres import PostgresStore
from projections.catalogue import Place, Slice

R = TypeVar("R")

PAGE = """
SELECT coalesce(json_agg(t), '[]')::text FROM (
    SELECT * FROM {table} AS t WHERE {conditions} AND {beyond}
    ORDER BY {value} {direction}, id {direction} LIMIT {limit}
) AS t
"""
COUNT = "SELECT count(*) FROM {table} AS t WHERE {conditions}"


def page(
    store: PostgresStore[UUID, R],
    conditions: Sequence[Composable],
    order: tuple[Composable, Callable[[R], object]],
    limit: int,
    after: Place | None,
    is_descending: bool = False,
) -> Slice[R]:
    """``order`` is the same value twice: for PostgreSQL, and of a row at hand."""
    value, value_of = order
    matching = SQL(" AND ").join(conditions)
    query = store.sql(
        PAGE,
        conditions=matching,
        beyond=beyond(value, after, is_descending),
        value=value,
        direction=SQL("DESC" if is_descending else "ASC"),
        limit=Literal(limit + 1),
    )
    [(document,)] = store.select(query)
    [(total,)] = store.select(store.sql(COUNT, conditions=matching))
    found = store.decoder.decode(document)
    rows: Sequence[Any] = found[:limit]
    is_last = len(found) <= limit
    following = None if is_last else (value_of(rows[-1]), rows[-1].id)
    return Slice(rows, total, following)


def beyond(value: Composable, after: Place | None, is_descending: bool) -> Composable:
    if after is None:
        return SQL("true")
    return SQL("({value}, id) {than} ({last}, {id})").format(
        value=value,
        than=SQL("<" if is_descending else ">"),
        last=Literal(after[0]),
        id=Literal(after[1]),
    )
