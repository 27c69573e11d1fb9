"""The same key is the same request for a day; with other parameters, a mistake."""

import asyncio
import json
import re
from datetime import timedelta
from hashlib import sha256
from typing import Any
from weakref import WeakValueDictionary

from domain.kernel.messages import Clock
from infra.gateways.sandbox.book import Book
from infra.gateways.sandbox.clock import moment, stamp
from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.failures import invalid, key_duplicated
from infra.gateways.sandbox.payments import Document
from infra.gateways.sandbox.shops import Shop

HEADER = "Idempotence-Key"
REMEMBERED = timedelta(hours=24)
LONGEST_KEY = 64
ALLOWED = re.compile(r"[0-9a-zA-Z+\-_.,:;/]+")
#: What a repetition is answered with: ``original`` or ``current``.
SETTING = "replay"

FIND = "SELECT * FROM idempotence WHERE shop = ? AND key = ?"
FORGET = "DELETE FROM idempotence WHERE shop = ? AND key = ?"
FIRST = "SELECT document FROM idempotence WHERE payment = ? ORDER BY first_at LIMIT 1"
REFUND = "SELECT document FROM refund WHERE id = ?"
BINDING = "SELECT document FROM binding WHERE id = ?"
KEEP = "INSERT INTO idempotence VALUES (?, ?, ?, ?, ?, ?)"


class Idempotence:
    def __init__(self, database: Database, book: Book, clock: Clock) -> None:
        self.database = database
        self.book = book
        self.clock = clock
        self.locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = (
            WeakValueDictionary()
        )

    def in_progress(self, shop: Shop, key: str) -> asyncio.Lock:
        """Held by the one who is at it; a second request waits for the first."""
        return self.locks.setdefault((shop.id, key), asyncio.Lock())

    def find(self, shop: Shop, key: str, digest: str) -> Document | None:
        """The first answer. Raises ``Failure`` if that was to another question."""
        row = self.database.row(FIND, shop.id, key)
        if row is None:
            return None
        if self.clock() - moment(row["first_at"]) >= REMEMBERED:
            self.database.execute(FORGET, shop.id, key)
            return None
        if row["digest"] != digest:
            raise key_duplicated()
        if self.database.setting(SETTING, "original") == "current":
            return self.current(row["payment"])
        document: Document = json.loads(row["document"])
        return document

    def current(self, id_: str) -> Document:
        """A payment, a refund or a binding, as it is now."""
        if entry := self.book.find(id_):
            return entry.document
        row = self.database.row(REFUND, id_) or self.database.row(BINDING, id_)
        assert row is not None
        document: Document = json.loads(row["document"])
        return document

    def first(self, id_: str) -> Document | None:
        """As it was answered when it was made."""
        row = self.database.row(FIRST, id_)
        return json.loads(row["document"]) if row else None

    def keep(self, shop: Shop, key: str, digest: str, document: Document) -> None:
        first_at, text = stamp(self.clock()), json.dumps(document)
        self.database.execute(
            KEEP, shop.id, key, digest, first_at, document["id"], text
        )


def checked(key: str | None) -> str:
    """Raises ``Failure``."""
    if not key:
        raise invalid("Specify the Idempotence-Key header", HEADER)
    if len(key) > LONGEST_KEY:
        description = (
            "Idempotence key is too long. "
            "Send the value in accordance with the documentation"
        )
        raise invalid(description, HEADER)
    if not ALLOWED.fullmatch(key):
        raise invalid("The key has characters that are not allowed", HEADER)
    return key


def digest_of(path: str, body: Any) -> str:
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return sha256(f"{path} {canonical}".encode()).hexdigest()
