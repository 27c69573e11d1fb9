"""Paying back: at once, or as a bank does it, later or not at all.

Of one that is canceled no shop is told: it has to ask.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from secrets import choice, randbelow, token_hex

from domain.kernel.messages import Clock
from infra.gateways.sandbox.book import Book
from infra.gateways.sandbox.clock import stamp
from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.failures import Failure, invalid
from infra.gateways.sandbox.notifications import Notifications
from infra.gateways.sandbox.payments import FIRST_SECOND, Document
from infra.gateways.sandbox.receipts import Receipts
from infra.gateways.sandbox.requests import CreateRefund
from infra.gateways.sandbox.shops import Shop

#: What the next refunds come to, one after the other: ``succeeded``, ``pending``,
#: ``pending:`` and a reason for which it is canceled in the end, or a reason alone.
SCRIPT = "refunds"
SUCCEEDED, PENDING = "succeeded", "pending"
#: How long a bank takes that does not do it at once.
BANK_TAKES = timedelta(hours=24)
OLDEST = timedelta(days=3 * 365)
#: Whose fault it is, of the reasons that are the provider's own.
OUR_REASONS = frozenset({"yoo_money_account_closed", "payment_expired"})

INSERT = """
INSERT INTO refund (id, shop, payment_id, status, created_at, due_at, outcome, document)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
UPDATE = "UPDATE refund SET status = ?, due_at = NULL, document = ? WHERE id = ?"
FIND = "SELECT shop, status, document FROM refund WHERE id = ?"
OF_PAYMENT = """
SELECT document FROM refund WHERE payment_id = ? AND status <> 'canceled'
"""
DUE = "SELECT id, outcome FROM refund WHERE due_at <= ? ORDER BY due_at, number"


def no_refund() -> Failure:
    """An unknown id is a bad request here, as with payments."""
    return invalid(
        "Incorrect refund_id. Refund doesn't exist or access denied", "refund_id"
    )


@dataclass(frozen=True, slots=True)
class Refunds:
    database: Database
    book: Book
    receipts: Receipts
    notifications: Notifications
    clock: Clock

    def open(self, shop: Shop, order: CreateRefund) -> Document:
        """Raises ``Failure``, and then there is no refund."""
        payment = self.refundable(shop, order)
        is_part = Decimal(order.amount.value) < Decimal(payment["amount"]["value"])
        self.receipts.check(shop, order.receipt, order.amount, needed=is_part)
        at = self.clock()
        document = opened(order, at)
        outcome = self.next_outcome()
        waits = outcome.startswith(PENDING)
        end = outcome.partition(":")[2] or SUCCEEDED if waits else outcome
        due = stamp(at + BANK_TAKES) if waits else None
        values = (document["id"], shop.id, order.payment_id, PENDING)
        self.database.execute(
            INSERT, *values, document["created_at"], due, end, json.dumps(document)
        )
        self.receipts.issue(shop.id, document, order.receipt)
        self.count(payment)
        return document if waits else self.settle(document["id"], end)

    def refundable(self, shop: Shop, order: CreateRefund) -> Document:
        entry = self.book.find(order.payment_id)
        if entry is None or entry.shop != shop.id:
            raise invalid("Payment doesn't exist or access denied", "payment_id")
        payment = entry.document
        if payment["status"] != SUCCEEDED:
            raise invalid("Only a succeeded payment can be refunded", "payment_id")
        if order.amount.currency != payment["amount"]["currency"]:
            raise invalid("The currency is not the payment's", "amount.currency")
        if Decimal(order.amount.value) > self.left(payment):
            raise invalid("The amount exceeds what is left of the payment", "amount")
        captured = datetime.fromisoformat(payment["captured_at"])
        if self.clock() - captured > OLDEST:
            raise invalid("The payment is too old to be refunded", "payment_id")
        return payment

    def left(self, payment: Document) -> Decimal:
        return Decimal(payment["amount"]["value"]) - self.spoken_for(payment["id"])

    def spoken_for(self, payment_id: str, *statuses: str) -> Decimal:
        rows = self.database.rows(OF_PAYMENT, payment_id)
        found = [json.loads(row["document"]) for row in rows]
        return sum(
            (
                Decimal(each["amount"]["value"])
                for each in found
                if not statuses or each["status"] in statuses
            ),
            Decimal(0),
        )

    def next_outcome(self) -> str:
        script: Sequence[str] = self.database.setting(SCRIPT, [])
        if script:
            self.database.set(SCRIPT, list(script[1:]))
        return script[0] if script else SUCCEEDED

    def settle(self, id_: str, outcome: str) -> Document:
        with self.database.transaction():
            document = self.find(id_)
            if document["status"] != PENDING:
                raise invalid(f"The refund is {document['status']}", "refund_id")
            after = settled(document, outcome)
            self.database.execute(UPDATE, after["status"], json.dumps(after), id_)
            entry = self.book.find(after["payment_id"])
            assert entry is not None
            self.count(entry.document)
            self.notifications.add(f"refund.{after['status']}", after)
            return after

    def count(self, payment: Document) -> None:
        """The payment stays succeeded, and says how much of it has gone back."""
        back = self.spoken_for(payment["id"], SUCCEEDED)
        counted = {
            **payment,
            "refunded_amount": {**payment["amount"], "value": f"{back:.2f}"},
            "refundable": self.left(payment) > 0,
        }
        self.book.save(counted, None)

    def expire(self) -> None:
        """What the banks have done by now."""
        for row in self.database.rows(DUE, stamp(self.clock())):
            self.settle(row["id"], row["outcome"])

    def find(self, id_: str, shop: Shop | None = None) -> Document:
        row = self.database.row(FIND, id_)
        if row is None or (shop and row["shop"] != shop.id):
            raise no_refund()
        document: Document = json.loads(row["document"])
        return document


def opened(order: CreateRefund, at: datetime) -> Document:
    seconds = max(int(at.timestamp()) - FIRST_SECOND, 0)
    described = {"description": order.description} if order.description else {}
    marked = {"metadata": order.metadata} if order.metadata else {}
    receipt = {"receipt_registration": PENDING} if order.receipt else {}
    return {
        "id": f"{seconds:08x}-0015-5000-{choice('89ab')}000-{token_hex(6)}",
        "payment_id": order.payment_id,
        "status": PENDING,
        "created_at": stamp(at),
        "amount": order.amount.model_dump(),
        **described,
        **receipt,
        **marked,
    }


def settled(document: Document, outcome: str) -> Document:
    if outcome == SUCCEEDED:
        rrn = {"rrn": f"{randbelow(10**12):012}"}
        done = {"status": SUCCEEDED, "refund_authorization_details": rrn}
        return {**document, **done}
    who = "yoo_money" if outcome in OUR_REASONS else "refund_network"
    why = {"party": who, "reason": outcome}
    rest = {k: v for k, v in document.items() if k != "receipt_registration"}
    return {**rest, "status": "canceled", "cancellation_details": why}
