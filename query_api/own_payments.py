"""A payer's own payments."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from projections.payments import PaymentRow, PaymentsView
from query_api.caching import personal
from query_api.dependencies import found, level
from query_api.money import Amount, amount_of
from query_api.plans import NamesOut
from query_api.refunds import RefundOut, Refunds
from query_api.refunds import shown as refund_shown
from query_api.security import Principal, SignedIn

router = APIRouter(prefix="/me/payments", tags=["me"], dependencies=[Depends(personal)])

Caller = Annotated[Principal, Depends(SignedIn())]
Payments = Annotated[PaymentsView, Depends(level(lambda seen: seen.payments))]


class PaymentOut(BaseModel):
    id: UUID
    subscription_id: UUID
    invoice_id: UUID
    purpose: str
    description: NamesOut
    amount: Amount
    status: str
    gateway: str
    attempts: int
    confirmation_url: str | None
    #: Why the last attempt did not succeed; it can be made again.
    decline_reason: str | None
    paid_with: str | None
    opened_at: datetime
    settled_at: datetime | None
    #: How much of it has been paid back.
    refunded: Amount | None


class PaymentDetails(PaymentOut):
    refunds: list[RefundOut]


class PaymentPage(BaseModel):
    items: list[PaymentOut]
    next_cursor: None = None
    total_estimate: int


@router.get("", summary="My payments, the newest first")
def list_payments(caller: Caller, payments: Payments) -> PaymentPage:
    items = [shown(row) for row in payments.of_account(caller.account_id)]
    return PaymentPage(items=items, total_estimate=len(items))


@router.get("/{payment_id}", summary="One of my payments")
def read_payment(
    payment_id: UUID, caller: Caller, payments: Payments, refunds: Refunds
) -> PaymentDetails:
    row = payments.get(payment_id)
    own = found(row if row and row.account_id == caller.account_id else None)
    back = [refund_shown(each) for each in refunds.of_payment(payment_id)]
    return PaymentDetails(**shown(own).model_dump(), refunds=back)


def shown(row: PaymentRow) -> PaymentOut:
    return PaymentOut(
        id=row.payment_id,
        subscription_id=row.subscription_id,
        invoice_id=row.invoice_id,
        purpose=row.purpose,
        description=NamesOut(ru=row.names.ru, en=row.names.en),
        amount=amount_of(row.amount),
        status=row.status,
        gateway=row.gateway,
        attempts=row.attempts,
        confirmation_url=row.confirmation_url,
        decline_reason=row.decline_reason,
        paid_with=row.paid_with,
        opened_at=row.opened_at,
        settled_at=row.settled_at,
        refunded=amount_of(row.refunded) if row.refunded else None,
    )
