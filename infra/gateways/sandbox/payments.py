"""A payment's document from its creation to its end. Pure: one document to the next."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from secrets import choice, randbelow, token_hex
from typing import Any, TypeAlias

from infra.gateways.sandbox.cards import SUCCEEDED, Card, party
from infra.gateways.sandbox.clock import stamp
from infra.gateways.sandbox.requests import CreatePayment

Document: TypeAlias = Mapping[str, Any]

TO_CONFIRM = timedelta(hours=1)
TO_CAPTURE = timedelta(days=7)
FEE = Decimal("0.035")
FIRST_SECOND = 946_684_800  # 2000-01-01: ids begin with the seconds since then.


def new_id(at: datetime) -> str:
    seconds = max(int(at.timestamp()) - FIRST_SECOND, 0)
    return f"{seconds:08x}-000f-5000-{choice('89ab')}000-{token_hex(6)}"


def opened(order: CreatePayment, id_: str, shop: str, at: datetime) -> Document:
    described = {"description": order.description} if order.description else {}
    marked = {"metadata": order.metadata} if order.metadata else {}
    return {
        "id": id_,
        "status": "pending",
        "amount": order.amount.model_dump(),
        **described,
        "recipient": {"account_id": shop, "gateway_id": f"{shop}0"},
        "created_at": stamp(at),
        "test": True,
        "paid": False,
        "refundable": False,
        **marked,
    }


def awaiting(document: Document, order: CreatePayment, address: str) -> Document:
    """A payment that its payer confirms on a page of ours."""
    assert order.confirmation is not None
    url = f"{address}/checkout/payments/v2/contract?orderId={document['id']}"
    wanted = order.confirmation.model_dump(include={"type", "return_url", "enforce"})
    given = {name: value for name, value in wanted.items() if value is not None}
    return {**document, "confirmation": {**given, "confirmation_url": url}}


def method_of(card: Card, id_: str, saved: bool) -> Document:
    return {"id": id_, "saved": saved, "status": "active", **card.details()}


def authorised(
    document: Document, method: Document, at: datetime, secured: bool
) -> Document:
    """The money is held."""
    return {
        **without(document, "confirmation"),
        "status": "waiting_for_capture",
        "payment_method": method,
        "paid": True,
        "expires_at": stamp(at + TO_CAPTURE),
        "authorization_details": {
            "rrn": f"{randbelow(10**12):012}",
            "auth_code": f"{randbelow(10**6):06}",
            "three_d_secure": {"applied": secured},
        },
    }


def captured(document: Document, at: datetime, value: str | None = None) -> Document:
    amount = {**document["amount"], "value": value or document["amount"]["value"]}
    whole = Decimal(amount["value"])
    fee = (whole * FEE).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return {
        **without(document, "expires_at"),
        "status": "succeeded",
        "amount": amount,
        "income_amount": {**amount, "value": str(whole - fee)},
        "refunded_amount": {**amount, "value": "0.00"},
        "captured_at": stamp(at),
        "refundable": True,
    }


def canceled(document: Document, reason: str, who: str) -> Document:
    return {
        **without(document, "confirmation", "expires_at"),
        "status": "canceled",
        "paid": False,
        "refundable": False,
        "cancellation_details": {"party": who, "reason": reason},
    }


def paid(
    document: Document, card: Card, method: Document, capture: bool, at: datetime
) -> Document:
    """What comes of paying with this card."""
    if card.outcome != SUCCEEDED:
        refused = {**document, "payment_method": method}
        return canceled(refused, card.outcome, party(card.outcome, card))
    held = authorised(document, method, at, card.three_d_secure)
    return captured(held, at) if capture else held


def without(document: Document, *names: str) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in names}
