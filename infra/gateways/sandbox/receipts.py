"""Receipts of 54-FZ: demanded of shops that have the provider make them.

A receipt is registered a moment after the money has moved, and nobody is told of it.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from secrets import token_hex
from typing import Any
from uuid import uuid4

from domain.kernel.messages import Clock
from infra.gateways.sandbox.book import Book
from infra.gateways.sandbox.clock import stamp
from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.failures import Failure, invalid
from infra.gateways.sandbox.payments import Document
from infra.gateways.sandbox.requests import AnyAmount, Receipt
from infra.gateways.sandbox.shops import Shop

#: The shops whose receipts the provider makes, and how long registration takes: for
#: ever, if it is null.
SHOPS, TAKES = "fiscalization", "receipt_takes"
USUAL = 10.0
PENDING, SUCCEEDED = "pending", "succeeded"

INSERT = """
INSERT INTO receipt
    (id, shop, payment_id, refund_id, status, created_at, due_at, document)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
FIND = "SELECT shop, document FROM receipt WHERE id = ?"
DUE = "SELECT id, refund_id, document FROM receipt WHERE due_at <= ? ORDER BY number"
UPDATE = "UPDATE receipt SET status = ?, due_at = NULL, document = ? WHERE id = ?"
OF_REFUND = "SELECT document FROM refund WHERE id = ?"
SAVE_REFUND = "UPDATE refund SET document = ? WHERE id = ?"


def illegal() -> Failure:
    return invalid("Receipt is missing or illegal", "receipt")


@dataclass(frozen=True, slots=True)
class Receipts:
    database: Database
    book: Book
    clock: Clock

    def check(
        self,
        shop: Shop,
        receipt: Receipt | None,
        amount: AnyAmount,
        needed: bool = True,
    ) -> None:
        """Raises ``Failure``. All of a payment can go back without a receipt."""
        if receipt is None:
            if needed and shop.id in self.database.setting(SHOPS, []):
                raise illegal()
            return
        customer = receipt.customer
        total = sum(
            Decimal(i.amount.value) * Decimal(i.quantity) for i in receipt.items
        )
        is_right = total == Decimal(amount.value) and (customer.email or customer.phone)
        if not is_right:
            raise illegal()

    def issue(self, shop: str, about: Document, receipt: Receipt | None) -> None:
        """Of a payment or refund that has come to be; None if it has none."""
        if receipt is None:
            return
        at, is_refund = self.clock(), "payment_id" in about
        takes = self.database.setting(TAKES, USUAL)
        due = None if takes is None else stamp(at + timedelta(seconds=takes))
        payment_id = about["payment_id"] if is_refund else about["id"]
        document = {
            "id": f"rt-{uuid4()}",
            "type": "refund" if is_refund else "payment",
            ("refund_id" if is_refund else "payment_id"): about["id"],
            "status": PENDING,
            "items": [each.model_dump(exclude_none=True) for each in receipt.items],
            "settlements": [{"type": "cashless", "amount": about["amount"]}],
        }
        refund_id = about["id"] if is_refund else None
        self.database.execute(
            INSERT, document["id"], shop, payment_id, refund_id, PENDING,
            stamp(at), due, json.dumps(document),
        )  # fmt: skip

    def expire(self) -> None:
        for row in self.database.rows(DUE, stamp(self.clock())):
            document = registered(json.loads(row["document"]), stamp(self.clock()))
            text = json.dumps(document)
            self.database.execute(UPDATE, SUCCEEDED, text, document["id"])
            self.mark(document)

    def mark(self, receipt: Document) -> None:
        """The payment or refund says so as well."""
        if receipt["type"] == "refund":
            row = self.database.row(OF_REFUND, receipt["refund_id"])
            assert row is not None
            about = json.loads(row["document"]) | {"receipt_registration": SUCCEEDED}
            self.database.execute(SAVE_REFUND, json.dumps(about), about["id"])
            return
        entry = self.book.find(receipt["payment_id"])
        assert entry is not None
        about = {**entry.document, "receipt_registration": SUCCEEDED}
        self.book.save(about, entry.expires_at)

    def find(self, id_: str, shop: Shop) -> Document:
        row = self.database.row(FIND, id_)
        if row is None or row["shop"] != shop.id:
            raise invalid("Receipt doesn't exist or access denied", "receipt_id")
        document: Document = json.loads(row["document"])
        return document


def registered(document: dict[str, Any], at: str) -> dict[str, Any]:
    return document | {
        "status": SUCCEEDED,
        "fiscal_document_number": str(int(token_hex(2), 16)),
        "fiscal_storage_number": "9288000100115785",
        "fiscal_attribute": str(int(token_hex(4), 16)),
        "registered_at": at,
        "fiscal_provider_id": "fd9e9404-eaca-4000-8ec9-dc228ead2345",
    }
