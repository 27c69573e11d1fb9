"""Tokens that travel by letter and work once."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from psycopg.rows import class_row

from domain.kernel.messages import Clock
from infra.identity.secrets import digest, new_token
from infra.projection_engine.postgres import Pool

VERIFICATION, RESET = "verification", "reset"
LIFETIMES = {VERIFICATION: timedelta(hours=24), RESET: timedelta(hours=1)}

ADD = """
INSERT INTO identity.one_time_token (digest, account_id, purpose, email, expires_at)
SELECT %s, account_id, %s, email, %s FROM identity.account
WHERE account_id = %s AND email IS NOT NULL
"""
#: Only for the address it was sent to: a later one must be verified on its own.
FIND = """
SELECT t.account_id, t.email
FROM identity.one_time_token t JOIN identity.account a USING (account_id, email)
WHERE digest = %s AND purpose = %s AND used_at IS NULL AND expires_at > %s
"""
SPEND = """
UPDATE identity.one_time_token SET used_at = %s WHERE digest = %s AND used_at IS NULL
"""
FORGET = "DELETE FROM identity.one_time_token WHERE account_id = %s AND expires_at < %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeToken:
    account_id: UUID
    email: str


class OneTimeTokens:
    def __init__(self, pool: Pool, wall_clock: Clock) -> None:
        self.pool = pool
        self.wall_clock = wall_clock

    def make(self, account_id: UUID, purpose: str) -> str:
        token, now = new_token(), self.wall_clock()
        expires_at = now + LIFETIMES[purpose]
        with self.pool.connection() as connection:
            connection.execute(FORGET, (account_id, now))
            values = (digest(token), purpose, expires_at, account_id)
            connection.execute(ADD, values)
        return token

    def find(self, token: str, purpose: str) -> OneTimeToken | None:
        values = (digest(token), purpose, self.wall_clock())
        with self.pool.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(OneTimeToken))
            return cursor.execute(FIND, values).fetchone()

    def spend(self, token: str) -> bool:
        """False: somebody else was faster."""
        values = (self.wall_clock(), digest(token))
        with self.pool.connection() as connection:
            return connection.execute(SPEND, values).rowcount == 1
