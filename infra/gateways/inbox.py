"""Notifications of the gateways, in a table, from their arrival to their end."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from domain.kernel.messages import Clock
from infra.holder import Holder
from infra.projection_engine.postgres import Pool
from processes.ports import Gateway, Untrusted

logger = logging.getLogger(__name__)

#: How long a worker may take over one; after that, or when it dies, it is another's.
LEASE = timedelta(minutes=2)

RECEIVE = """
INSERT INTO work.inbox (source, message, event, ref, received_at, due_at)
VALUES (%(source)s, %(message)s, %(event)s, %(ref)s, %(now)s, %(now)s)
ON CONFLICT DO NOTHING
"""
CLAIM = """
UPDATE work.inbox SET tries = tries + 1, due_at = %(until)s, holder = pg_backend_pid()
WHERE (source, message) = (
    SELECT source, message FROM work.inbox
    WHERE status = 'received'
        AND (due_at <= %(now)s OR holder <> 0 AND NOT work.is_there(holder))
    ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING source, message, event, ref, tries
"""
#: Somebody's lease is a row that is due when it ends.
IS_OPEN = """
SELECT EXISTS (
    SELECT FROM work.inbox WHERE status = 'received' AND due_at <= %(until)s
)
"""
SETTLE = """
UPDATE work.inbox SET status = %(status)s, processed_at = %(now)s, detail = %(detail)s
WHERE source = %(source)s AND message = %(message)s AND status = 'received'
"""
PUT_OFF = """
UPDATE work.inbox SET due_at = %(due)s, detail = %(detail)s, holder = 0
WHERE source = %(source)s AND message = %(message)s AND status = 'received'
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    source: str
    message: str
    event: str
    ref: str
    tries: int


class Inbox:
    def __init__(
        self,
        pool: Pool,
        holder: Holder,
        gateways: Mapping[str, Gateway],
        clock: Clock,
    ) -> None:
        self.pool = pool
        self.holder = holder
        self.gateways = gateways
        self.clock = clock

    def receive(
        self, source: str, headers: Mapping[str, str], body: bytes, peer: str
    ) -> bool:
        """Committed when it returns. False: not a gateway of ours, or not from it."""
        gateway = self.gateways.get(source)
        if gateway is None:
            return False
        found = gateway.parse_notification(headers, body, peer)
        if isinstance(found, Untrusted):
            logger.warning("%s from %s: %s", source, peer, found.reason)
            return False
        message = f"{found.event}:{found.ref}:{found.status}"
        values = {"source": source, "message": message, "now": self.clock()}
        with self.pool.connection() as connection:
            more = {"event": found.event, "ref": found.ref}
            connection.execute(RECEIVE, values | more)
        return True

    def claim(self) -> Claimed | None:
        """The next one, for this worker alone while its lease lasts."""
        now = self.clock()
        rows = self.holder.claim(CLAIM, {"now": now, "until": now + LEASE})
        return Claimed(*rows[0]) if rows else None

    def is_empty(self) -> bool:
        """Nothing is to be done now, and nothing is being done."""
        with self.pool.connection() as connection:
            values = {"until": self.clock() + LEASE}
            [(is_open,)] = connection.execute(IS_OPEN, values).fetchall()
        return not is_open

    def processed(self, claimed: Claimed) -> None:
        self.settle(claimed, "processed", None)

    def quarantine(self, claimed: Claimed, why: str) -> None:
        """For people to look at. It stays."""
        logger.error("%s %s: %s", claimed.source, claimed.message, why)
        self.settle(claimed, "quarantined", why)

    def put_off(self, claimed: Claimed, by: timedelta, why: str) -> None:
        values = {"due": self.clock() + by, "detail": why}
        key = {"source": claimed.source, "message": claimed.message}
        with self.pool.connection() as connection:
            connection.execute(PUT_OFF, values | key)

    def settle(self, claimed: Claimed, status: str, detail: str | None) -> None:
        values = {"status": status, "now": self.clock(), "detail": detail}
        key = {"source": claimed.source, "message": claimed.message}
        with self.pool.connection() as connection:
            connection.execute(SETTLE, values | key)
