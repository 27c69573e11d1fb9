"""Where the sandbox keeps its payments, and the methods saved with them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infra.gateways.sandbox.clock import stamp
from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.payments import Document
from infra.gateways.sandbox.requests import CreatePayment

INSERT = """
INSERT INTO payment (id, shop, status, created_at, request, document)
VALUES (?, ?, ?, ?, ?, ?)
"""
UPDATE = """
UPDATE payment
SET status = ?, method = ?, captured_at = ?, expires_at = ?, document = ?
WHERE id = ?
"""
FIND = "SELECT shop, request, expires_at, document FROM payment WHERE id = ?"
LATEST = "SELECT document FROM payment ORDER BY number DESC LIMIT ?"
EXPIRED = "SELECT id FROM payment WHERE expires_at <= ? ORDER BY expires_at, number"
SAVE_METHOD = "INSERT OR IGNORE INTO method (id, shop, document) VALUES (?, ?, ?)"
FIND_METHOD = "SELECT script, revoked, document FROM method WHERE id = ? AND shop = ?"
SET_SCRIPT = """
UPDATE method SET script = coalesce(?, script), revoked = coalesce(?, revoked)
WHERE id = ?
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A payment with what its shop does not see."""

    shop: str
    order: CreatePayment
    document: Document
    expires_at: str | None = None


@dataclass(frozen=True, slots=True)
class SavedMethod:
    document: Document
    script: Sequence[str]
    revoked: bool


class Book:
    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, entry: Entry) -> None:
        document = entry.document
        request = entry.order.model_dump_json(exclude_none=True)
        values = (document["id"], entry.shop, document["status"])
        created = document["created_at"]
        self.database.execute(INSERT, *values, created, request, json.dumps(document))

    def save(self, document: Document, expires_at: str | None) -> None:
        self.database.execute(
            UPDATE,
            document["status"],
            document.get("payment_method", {}).get("type"),
            document.get("captured_at"),
            expires_at,
            json.dumps(document),
            document["id"],
        )

    def find(self, id_: str) -> Entry | None:
        row = self.database.row(FIND, id_)
        if row is None:
            return None
        order = CreatePayment.model_validate_json(row["request"])
        document = json.loads(row["document"])
        return Entry(row["shop"], order, document, row["expires_at"])

    def latest(self, limit: int = 100) -> list[Any]:
        rows = self.database.rows(LATEST, limit)
        return [json.loads(row["document"]) for row in rows]

    def expired(self, at: datetime) -> list[str]:
        return [row["id"] for row in self.database.rows(EXPIRED, stamp(at))]

    def save_method(self, shop: str, document: Document) -> None:
        self.database.execute(SAVE_METHOD, document["id"], shop, json.dumps(document))

    def find_method(self, shop: str, id_: str) -> SavedMethod | None:
        row = self.database.row(FIND_METHOD, id_, shop)
        if row is None:
            return None
        document, script = json.loads(row["document"]), json.loads(row["script"])
        return SavedMethod(document, script, bool(row["revoked"]))

    def set_script(
        self, id_: str, script: Sequence[str] | None, revoked: bool | None = None
    ) -> bool:
        """What the next charges of this method come to, one after the other."""
        text = None if script is None else json.dumps(script)
        return self.database.execute(SET_SCRIPT, text, revoked, id_).rowcount > 0
