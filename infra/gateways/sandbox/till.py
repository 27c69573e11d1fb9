"""What can be done with a payment: open, confirm, capture, cancel, let expire.

Together with the notification of its shop, in the transaction of whoever asks.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.kernel.messages import Clock
from infra.gateways.sandbox.book import Book, Entry, SavedMethod
from infra.gateways.sandbox.cards import ORDINARY, SUCCEEDED, Card, party
from infra.gateways.sandbox.clock import stamp
from infra.gateways.sandbox.failures import forbidden, invalid, no_method, no_payment
from infra.gateways.sandbox.notifications import Notifications
from infra.gateways.sandbox.payments import (
    TO_CONFIRM,
    Document,
    awaiting,
    canceled,
    captured,
    method_of,
    new_id,
    opened,
    paid,
)
from infra.gateways.sandbox.receipts import PENDING as REGISTERING
from infra.gateways.sandbox.receipts import Receipts
from infra.gateways.sandbox.requests import Capture, CreatePayment
from infra.gateways.sandbox.shops import Shop

NO_RECURRING = (
    "This store can't make recurring payments. "
    "Contact the YooMoney manager to learn more"
)
#: A charge of a saved method that has no end yet.
PENDING = "pending"


class Till:
    def __init__(
        self, book: Book, receipts: Receipts, notifications: Notifications, clock: Clock
    ) -> None:
        self.book = book
        self.receipts = receipts
        self.notifications = notifications
        self.clock = clock

    def open(self, shop: Shop, order: CreatePayment, address: str) -> Document:
        """Raises ``Failure``, and then there is no payment."""
        if order.save_payment_method and not shop.saving:
            raise forbidden("Forbidden to save payment method")
        self.receipts.check(shop, order.receipt, order.amount)
        at = self.clock()
        document = opened(order, new_id(at), shop.id, at)
        if order.payment_method_id:
            method = self.saved_method(shop, order.payment_method_id)
            self.book.add(Entry(shop.id, order, document))
            return self.charge(document, order, method, at)
        document = awaiting(document, order, address)
        self.book.add(Entry(shop.id, order, document))
        self.book.save(document, stamp(at + TO_CONFIRM))
        return document

    def time_out(self, shop: Shop, order: CreatePayment) -> Document:
        """The provider itself took too long: it is over before it began."""
        at = self.clock()
        document = opened(order, new_id(at), shop.id, at)
        self.book.add(Entry(shop.id, order, document))
        reason = "internal_timeout"
        return self.changed(canceled(document, reason, party(reason)))

    def saved_method(self, shop: Shop, id_: str) -> SavedMethod:
        if not shop.recurring:
            raise forbidden(NO_RECURRING)
        method = self.book.find_method(shop.id, id_)
        if method is None:
            raise no_method()
        return method

    def charge(
        self,
        document: Document,
        order: CreatePayment,
        method: SavedMethod,
        at: datetime,
    ) -> Document:
        """Without the payer. It comes to what the method's script says next."""
        script: Sequence[str] = method.script or (SUCCEEDED,)
        outcome = "permission_revoked" if method.revoked else script[0]
        self.book.set_script(method.document["id"], list(script[1:]))
        document = {**document, "payment_method": method.document}
        if outcome == PENDING:
            self.book.save(document, None)
            return document
        return self.settle(
            document, replace(ORDINARY, outcome=outcome), method.document, order, at
        )

    def confirm(self, id_: str, card: Card) -> Document:
        """What the payer does. Raises ``Failure`` if it is over already."""
        self.expire()
        with self.book.database.transaction():
            entry = self.at_stage(id_, "pending")
            saved = entry.order.save_payment_method and card.outcome == SUCCEEDED
            made = method_of(card, id_, saved)
            method = entry.document.get("payment_method") or made
            if method["saved"]:
                self.book.save_method(entry.shop, method)
            return self.settle(entry.document, card, method, entry.order, self.clock())

    def settle(
        self,
        document: Document,
        card: Card,
        method: Document,
        order: CreatePayment,
        at: datetime,
    ) -> Document:
        document = paid(document, card, method, order.capture, at)
        if order.receipt and document["status"] == SUCCEEDED:
            document = {**document, "receipt_registration": REGISTERING}
            shop = document["recipient"]["account_id"]
            self.receipts.issue(shop, document, order.receipt)
        return self.changed(document)

    def capture(self, id_: str, wanted: Capture) -> Document:
        entry = self.at_stage(id_, "waiting_for_capture")
        amount, whole = wanted.amount, entry.document["amount"]
        if amount and (
            amount.currency != whole["currency"]
            or float(amount.value) > float(whole["value"])
        ):
            raise invalid("More than is held cannot be captured", "amount")
        value = amount.value if amount else None
        return self.changed(captured(entry.document, self.clock(), value))

    def cancel(self, id_: str) -> Document:
        entry = self.at_stage(id_, "waiting_for_capture")
        return self.changed(
            canceled(entry.document, "canceled_by_merchant", "merchant")
        )

    def expire(self) -> None:
        """What was to be confirmed or captured by now, and was not."""
        with self.book.database.transaction():
            for id_ in self.book.expired(self.clock()):
                document = self.find(id_).document
                waits = document["status"] == "pending"
                reason = "expired_on_confirmation" if waits else "expired_on_capture"
                self.changed(canceled(document, reason, party(reason)))

    def changed(self, document: Document) -> Document:
        self.book.save(document, document.get("expires_at"))
        self.notifications.add(f"payment.{document['status']}", document)
        return document

    def find(self, id_: str, shop: Shop | None = None) -> Entry:
        entry = self.book.find(id_)
        if entry is None or (shop and entry.shop != shop.id):
            raise no_payment()
        return entry

    def at_stage(self, id_: str, status: str) -> Entry:
        entry = self.find(id_)
        if entry.document["status"] != status:
            is_now = entry.document["status"]
            raise invalid(f"The payment is {is_now}, and not {status}", "payment_id")
        return entry
