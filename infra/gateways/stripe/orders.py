"""A charge or a refund as Stripe wants to be asked for it: written once, for good.

The payer who is present is sent to a hosted Checkout page. Later charges need nobody:
they are payment intents, confirmed at once with the method that was saved there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from infra.gateways.stripe.client import VERSION
from processes.ports import ChargeOrder, RefundOrder

SESSIONS, INTENTS, REFUNDS = (
    "/v1/checkout/sessions",
    "/v1/payment_intents",
    "/v1/refunds",
)
LONGEST_DESCRIPTION = 250
#: Marks the intents of sessions: the session is what stands for such a charge.
ORIGIN, CHECKOUT = "origin", "checkout"
#: A saved method belongs to a customer, and is charged as theirs.
SEPARATOR = "/"
INTENT = "payment_intent"


@dataclass(frozen=True, slots=True)
class Written:
    """``form`` has the very names and values that are sent."""

    path: str
    form: Mapping[str, str]
    version: str

    @property
    def text(self) -> str:
        document = {"path": self.path, "form": self.form, "version": self.version}
        return json.dumps(document, sort_keys=True, ensure_ascii=False)


def read(request: str) -> Written:
    document = json.loads(request)
    return Written(document["path"], document["form"], document["version"])


def charge(order: ChargeOrder) -> Written:
    if order.method_ref is None:
        return Written(SESSIONS, present(order), VERSION)
    return Written(INTENTS, absent(order, order.method_ref), VERSION)


def present(order: ChargeOrder) -> Mapping[str, str]:
    ours, title = ids(order), order.description[:LONGEST_DESCRIPTION]
    item = "line_items[0][price_data]"
    asked = {
        "mode": "payment",
        "success_url": order.return_url,
        "cancel_url": order.return_url,
        "client_reference_id": str(order.account_id),
        "payment_method_types[0]": "card",
        "line_items[0][quantity]": "1",
        f"{item}[currency]": order.amount.currency.lower(),
        f"{item}[unit_amount]": str(order.amount.minor),
        f"{item}[product_data][name]": title,
        "payment_intent_data[description]": title,
        **within("metadata", ours),
        **within("payment_intent_data[metadata]", {**ours, ORIGIN: CHECKOUT}),
    }
    if not order.save_method:
        return asked
    saving = {
        "customer_creation": "always",
        "payment_intent_data[setup_future_usage]": "off_session",
    }
    return asked | saving


def absent(order: ChargeOrder, method_ref: str) -> Mapping[str, str]:
    customer, _, method = method_ref.rpartition(SEPARATOR)
    return {
        "amount": str(order.amount.minor),
        "currency": order.amount.currency.lower(),
        "confirm": "true",
        "off_session": "true",
        "payment_method": method,
        "payment_method_types[0]": "card",
        "description": order.description[:LONGEST_DESCRIPTION],
        "expand[0]": "payment_method",
        "expand[1]": "latest_charge.balance_transaction",
        **({"customer": customer} if customer else {}),
        **within("metadata", ids(order)),
    }


def refund(order: RefundOrder) -> Written:
    """Of a session, as long as nobody has asked which intent was paid through it."""
    ours = {"payment_id": str(order.payment_id), "refund_id": str(order.refund_id)}
    named = {**ours, "charge_ref": order.charge_ref}
    form = {
        INTENT: order.charge_ref,
        "amount": str(order.amount.minor),
        "reason": "requested_by_customer",
        **within("metadata", named),
    }
    return Written(REFUNDS, form, VERSION)


def ids(order: ChargeOrder) -> Mapping[str, str]:
    return {
        "payment_id": str(order.payment_id),
        "attempt_id": str(order.attempt_id),
    }


def within(name: str, values: Mapping[str, str]) -> Mapping[str, str]:
    return {f"{name}[{key}]": value for key, value in values.items()}
