"""Finance's figures, in months of Moscow, from what each account and invoice did."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Literal

from domain.billing_time import add_months_clamped
from domain.business_day import BUSINESS_ZONE, business_day, midnight
from infra.postgres.ledger import EARNED, PostgresLedger
from infra.projection_engine.postgres import Pool, PostgresStore
from projections.books import Balance, Books
from projections.finance import Cohort, Dunned, Earned, Month

MOVED = """
WITH movement AS (
    SELECT date_trunc('month', at AT TIME ZONE %(zone)s)::date AS month, kind, delta
    FROM read.recurring, jsonb_to_recordset(movements)
        AS movement (at timestamptz, kind text, currency text, delta bigint)
    WHERE at <= %(at)s AND currency = %(currency)s
)
SELECT month,
    sum(delta) FILTER (WHERE kind = 'new'),
    sum(delta) FILTER (WHERE kind = 'expansion'),
    sum(delta) FILTER (WHERE kind = 'contraction'),
    sum(delta) FILTER (WHERE kind = 'churn'),
    sum(delta) FILTER (WHERE kind = 'reactivation'),
    sum(delta)
FROM (
    SELECT month.month, delta, CASE WHEN m.month = month.month THEN kind END AS kind
    FROM unnest(%(months)s::date[]) AS month (month)
    LEFT JOIN movement AS m ON m.month <= month.month
) AS until_then
GROUP BY month ORDER BY month
"""
COHORTS = """
WITH people AS (
    SELECT id, movements,
        date_trunc('month', first_at AT TIME ZONE %(zone)s)::date AS cohort
    FROM read.recurring WHERE first_at <= %(at)s
), standing AS (
    SELECT people.id, cohort, month.month, (
        SELECT sum(delta) > 0 FROM jsonb_to_recordset(movements)
            AS movement (at timestamptz, delta bigint)
        WHERE at <= %(at)s
            AND at < (month.month + interval '1 month') AT TIME ZONE %(zone)s
    ) AS is_active
    FROM people JOIN unnest(%(months)s::date[]) AS month (month)
        ON month.month >= cohort
    WHERE cohort = ANY(%(months)s)
)
SELECT cohort, month, count(*), count(*) FILTER (WHERE is_active)
FROM standing GROUP BY cohort, month ORDER BY cohort, month
"""
DUNNED = """
SELECT month.month, count(a.id),
    count(a.id) FILTER (WHERE outcome = 'recovered' AND ended_at <= %(at)s),
    count(a.id) FILTER (WHERE outcome = 'lost' AND ended_at <= %(at)s)
FROM unnest(%(months)s::date[]) AS month (month)
LEFT JOIN read.arrears AS a ON a.since <= %(at)s
    AND a.since >= month.month::timestamp AT TIME ZONE %(zone)s
    AND a.since < (month.month + interval '1 month') AT TIME ZONE %(zone)s
GROUP BY month.month ORDER BY month.month
"""
DIFFERENCES = "SELECT count(*) FROM read.gateway_differences WHERE status = 'open'"


class PostgresFinance:
    def __init__(self, pool: Pool, books: PostgresStore[UUID, Books]) -> None:
        self.pool = pool
        self.books = books

    def mrr(self, at: datetime, months: int, currency: str) -> Sequence[Month]:
        asked = {"currency": currency}
        return [
            Month(month, *(int(each or 0) for each in sums))
            for month, *sums in self.rows(MOVED, at, months, asked)
        ]

    def earned(self, at: datetime, months: int, currency: str) -> Sequence[Earned]:
        """By telescoping: what a month earned is the difference of two sums."""
        starts = months_until(at, months)
        ends = [min(midnight(add_months_clamped(day, 1)), at) for day in starts]
        sums = [self.earned_by(each, currency) for each in (midnight(starts[0]), *ends)]
        parts = [after - before for before, after in pairwise(sums)]
        return [Earned(*each) for each in zip(starts, parts, strict=True)]

    def earned_by(self, at: datetime, currency: str) -> int:
        query = self.books.sql(EARNED, at=Literal(at))
        return int(dict(self.books.select(query)).get(currency, 0))

    def cohorts(self, at: datetime, months: int) -> Sequence[Cohort]:
        found = self.rows(COHORTS, at, months, {})
        return [
            cohort(month, [*rows]) for month, rows in groupby(found, lambda row: row[0])
        ]

    def dunning(self, at: datetime, months: int) -> Sequence[Dunned]:
        return [Dunned(*row) for row in self.rows(DUNNED, at, months, {})]

    def balances(self, at: datetime) -> Sequence[Balance]:
        return PostgresLedger(self.books).balances(at)

    def open_differences(self) -> int:
        with self.pool.connection() as connection:
            [(number,)] = connection.execute(DIFFERENCES).fetchall()
        return int(number)

    def rows(
        self, query: str, at: datetime, months: int, asked: dict[str, Any]
    ) -> list[tuple[Any, ...]]:
        usual = {"at": at, "zone": BUSINESS_ZONE, "months": months_until(at, months)}
        with self.pool.connection() as connection:
            return connection.execute(SQL(query), usual | asked).fetchall()


def months_until(at: datetime, number: int) -> list[date]:
    """Their first days; the last is that of the instant."""
    last = business_day(at).replace(day=1)
    return [add_months_clamped(last, -ago) for ago in reversed(range(number))]


def cohort(month: date, rows: Sequence[tuple[Any, ...]]) -> Cohort:
    return Cohort(month, rows[0][2], tuple(active for *_, active in rows))
