"""A charge as YooKassa wants to be asked for it."""

import json
from typing import Any

from yookassa.domain.request import PaymentRequest

from infra.gateways.yookassa.receipts import decimal, receipt
from processes.ports import ChargeOrder

LONGEST_DESCRIPTION = 128


def written(order: ChargeOrder) -> str:
    """Built and checked by the SDK once; from then on it is this text.

    A later SDK may write the same request differently, and then the provider would
    take a repetition for a new request under an old key.
    """
    request = PaymentRequest(parameters(order))
    request.validate()
    return json.dumps(dict(request), sort_keys=True, ensure_ascii=False)


def without_saving(request: str) -> str:
    asked = json.loads(request)
    asked["save_payment_method"] = False
    return json.dumps(asked, sort_keys=True, ensure_ascii=False)


def parameters(order: ChargeOrder) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "amount": {
            "value": decimal(order.amount),
            "currency": order.amount.currency,
        },
        "capture": True,
        "description": order.description[:LONGEST_DESCRIPTION],
        "merchant_customer_id": str(order.account_id),
        "metadata": {
            "payment_id": str(order.payment_id),
            "attempt_id": str(order.attempt_id),
        },
    }
    if order.receipt is not None:
        asked["receipt"] = receipt(order.receipt)
    if order.method_ref is not None:
        return asked | {"payment_method_id": order.method_ref}
    confirmation = {"type": "redirect", "return_url": order.return_url}
    return asked | {
        "confirmation": confirmation,
        "save_payment_method": order.save_method,
    }
