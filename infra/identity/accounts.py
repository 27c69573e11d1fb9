"""Accounts as rows: the e-mail addresses and password hashes that no event holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from domain.kernel.values import Locale
from infra.projection_engine.postgres import Pool

BY_EMAIL = """
SELECT account_id, email, password_hash, locale, time_zone,
       recorded_at IS NOT NULL AS recorded
FROM identity.account WHERE lower(email) = lower(%s)
"""
BY_ID = """
SELECT account_id, email, password_hash, locale, time_zone,
       recorded_at IS NOT NULL AS recorded
FROM identity.account WHERE account_id = %s
"""
RESERVE = """
INSERT INTO identity.account
(account_id, email, password_hash, locale, time_zone, created_at)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
RECORDED = """
UPDATE identity.account SET recorded_at = %s
WHERE account_id = %s AND recorded_at IS NULL
"""
REHASH = "UPDATE identity.account SET password_hash = %s WHERE account_id = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    account_id: UUID
    email: str | None
    password_hash: str | None
    locale: Locale
    time_zone: str
    recorded: bool = False


class Accounts:
    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def by_email(self, email: str) -> AccountRow | None:
        return self.one(BY_EMAIL, email)

    def by_id(self, account_id: UUID) -> AccountRow | None:
        return self.one(BY_ID, account_id)

    def reserve(self, row: AccountRow, now: datetime) -> bool:
        """False: the address is somebody's already."""
        values = (
            row.account_id,
            row.email,
            row.password_hash,
            row.locale,
            row.time_zone,
            now,
        )
        return self.execute(RESERVE, *values) == 1

    def mark_recorded(self, account_id: UUID, now: datetime) -> None:
        self.execute(RECORDED, now, account_id)

    def rehash(self, account_id: UUID, password_hash: str) -> None:
        self.execute(REHASH, password_hash, account_id)

    def one(self, query: str, *values: Any) -> AccountRow | None:
        with self.pool.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(AccountRow))
            return cursor.execute(query, values).fetchone()

    def execute(self, query: str, *values: Any) -> int:
        with self.pool.connection() as connection:
            return connection.execute(query, values).rowcount
