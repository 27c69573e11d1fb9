"""Pages in any order, forwards and backwards: each row once, none left out."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from infra.postgres.table_view import PostgresTable
from query_api.dashboards.keyset import Place, beyond, mark_of, place_at
from query_api.dashboards.ports import ALWAYS, Order, Row
from tests.dashboards.site import Site

SIZE = 7
ORDERS: Sequence[Order] = (
    [("word", False)],
    [("word", True)],
    [("number", False)],
    [("number", True)],
    [("number", True), ("word", False)],
    [("word", False), ("number", True)],
    [("day", True), ("number", False)],
    [],
)


@pytest.fixture
def table(site: Site) -> PostgresTable:
    """Many are alike, and some have nothing."""
    with site.system.pool.connection() as connection:
        connection.execute(
            "CREATE TABLE read.pages"
            " (id uuid PRIMARY KEY, word text NOT NULL, number int, day date)"
        )
        connection.execute(
            "INSERT INTO read.pages SELECT gen_random_uuid(), chr(97 + n % 5),"
            " nullif(n % 4, 0), nullif(n % 3, 0) + date '2026-01-01'"
            " FROM generate_series(1, 60) AS n"
        )
    return PostgresTable(site.system.pool, "pages")


def pages(table: PostgresTable, order: Order, backwards: bool) -> Iterator[Row]:
    where: Any = ALWAYS
    while rows := table.find(where, order, 0, SIZE, backwards=backwards):
        yield from rows[::-1] if backwards else rows
        mark = mark_of(rows[0 if backwards else -1], order, "id")
        place = place_at(mark, order, backwards=backwards)
        assert isinstance(place, Place)
        where = beyond(place, order, "id", {"word"})


def test_each_row_is_on_one_page(table: PostgresTable) -> None:
    for order in ORDERS:
        everything = [row["id"] for row in table.find(ALWAYS, order, 0, None)]
        assert len(everything) == 60
        assert [row["id"] for row in pages(table, order, False)] == everything
        assert [row["id"] for row in pages(table, order, True)] == everything[::-1]
    assert table.count(ALWAYS) == 60
    assert table.count(ALWAYS, 10) == 10


@pytest.mark.parametrize("mark", ["", "no", "[]", '{"order":[],"values":[]}', "{}"])
def test_a_mark_of_another_order_is_none(mark: str) -> None:
    assert place_at(mark, [("word", False)], backwards=False) is None
