"""Money that goes back, for those of staff who may see it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from projections.refunds import RefundRow, RefundsView
from query_api.caching import personal
from query_api.dependencies import found, level
from query_api.money import Amount, amount_of
from query_api.security import Holder

router = APIRouter(
    prefix="/refunds",
    tags=["payments"],
    dependencies=[Depends(personal), Depends(Holder("payments:read"))],
)

Refunds = Annotated[RefundsView, Depends(level(lambda seen: seen.refunds))]


class RefundOut(BaseModel):
    id: UUID
    payment_id: UUID
    subscription_id: UUID
    amount: Amount
    status: str
    requested_at: datetime
    settled_at: datetime | None


class StaffRefundOut(RefundOut):
    account_id: UUID
    invoice_id: UUID
    gateway: str
    cause: str
    reason: str
    ref: str | None
    cancel_reason: str | None
    retried_by: UUID | None
    #: Why a person has to look at it.
    attention: str | None


class Attention(BaseModel):
    items: list[StaffRefundOut]
    next_cursor: None = None
    total_estimate: int


@router.get("/attention", summary="Refunds that a person has to see to")
def list_attention(refunds: Refunds) -> Attention:
    items = [shown_to_staff(row) for row in refunds.needing_attention()]
    return Attention(items=items, total_estimate=len(items))


@router.get("/{refund_id}", summary="One refund")
def read_refund(refund_id: UUID, refunds: Refunds) -> StaffRefundOut:
    return shown_to_staff(found(refunds.get(refund_id)))


def shown(row: RefundRow) -> RefundOut:
    return RefundOut(
        id=row.refund_id,
        payment_id=row.payment_id,
        subscription_id=row.subscription_id,
        amount=amount_of(row.amount),
        status=row.status,
        requested_at=row.requested_at,
        settled_at=row.settled_at,
    )


def shown_to_staff(row: RefundRow) -> StaffRefundOut:
    return StaffRefundOut(
        **shown(row).model_dump(),
        account_id=row.account_id,
        invoice_id=row.invoice_id,
        gateway=row.gateway,
        cause=row.cause,
        reason=row.reason,
        ref=row.ref,
        cancel_reason=row.cancel_reason,
        retried_by=row.retried_by,
        attention=row.attention,
    )
