"""Saved means of payment."""

from domain.payment_method.commands import (
    AttachPaymentMethod,
    DetachPaymentMethod,
    InvalidatePaymentMethod,
    UsePaymentMethod,
)
from domain.payment_method.events import (
    PaymentMethodAttached,
    PaymentMethodDetached,
    PaymentMethodInvalidated,
    PaymentMethodUsed,
)
from tests.examples import NOON, example
from tests.examples.billing import ACCOUNT, ATTEMPT, METHOD_ID, SUBSCRIPTION

ONE = {"payment_method_id": METHOD_ID}
WHOSE = ONE | {"account_id": ACCOUNT, "subscription_id": SUBSCRIPTION}
CARD = {"gateway": "memory", "ref": "m-1", "kind": "bank_card", "title": "Card *4444"}

attach = example(AttachPaymentMethod, **WHOSE, **CARD, now=NOON)
attached = example(PaymentMethodAttached, **WHOSE, **CARD, attached_at=NOON)
use = example(UsePaymentMethod, **ONE, attempt_id=ATTEMPT, now=NOON)
used = example(PaymentMethodUsed, **ONE, attempt_id=ATTEMPT, used_at=NOON)
detach = example(DetachPaymentMethod, **ONE, account_id=ACCOUNT, now=NOON)
detached = example(PaymentMethodDetached, **WHOSE, detached_at=NOON)
invalidate = example(InvalidatePaymentMethod, **ONE, reason="card_expired", now=NOON)
invalidated = example(
    PaymentMethodInvalidated, **WHOSE, reason="card_expired", invalidated_at=NOON
)
