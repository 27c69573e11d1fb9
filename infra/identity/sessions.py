"""Sessions as rows: a family of refresh tokens each, of which one is good at a time.

Of a token only its digest is kept. Its successor is derived from the token itself and a
salt, so that whoever asks twice within a moment (a lost answer, two tabs) gets the same
one, though we do not know it.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_bytes
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from domain.kernel.messages import Clock
from infra.identity.secrets import BYTES, digest, new_token
from infra.projection_engine.postgres import Pool

IDLE = timedelta(days=14)
LONGEST = timedelta(days=30)
GRACE = timedelta(seconds=10)
#: Of one account; with one more, the oldest ends.
MOST = 10
#: How long a session that has ended can still be told from one that never was.
REMEMBERED = timedelta(days=30)

OPEN = """
INSERT INTO identity.session
VALUES (%(session_id)s, %(account_id)s, %(address)s, %(user_agent)s,
        %(now)s, %(now)s, %(expires_at)s)
"""
END_OLDEST = """
UPDATE identity.session SET ended_at = %(now)s WHERE session_id IN (
    SELECT session_id FROM identity.session
    WHERE account_id = %(account_id)s AND ended_at IS NULL AND expires_at > %(now)s
    ORDER BY authenticated_at DESC, session_id DESC OFFSET %(most)s)
"""
FORGET = """
DELETE FROM identity.session WHERE account_id = %s AND least(ended_at, expires_at) < %s
"""
ALIVE = """
SELECT session_id, account_id, authenticated_at, expires_at
FROM identity.session WHERE session_id = %s AND ended_at IS NULL AND expires_at > %s
"""
END = """
UPDATE identity.session SET ended_at = %s WHERE session_id = %s AND ended_at IS NULL
"""
END_ALL = """
UPDATE identity.session SET ended_at = %s
WHERE account_id = %s AND ended_at IS NULL AND session_id IS DISTINCT FROM %s
RETURNING session_id
"""
SEEN = "UPDATE identity.session SET last_seen_at = %s WHERE session_id = %s"
#: The lock on the session makes parallel refreshes take turns.
FAMILY = """
SELECT s.session_id, s.account_id, s.authenticated_at, s.expires_at
FROM identity.session s JOIN identity.refresh_token t USING (session_id)
WHERE t.digest = %s FOR UPDATE OF s
"""
MEMBER = """
SELECT t.digest, t.parent, t.expires_at, t.spent_at, t.salt,
       s.ended_at IS NULL AS in_session
FROM identity.refresh_token t JOIN identity.session s USING (session_id)
WHERE digest = %s
"""
ADD = """
INSERT INTO identity.refresh_token (digest, session_id, parent, expires_at)
VALUES (%s, %s, %s, %s)
"""
SPEND = "UPDATE identity.refresh_token SET spent_at = %s, salt = %s WHERE digest = %s"
#: From now on the parent has no successor that could be asked for again.
UNSALT = "UPDATE identity.refresh_token SET salt = NULL WHERE digest = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    session_id: UUID
    account_id: UUID
    authenticated_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    digest: bytes
    parent: bytes | None
    expires_at: datetime
    spent_at: datetime | None
    salt: bytes | None
    in_session: bool


@dataclass(frozen=True, slots=True)
class Refreshed:
    session: SessionRow
    token: str


@dataclass(frozen=True, slots=True)
class Reused:
    """A spent token came back: its session has ended."""

    session: SessionRow


class Sessions:
    def __init__(self, pool: Pool, wall_clock: Clock) -> None:
        self.pool = pool
        self.wall_clock = wall_clock

    def open(
        self, session_id: UUID, account_id: UUID, address: str, user_agent: str
    ) -> Refreshed:
        now = self.wall_clock()
        expires_at = now + LONGEST
        values = {
            "session_id": session_id,
            "account_id": account_id,
            "address": address,
            "user_agent": user_agent,
            "now": now,
            "expires_at": expires_at,
            "most": MOST,
        }
        token = new_token()
        with self.pool.connection() as connection, connection.transaction():
            connection.execute(FORGET, (account_id, now - REMEMBERED))
            connection.execute(OPEN, values)
            connection.execute(END_OLDEST, values)
            add(connection, token, session_id, None, now)
        session = SessionRow(
            session_id=session_id,
            account_id=account_id,
            authenticated_at=now,
            expires_at=expires_at,
        )
        return Refreshed(session, token)

    def alive(self, session_id: UUID) -> SessionRow | None:
        with self.pool.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(SessionRow))
            return cursor.execute(ALIVE, (session_id, self.wall_clock())).fetchone()

    def end(self, session_id: UUID) -> None:
        with self.pool.connection() as connection:
            connection.execute(END, (self.wall_clock(), session_id))

    def end_all(self, account_id: UUID, besides: UUID | None) -> Sequence[UUID]:
        """All but this one; which they were."""
        values = (self.wall_clock(), account_id, besides)
        with self.pool.connection() as connection:
            return [id_ for (id_,) in connection.execute(END_ALL, values).fetchall()]

    def refresh(self, token: str) -> Refreshed | Reused | None:
        """None: there is no such token, or its time is over."""
        now = self.wall_clock()
        with self.pool.connection() as connection, connection.transaction():
            session = locked_family(connection, token)
            if session is None:
                return None
            row = found(connection, token)
            if row.spent_at is None:
                is_over = min(row.expires_at, session.expires_at) <= now
                if is_over or not row.in_session:
                    return None
                return Refreshed(session, rotate(connection, token, row, session, now))
            if row.in_session and row.spent_at + GRACE >= now:
                again = unspent_successor(connection, token, row)
                if again:
                    return Refreshed(session, again)
            connection.execute(END, (now, session.session_id))
            return Reused(session)


def locked_family(connection: Connection[Any], token: str) -> SessionRow | None:
    cursor = connection.cursor(row_factory=class_row(SessionRow))
    return cursor.execute(FAMILY, (digest(token),)).fetchone()


def find(connection: Connection[Any], token: str) -> TokenRow | None:
    cursor = connection.cursor(row_factory=class_row(TokenRow))
    return cursor.execute(MEMBER, (digest(token),)).fetchone()


def found(connection: Connection[Any], token: str) -> TokenRow:
    row = find(connection, token)
    assert row
    return row


def add(
    connection: Connection[Any],
    token: str,
    session_id: UUID,
    parent: bytes | None,
    now: datetime,
) -> None:
    values = (digest(token), session_id, parent, now + IDLE)
    connection.execute(ADD, values)


def rotate(
    connection: Connection[Any],
    token: str,
    row: TokenRow,
    session: SessionRow,
    now: datetime,
) -> str:
    salt = token_bytes(BYTES)
    successor = successor_of(token, salt)
    add(connection, successor, session.session_id, row.digest, now)
    connection.execute(SPEND, (now, salt, row.digest))
    connection.execute(UNSALT, (row.parent,))
    connection.execute(SEEN, (now, session.session_id))
    return successor


def unspent_successor(
    connection: Connection[Any], token: str, row: TokenRow
) -> str | None:
    if row.salt is None:
        return None
    successor = successor_of(token, row.salt)
    kept = find(connection, successor)
    return successor if kept and kept.spent_at is None else None


def successor_of(token: str, salt: bytes) -> str:
    derived = hmac.digest(salt, token.encode(), sha256)
    return urlsafe_b64encode(derived).rstrip(b"=").decode()
