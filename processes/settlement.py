"""From the money to what it was for, and from what is over to the money not wanted."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from domain.billing_ids import invoice_of, payment_of
from domain.invoice.commands import (
    MarkUncollectible,
    PayInvoice,
    ReportUnexpectedPayment,
    VoidInvoice,
)
from domain.invoice.events import InvoicePaid
from domain.payment.commands import ClosePayment
from domain.payment.events import PaymentClosed, PaymentSucceeded
from domain.subscription.commands import ConfirmPeriod
from domain.subscription.events import (
    SubscriptionCanceled,
    SubscriptionExpired,
    SubscriptionPaidLate,
)

Ended: TypeAlias = SubscriptionCanceled | SubscriptionExpired
Settling: TypeAlias = (
    PaymentSucceeded | InvoicePaid | PaymentClosed | Ended | SubscriptionPaidLate
)
Settlement: TypeAlias = (
    PayInvoice
    | ConfirmPeriod
    | VoidInvoice
    | MarkUncollectible
    | ClosePayment
    | ReportUnexpectedPayment
)


def settle(fact: Settling) -> Sequence[Settlement]:
    match fact:
        case PaymentSucceeded(succeeded_at=now):
            return (
                PayInvoice(
                    invoice_id=fact.invoice_id,
                    payment_id=fact.payment_id,
                    paid_at=now,
                    now=now,
                ),
            )
        case InvoicePaid(paid_at=now):
            return (
                ConfirmPeriod(
                    subscription_id=fact.subscription_id,
                    invoice_id=fact.invoice_id,
                    period_no=fact.period_no,
                    paid_at=now,
                    now=now,
                ),
            )
        case PaymentClosed():
            return (write_off(fact),)
        case SubscriptionCanceled() | SubscriptionExpired():
            return stop_charging(fact)
        case SubscriptionPaidLate(invoice_id=id_, paid_at=now):
            return (ReportUnexpectedPayment(invoice_id=id_, now=now),)
        case _:
            assert_never(fact)


def write_off(fact: PaymentClosed) -> VoidInvoice | MarkUncollectible:
    match fact.reason:
        case "abandoned" | "canceled" | "declined" as reason:
            return VoidInvoice(
                invoice_id=fact.invoice_id, reason=reason, now=fact.closed_at
            )
        case "uncollectible":
            return MarkUncollectible(invoice_id=fact.invoice_id, now=fact.closed_at)
        case _:
            assert_never(fact.reason)


def stop_charging(fact: Ended) -> Sequence[ClosePayment]:
    """Whoever has gone is not charged, and not tried again."""
    if fact.invoice_id is None:
        return ()
    match fact:
        case SubscriptionCanceled(canceled_at=now):
            return (
                ClosePayment(
                    payment_id=payment_of(fact.invoice_id), reason="canceled", now=now
                ),
            )
        case SubscriptionExpired(expired_at=now):
            return (
                ClosePayment(
                    payment_id=payment_of(fact.invoice_id),
                    reason="uncollectible",
                    now=now,
                ),
            )
        case _:
            assert_never(fact)


def is_about_first(fact: Ended | SubscriptionPaidLate) -> bool:
    return fact.invoice_id == invoice_of(fact.subscription_id, 0, "first")
