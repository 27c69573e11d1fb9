"""Addresses and sessions, for those who may see them."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import class_row

from domain.kernel.messages import Clock
from infra.identity.accounts import Accounts
from infra.projection_engine.postgres import Pool
from query_api.identity import Session

SESSIONS = """
SELECT session_id, user_agent AS device, address, authenticated_at AS signed_in_at,
       last_seen_at, expires_at
FROM identity.session
WHERE account_id = %s AND ended_at IS NULL AND expires_at > %s
ORDER BY last_seen_at DESC, session_id DESC
"""


class PostgresDirectory:
    def __init__(self, pool: Pool, accounts: Accounts, wall_clock: Clock) -> None:
        self.pool = pool
        self.accounts = accounts
        self.wall_clock = wall_clock

    def email_of(self, account_id: UUID) -> str | None:
        row = self.accounts.by_id(account_id)
        return row.email if row else None

    def account_with(self, email: str) -> UUID | None:
        row = self.accounts.by_email(email)
        return row.account_id if row else None

    def sessions_of(self, account_id: UUID) -> Sequence[Session]:
        with self.pool.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(Session))
            return cursor.execute(SESSIONS, (account_id, self.wall_clock())).fetchall()
