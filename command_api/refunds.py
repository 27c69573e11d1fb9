"""Paying back: for those of staff who may."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field

from command_api.dependencies import Accepted, Body, Desk, desk
from command_api.money import Amount
from command_api.security import Holder
from domain.billing_ids import refund_of
from domain.kernel.values import PaymentId, RefundId
from domain.payment.refund_commands import ReserveRefund

router = APIRouter(prefix="/payments", tags=["payments"])

Cashier = Annotated[Desk, Depends(desk(Holder("payments:refund"), needs_key=True))]

LONGEST_REASON = 250


class RefundBody(Body):
    amount: Annotated[
        Amount | None, Field(description="Without: all that is left of the payment.")
    ] = None
    reason: Annotated[
        str, Field(min_length=1, max_length=LONGEST_REASON, pattern=r"^[^\r\n]*$")
    ]
    access: Annotated[
        Literal["policy", "ends", "stays"],
        Field(
            description="Whether access ends with it. By policy it does if all of the "
            "payment for the current period is paid back."
        ),
    ] = "policy"
    retry_of: Annotated[
        UUID | None, Field(description="The failed refund instead of which it is made.")
    ] = None


@router.post("/{payment_id}/refunds", status_code=201, summary="Pay money back")
def refund(payment_id: UUID, body: RefundBody, cashier: Cashier) -> Accepted:
    """It is sent to the gateway in a moment. Who pays gets a letter when it is done."""
    payment = PaymentId(payment_id)
    refund_id = refund_of(payment, cashier.metadata.message_id)
    command = ReserveRefund(
        payment_id=payment,
        refund_id=refund_id,
        amount=body.amount.money() if body.amount else None,
        reason=body.reason,
        access=body.access,
        retry_of=RefundId(body.retry_of) if body.retry_of else None,
        now=cashier.now(),
    )
    return cashier.because(body.reason).send(command, "refunds", refund_id)
