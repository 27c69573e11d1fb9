"""Browsers that are signed in to the dashboards.

The key that the browser brings is both where its session lies (by its digest) and what
opens it: whoever has read the table has nothing.
"""

import os
from datetime import timedelta
from hashlib import blake2b
from secrets import token_urlsafe

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel.messages import Clock
from infra.projection_engine.postgres import Pool
from query_api.dashboards.ports import Session

#: As long as its refresh token may lie idle.
LIFETIME = timedelta(days=14)
NONCE = 12

KEEP = """
INSERT INTO work.dashboard_session (digest, sealed, expires_at) VALUES (%s, %s, %s)
ON CONFLICT (digest) DO UPDATE
SET sealed = excluded.sealed, expires_at = excluded.expires_at
"""
FIND = "SELECT sealed FROM work.dashboard_session WHERE digest = %s AND expires_at > %s"
CLOSE = "DELETE FROM work.dashboard_session WHERE digest = %s OR expires_at < %s"


class PostgresSessions:
    def __init__(self, pool: Pool, clock: Clock) -> None:
        self.pool = pool
        self.clock = clock

    def open(self, session: Session) -> str:
        key = token_urlsafe(32)
        self.keep(key, session)
        return key

    def find(self, key: str) -> Session | None:
        with self.pool.connection() as connection:
            found = connection.execute(FIND, (digest(key), self.clock()))
            row = found.fetchone()
        return opened(key, row[0]) if row else None

    def keep(self, key: str, session: Session) -> None:
        nonce = os.urandom(NONCE)
        plain = msgspec.json.encode(session)
        sealed = nonce + lock(key).encrypt(nonce, plain, None)
        values = (digest(key), sealed, self.clock() + LIFETIME)
        with self.pool.connection() as connection:
            connection.execute(KEEP, values)

    def close(self, key: str) -> None:
        with self.pool.connection() as connection:
            connection.execute(CLOSE, (digest(key), self.clock()))


def opened(key: str, sealed: bytes) -> Session | None:
    try:
        plain = lock(key).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    except InvalidTag:
        return None
    return msgspec.json.decode(plain, type=Session)


def digest(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=32, person=b"session").digest()


def lock(key: str) -> AESGCM:
    return AESGCM(blake2b(key.encode(), digest_size=32, person=b"sealing").digest())
