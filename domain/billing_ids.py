"""Ids that follow from what a thing is, so that making it twice makes it once."""

from datetime import date
from typing import Literal
from uuid import UUID, uuid5

from domain.kernel.values import (
    CreditNoteId,
    InvoiceId,
    PaymentId,
    PaymentMethodId,
    PromoCodeId,
    RefundId,
    SubscriptionId,
)

CINEMA = UUID("6c1b9a52-64a1-5c0e-9f0e-0d6f6f0b6a10")


def invoice_of(
    subscription_id: SubscriptionId, period_no: int, kind: Literal["first", "renewal"]
) -> InvoiceId:
    return InvoiceId(uuid5(CINEMA, f"inv:{subscription_id}:{period_no}:{kind}"))


def change_invoice(
    subscription_id: SubscriptionId, period_no: int, change_id: UUID
) -> InvoiceId:
    return InvoiceId(
        uuid5(CINEMA, f"inv:{subscription_id}:{period_no}:plan_change:{change_id}")
    )


def promo_code_of(code: str) -> PromoCodeId:
    """``code`` as it is kept: in capitals, without spaces around it."""
    return PromoCodeId(uuid5(CINEMA, f"promo:{code}"))


def payment_of(invoice_id: InvoiceId) -> PaymentId:
    return PaymentId(uuid5(CINEMA, f"payment:{invoice_id}"))


def attempt_of(payment_id: PaymentId, attempt_no: int) -> UUID:
    return uuid5(CINEMA, f"attempt:{payment_id}:{attempt_no}")


def charge_key(invoice_id: InvoiceId, attempt_no: int, gateway: str) -> UUID:
    """What the gateway knows a charge by when it is asked for it again."""
    return uuid5(CINEMA, f"charge:{invoice_id}:{attempt_no}:{gateway}")


def method_of(gateway: str, ref: str) -> PaymentMethodId:
    return PaymentMethodId(uuid5(CINEMA, f"method:{gateway}:{ref}"))


def difference_of(gateway: str, day: date, ref: str, kind: str) -> UUID:
    return uuid5(CINEMA, f"difference:{gateway}:{day}:{ref}:{kind}")


def refund_of(payment_id: PaymentId, request: UUID | str) -> RefundId:
    """``request`` is what asked for it: asked twice, it is the same refund."""
    return RefundId(uuid5(CINEMA, f"refund:{payment_id}:{request}"))


def refund_key(refund_id: RefundId) -> UUID:
    """What the gateway knows a refund by when it is asked for it again."""
    return uuid5(CINEMA, f"refund:{refund_id}")


def credit_note_of(refund_id: RefundId) -> CreditNoteId:
    return CreditNoteId(uuid5(CINEMA, f"credit:{refund_id}"))
