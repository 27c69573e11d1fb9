"""What the free gateway remembers, so that it can be asked like any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from infra.projection_engine.postgres import Pool

CHARGE = """
INSERT INTO work.free_charges (key, ref, request, made_at)
VALUES (%(key)s, %(ref)s, %(request)s, %(now)s) ON CONFLICT (key) DO NOTHING
"""
CHARGED = "SELECT ref, request, made_at FROM work.free_charges WHERE {}"
BY_KEY, BY_REF = CHARGED.format("key = %s"), CHARGED.format("ref = %s")
LISTED = """
SELECT ref, request, made_at FROM work.free_charges
WHERE made_at BETWEEN %(since)s AND %(until)s
    AND (%(ref)s::text IS NULL OR (made_at, ref) < (
        SELECT made_at, ref FROM work.free_charges WHERE ref = %(ref)s
    ))
ORDER BY made_at DESC, ref DESC LIMIT %(limit)s
"""
#: The row of the charge is locked: two refunds at once do not pay back more than it.
HELD = "SELECT request FROM work.free_charges WHERE ref = %s FOR UPDATE"
REPAID = "SELECT coalesce(sum(minor), 0) FROM work.free_refunds WHERE charge_ref = %s"
REFUND = """
INSERT INTO work.free_refunds (key, ref, charge_ref, request, minor, made_at)
VALUES (%(key)s, %(ref)s, %(charge_ref)s, %(request)s, %(minor)s, %(now)s)
"""
REFUNDED = "SELECT ref, request, made_at FROM work.free_refunds WHERE {}"
REFUND_BY_KEY, REFUND_BY_REF, REFUNDS_OF = (
    REFUNDED.format(f"{column} = %s ORDER BY made_at DESC, ref")
    for column in ("key", "ref", "charge_ref")
)


@dataclass(frozen=True, slots=True)
class Entry:
    ref: str
    request: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Book:
    pool: Pool

    def charge(self, values: Mapping[str, object]) -> Entry:
        """Of the first request with this key."""
        with self.pool.connection() as connection, connection.transaction():
            connection.execute(CHARGE, values)
            [row] = connection.execute(BY_KEY, (values["key"],)).fetchall()
        return Entry(*row)

    def find(self, ref: str) -> Entry | None:
        with self.pool.connection() as connection:
            row = connection.execute(BY_REF, (ref,)).fetchone()
        return Entry(*row) if row else None

    def list(
        self, since: datetime, until: datetime, ref: str | None, limit: int
    ) -> Sequence[Entry]:
        values = {"since": since, "until": until, "ref": ref, "limit": limit}
        with self.pool.connection() as connection:
            return [Entry(*row) for row in connection.execute(LISTED, values)]

    def refund(self, values: Mapping[str, object], whole: int) -> Entry | None:
        """None: more than is left of the charge."""
        with self.pool.connection() as connection, connection.transaction():
            connection.execute(HELD, (values["charge_ref"],))
            done = connection.execute(REFUND_BY_KEY, (values["key"],)).fetchone()
            if done is None:
                spent = connection.execute(REPAID, (values["charge_ref"],))
                [(repaid,)] = spent.fetchall()
                if repaid + values["minor"] > whole:
                    return None
                connection.execute(REFUND, values)
                done = connection.execute(REFUND_BY_KEY, (values["key"],)).fetchone()
        assert done
        return Entry(*done)

    def find_refund(self, ref: str) -> Entry | None:
        with self.pool.connection() as connection:
            row = connection.execute(REFUND_BY_REF, (ref,)).fetchone()
        return Entry(*row) if row else None

    def refunds(self, charge_ref: str) -> Sequence[Entry]:
        with self.pool.connection() as connection:
            return [
                Entry(*row) for row in connection.execute(REFUNDS_OF, (charge_ref,))
            ]

    def repaid(self, charge_ref: str) -> int:
        with self.pool.connection() as connection:
            [(sum_,)] = connection.execute(REPAID, (charge_ref,)).fetchall()
        return int(sum_)
