"""Stripe's refund object, read into a repayment."""

from collections.abc import Mapping
from typing import Any

from infra.gateways.stripe.charges import (
    id_of,
    moment,
    money,
    our_id,
    understood,
)
from processes.ports import Repayment, RepaymentStatus

STATUSES: Mapping[str, RepaymentStatus] = {
    "pending": "pending",
    "requires_action": "pending",
    "succeeded": "succeeded",
    "failed": "canceled",
    "canceled": "canceled",
}
#: Why money did not come back, in the words of the other gateways.
REASONS = {
    "insufficient_funds": "insufficient_funds",
    "expired_or_canceled_card": "payment_expired",
    "lost_or_stolen_card": "payment_expired",
    "declined": "rejected_by_payee",
    "merchant_request": "canceled_by_merchant",
}


def repayment(document: Mapping[str, Any]) -> Repayment:
    """Raises ``NotUnderstood``."""
    return understood(lambda: read(document))


def read(document: Mapping[str, Any]) -> Repayment:
    if document["object"] != "refund":
        raise ValueError(document["object"])
    metadata, status = document.get("metadata") or {}, STATUSES[document["status"]]
    failure = document.get("failure_reason") or "general_decline"
    intent = id_of(document.get("payment_intent"))
    return Repayment(
        ref=str(document["id"]),
        status=status,
        amount=money(document["amount"], document["currency"]),
        refund_id=our_id(metadata.get("refund_id")),
        charge_ref=str(metadata.get("charge_ref") or intent),
        created_at=moment(document["created"]),
        reason=REASONS.get(failure, failure) if status == "canceled" else None,
        party="stripe" if status == "canceled" else None,
    )
