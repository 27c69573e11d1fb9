"""One account at Stripe: its sessions, payment intents, methods and refunds.

As the API documents them, as far as the adapter asks for them; nothing of it is real.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]

#: Our reasons, in Stripe's words.
DECLINES = {
    "insufficient_funds": "insufficient_funds",
    "card_expired": "expired_card",
    "3d_secure_failed": "authentication_required",
}
CARD = {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2034}
FEE_PERCENT = 3


class Problem(Exception):
    """An answer that is none of the 200s."""

    def __init__(self, status: int, type_: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        given = {key: value for key, value in more.items() if value is not None}
        self.body = {"error": {"type": type_, "message": message, **given}}


def invalid(message: str, param: str | None = None, **more: Any) -> Problem:
    return Problem(400, "invalid_request_error", message, param=param, **more)


def missing(kind: str, id_: str, param: str = "id", status: int = 404) -> Problem:
    text = f"No such {kind}: '{id_}'"
    type_ = "invalid_request_error"
    return Problem(status, type_, text, param=param, code="resource_missing")


@dataclass
class Account:
    clock: Callable[[], float] = time.time
    documents: dict[str, Document] = field(default_factory=dict)
    #: What the next charges of a method come to.
    scripts: dict[str, deque[str]] = field(default_factory=dict)
    #: What has happened, for whoever is told.
    events: list[Document] = field(default_factory=list)

    def made(self, prefix: str, kind: str, **values: Any) -> Document:
        id_ = f"{prefix}_test_{token_hex(12)}"
        document = {"id": id_, "object": kind, "livemode": False, **values}
        document.setdefault("created", int(self.clock()))
        self.documents[id_] = document
        return document

    def find(self, id_: str, kind: str) -> Document:
        document = self.documents.get(id_)
        if document is None or document["object"] != kind:
            raise missing(kind, id_)
        return document

    def all(self, kind: str) -> list[Document]:
        """The newest first."""
        made = list(self.documents.values())[::-1]
        return [document for document in made if document["object"] == kind]

    def open_session(self, asked: Mapping[str, Any]) -> Document:
        item, data = asked["line_items"]["0"], asked.get("payment_intent_data", {})
        price = item["price_data"]
        return self.made(
            "cs",
            "checkout.session",
            status="open",
            payment_status="unpaid",
            amount_total=int(price["unit_amount"]) * int(item["quantity"]),
            currency=price["currency"],
            metadata=asked.get("metadata", {}),
            url=f"https://checkout.stripe.example/c/pay/{token_hex(8)}",
            payment_intent=None,
            asked=data,
        )

    def confirm(self, id_: str, outcome: str = "succeeded") -> Document:
        """The payer pays; or is declined, and does not try again in time."""
        session = self.find(id_, "checkout.session")
        data = session["asked"]
        saving = data.get("setup_future_usage")
        customer = self.made("cus", "customer")["id"] if saving else None
        method = self.method(customer if outcome == "succeeded" else None)
        intent = self.intent(
            session["amount_total"],
            session["currency"],
            metadata=data.get("metadata", {}),
            setup_future_usage=saving,
            customer=customer,
            payment_method=method,
        )
        session["payment_intent"] = intent["id"]
        self.settle(intent, outcome)
        is_paid = outcome == "succeeded"
        session["status"] = "complete" if is_paid else "expired"
        session["payment_status"] = "paid" if is_paid else "unpaid"
        session["url"] = None
        name = "completed" if is_paid else "expired"
        self.tell(f"checkout.session.{name}", session)
        return session

    def method(self, customer: str | None) -> str:
        kind = "payment_method"
        made = self.made("pm", kind, type="card", card=CARD, customer=customer)
        id_: str = made["id"]
        return id_

    def intent(self, amount: int, currency: str, **values: Any) -> Document:
        usual = {
            "status": "requires_payment_method",
            "latest_charge": None,
            "last_payment_error": None,
            "cancellation_reason": None,
            "setup_future_usage": None,
        }
        told = {"amount": amount, "currency": currency, **usual, **values}
        return self.made("pi", "payment_intent", **told)

    def charge(self, asked: Mapping[str, Any]) -> Document:
        """Without the payer. Raises ``Problem`` with the intent if it is declined."""
        id_, customer = asked["payment_method"], asked.get("customer")
        method = self.documents.get(id_)
        if method is None:
            raise missing("PaymentMethod", id_, "payment_method", 400)
        if method["customer"] != customer or customer is None:
            message = "The provided PaymentMethod was used before without a Customer."
            raise invalid(message, "payment_method")
        intent = self.intent(
            int(asked["amount"]),
            asked["currency"],
            metadata=asked.get("metadata", {}),
            customer=customer,
            payment_method=id_,
        )
        script = self.scripts.get(id_)
        self.settle(intent, script.popleft() if script else "succeeded")
        if error := intent["last_payment_error"]:
            told = {**error, "payment_intent": dict(intent)}
            raise Problem(402, told.pop("type"), told.pop("message"), **told)
        return intent

    def settle(self, intent: Document, outcome: str) -> None:
        if outcome == "succeeded":
            intent["status"] = "succeeded"
            intent["latest_charge"] = self.taken(intent)["id"]
            self.tell("payment_intent.succeeded", intent)
            return
        code = DECLINES.get(outcome, outcome)
        is_own = code in ("authentication_required", "expired_card")
        intent["last_payment_error"] = {
            "type": "card_error",
            "code": code if is_own else "card_declined",
            "decline_code": code,
            "message": "Your card was declined.",
        }
        self.tell("payment_intent.payment_failed", intent)

    def taken(self, intent: Document) -> Document:
        amount, currency = intent["amount"], intent["currency"]
        net = amount - amount * FEE_PERCENT // 100
        kind = "balance_transaction"
        balance = self.made("txn", kind, net=net, currency=currency)
        return self.made(
            "ch",
            "charge",
            amount=amount,
            currency=currency,
            paid=True,
            captured=True,
            amount_refunded=0,
            balance_transaction=balance["id"],
        )

    def refund(self, asked: Mapping[str, Any], outcome: str) -> Document:
        intent = self.documents.get(asked["payment_intent"])
        if intent is None or not intent["latest_charge"]:
            raise missing("payment_intent", asked["payment_intent"], "payment_intent")
        charge, amount = self.documents[intent["latest_charge"]], int(asked["amount"])
        if charge["amount_refunded"] + amount > charge["amount"]:
            message = "The refund is greater than what is left of the charge"
            raise invalid(message, "amount", code="charge_already_refunded")
        if outcome != "failed":
            charge["amount_refunded"] += amount
        made = self.made(
            "re",
            "refund",
            amount=amount,
            currency=intent["currency"],
            status=outcome,
            failure_reason="expired_or_canceled_card" if outcome == "failed" else None,
            payment_intent=intent["id"],
            metadata=asked.get("metadata", {}),
        )
        self.tell("refund.created", made)
        return made

    def tell(self, type_: str, document: Document) -> None:
        self.events.append(
            {
                "id": f"evt_{token_hex(8)}",
                "object": "event",
                "type": type_,
                "data": {"object": public(document)},
            }
        )


def public(document: Document) -> Document:
    return {name: value for name, value in document.items() if name != "asked"}
