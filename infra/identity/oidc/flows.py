"""A sign-in under way at a provider: good once, for ten minutes, in one browser.

What binds it together is one secret in the browser's cookie: nonce and PKCE verifier
are derived from it, so that the row holds nothing that could be used.
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from domain.kernel.messages import Clock
from infra.identity.secrets import digest, new_token
from infra.projection_engine.postgres import Pool

LIFETIME = timedelta(minutes=10)

BEGIN = "INSERT INTO identity.oidc_flow VALUES (%s, %s, %s, %s, %s)"
TAKE = """
DELETE FROM identity.oidc_flow
WHERE state = %s AND cookie = %s AND provider = %s
RETURNING account_id, expires_at
"""
FORGET = "DELETE FROM identity.oidc_flow WHERE expires_at < %s"


@dataclass(frozen=True, slots=True)
class Flow:
    """``account_id``: who is signed in and wants to link another identity."""

    state: str
    cookie: str
    account_id: UUID | None = None

    @property
    def nonce(self) -> str:
        return derived(self.cookie, "nonce")

    @property
    def verifier(self) -> str:
        """RFC 7636: 43 to 128 characters."""
        return derived(self.cookie, "verifier")


def derived(secret: str, purpose: str) -> str:
    raw = hmac.digest(secret.encode(), purpose.encode(), sha256)
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Flows:
    def __init__(self, pool: Pool, wall_clock: Clock) -> None:
        self.pool = pool
        self.wall_clock = wall_clock

    def begin(self, provider: str, account_id: UUID | None) -> Flow:
        flow, now = Flow(new_token(), new_token(), account_id), self.wall_clock()
        values = (digest(flow.state), digest(flow.cookie), provider, account_id)
        with self.pool.connection() as connection:
            connection.execute(FORGET, (now,))
            connection.execute(BEGIN, (*values, now + LIFETIME))
        return flow

    def take(self, provider: str, state: str, cookie: str) -> Flow | None:
        """None for a second time, another browser, or too late."""
        values = (digest(state), digest(cookie), provider)
        with self.pool.connection() as connection:
            row = connection.execute(TAKE, values).fetchone()
        if row is None or row[1] <= self.wall_clock():
            return None
        return Flow(state, cookie, row[0])
