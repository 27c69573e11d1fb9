"""Saving a card without paying: its holder binds it, or does not.

When it comes to nothing no shop is told: it has to ask.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import choice, token_hex
from typing import Any

from domain.kernel.messages import Clock
from infra.gateways.sandbox.book import Book
from infra.gateways.sandbox.cards import SUCCEEDED, Card
from infra.gateways.sandbox.clock import stamp
from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.failures import forbidden, invalid, no_method
from infra.gateways.sandbox.notifications import Notifications
from infra.gateways.sandbox.payments import FIRST_SECOND, TO_CONFIRM, Document
from infra.gateways.sandbox.requests import CreateMethod
from infra.gateways.sandbox.shops import Shop

PAGE = "/checkout/payment_methods"
INSERT = """
INSERT INTO binding (id, shop, return_url, expires_at, document) VALUES (?, ?, ?, ?, ?)
"""
UPDATE = "UPDATE binding SET expires_at = NULL, document = ? WHERE id = ?"
FIND = "SELECT shop, return_url, document FROM binding WHERE id = ?"
EXPIRED = "SELECT id FROM binding WHERE expires_at <= ? ORDER BY expires_at"


@dataclass(frozen=True, slots=True)
class Binding:
    shop: str
    return_url: str
    document: Document


@dataclass(frozen=True, slots=True)
class Bindings:
    database: Database
    book: Book
    notifications: Notifications
    clock: Clock

    def open(self, shop: Shop, order: CreateMethod, address: str) -> Document:
        """Raises ``Failure``."""
        if not shop.saving:
            raise forbidden("Forbidden to save payment method")
        at = self.clock()
        seconds = max(int(at.timestamp()) - FIRST_SECOND, 0)
        id_ = f"{seconds:08x}-000f-5000-{choice('89ab')}000-{token_hex(6)}"
        document = opened(order, id_, shop.id, address)
        values = (id_, shop.id, order.confirmation.return_url, stamp(at + TO_CONFIRM))
        self.database.execute(INSERT, *values, json.dumps(document))
        return document

    def find(self, id_: str, shop: Shop | None = None) -> Binding:
        row = self.database.row(FIND, id_)
        if row is None or (shop and row["shop"] != shop.id):
            raise no_method()
        return Binding(row["shop"], row["return_url"], json.loads(row["document"]))

    def confirm(self, id_: str, card: Card) -> Document:
        """What the holder of the card does. Raises ``Failure`` if it is over."""
        self.expire()
        with self.database.transaction():
            binding = self.find(id_)
            if binding.document["status"] != "pending":
                raise invalid("The binding is over", "payment_method_id")
            document = bound(binding.document, card)
            self.database.execute(UPDATE, json.dumps(document), id_)
            if document["saved"]:
                self.book.save_method(binding.shop, document)
                self.notifications.add("payment_method.active", document)
        return document

    def expire(self) -> None:
        with self.database.transaction():
            for row in self.database.rows(EXPIRED, stamp(self.clock())):
                document = inactive(self.find(row["id"]).document)
                self.database.execute(UPDATE, json.dumps(document), row["id"])


def opened(order: CreateMethod, id_: str, shop: str, address: str) -> Document:
    url = f"{address}{PAGE}?methodId={id_}"
    marked = {"metadata": order.metadata} if order.metadata else {}
    wanted = order.confirmation.model_dump(include={"type", "return_url", "enforce"})
    confirmation = {name: value for name, value in wanted.items() if value is not None}
    return {
        "type": order.type,
        "id": id_,
        "saved": False,
        "status": "pending",
        "holder": {"account_id": shop, "gateway_id": f"{shop}0"},
        "confirmation": {**confirmation, "confirmation_url": url},
        **marked,
    }


def bound(document: Document, card: Card) -> Document:
    if card.outcome != SUCCEEDED:
        return inactive(document)
    active = {**inactive(document), "saved": True, "status": "active"}
    return {**active, **card.details()}


def inactive(document: Document) -> Mapping[str, Any]:
    kept = {name: each for name, each in document.items() if name != "confirmation"}
    return {**kept, "saved": False, "status": "inactive"}
