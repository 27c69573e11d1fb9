"""A refund as YooKassa wants to be asked for it, and as it shows it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from yookassa.domain.request import RefundRequest

from infra.gateways.yookassa.charges import (
    MALFORMED,
    NotUnderstood,
    money,
    one_of,
    our_id,
)
from infra.gateways.yookassa.receipts import decimal, receipt
from processes.ports import RefundOrder, Repayment, RepaymentStatus

LONGEST_DESCRIPTION = 250


def written(order: RefundOrder) -> str:
    """Built and checked by the SDK once; from then on it is this text."""
    request = RefundRequest(parameters(order))
    request.validate()
    return json.dumps(dict(request), sort_keys=True, ensure_ascii=False)


def parameters(order: RefundOrder) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "payment_id": order.charge_ref,
        "amount": {
            "value": decimal(order.amount),
            "currency": order.amount.currency,
        },
        "description": order.description[:LONGEST_DESCRIPTION],
        "metadata": {
            "payment_id": str(order.payment_id),
            "refund_id": str(order.refund_id),
        },
    }
    return asked | ({"receipt": receipt(order.receipt)} if order.receipt else {})


def repayment(document: Mapping[str, Any]) -> Repayment:
    """Raises ``NotUnderstood``, never anything else."""
    try:
        return read(document)
    except MALFORMED as error:
        raise NotUnderstood(f"{type(error).__name__}: {error}") from error


def read(document: Mapping[str, Any]) -> Repayment:
    canceled = document.get("cancellation_details", {})
    status = one_of(RepaymentStatus, document["status"])
    return Repayment(
        ref=str(document["id"]),
        status=cast("RepaymentStatus", status),
        amount=money(document["amount"]),
        refund_id=our_id(document.get("metadata", {}).get("refund_id")),
        charge_ref=str(document["payment_id"]),
        created_at=datetime.fromisoformat(document["created_at"]),
        reason=canceled.get("reason"),
        party=canceled.get("party"),
        receipt_registration=document.get("receipt_registration"),
    )
