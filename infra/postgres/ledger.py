"""The trial balance: what was posted, and what of the deferred has been earned."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from psycopg.sql import SQL, Literal

from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.reader import Reader
from projections.books import Balance, Books

#: As ``recognition.earned_by`` has it: in microseconds, half up.
EARNED = """
SELECT currency, coalesce(sum(step.earned + CASE
    WHEN step.until IS NULL THEN 0
    WHEN step.until <= {at} THEN step.rest
    ELSE div(
        2 * step.rest * micros({at} - step.since) + micros(step.until - step.since),
        2 * micros(step.until - step.since)
    ) END), 0)::bigint AS earned
FROM {table}, LATERAL (
    SELECT * FROM ROWS FROM (jsonb_to_recordset(schedule) AS (
        since timestamptz, until timestamptz, earned numeric, rest numeric
    )) WITH ORDINALITY AS step (since, until, earned, rest, number)
    WHERE since <= {at} ORDER BY number DESC LIMIT 1
) AS step
GROUP BY currency
""".replace("micros(", "1000000 * extract(epoch FROM ")
POSTED = """
SELECT entry.currency, line.account,
    sum(coalesce(line.debit, 0))::bigint AS debit,
    sum(coalesce(line.credit, 0))::bigint AS credit
FROM {table}, jsonb_to_recordset(entries) AS entry (
    currency text, occurred_at timestamptz, lines jsonb
), jsonb_to_recordset(entry.lines) AS line (
    account text, debit bigint, credit bigint
)
WHERE entry.occurred_at <= {at}
GROUP BY entry.currency, line.account
"""
TAKEN = "gateway = %s AND taken_at >= %s AND taken_at < %s"
BALANCES = """
WITH earned AS ({earned}), posted AS (
    {posted}
    UNION ALL SELECT currency, 'deferred_revenue', earned, 0 FROM earned
    UNION ALL SELECT currency, 'revenue', 0, earned FROM earned
)
SELECT currency, account, sum(debit)::bigint, sum(credit)::bigint FROM posted
WHERE debit + credit <> 0 GROUP BY currency, account ORDER BY currency, account
"""


class PostgresLedger(Reader[PostgresStore[UUID, Books]]):
    def get_many(self, payment_ids: Collection[UUID]) -> Mapping[UUID, Books]:
        return self.store.load(payment_ids)

    def taken(self, gateway: str, since: datetime, until: datetime) -> Sequence[Books]:
        return self.store.rows(SQL(TAKEN), gateway, since, until)

    def balances(self, at: datetime) -> Sequence[Balance]:
        parts = {
            "earned": self.store.sql(EARNED, at=Literal(at)),
            "posted": self.store.sql(POSTED, at=Literal(at)),
        }
        query = self.store.sql(BALANCES, **parts)
        return [Balance(*row) for row in self.store.select(query)]
