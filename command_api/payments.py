"""Commands of a payer on what is theirs."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from command_api.dependencies import Accepted, Desk, desk
from command_api.security import SignedIn
from domain.kernel.values import AccountId, PaymentId, PaymentMethodId
from domain.payment.commands import RetryPayment
from domain.payment_method.commands import DetachPaymentMethod

router = APIRouter(tags=["payments"])

Own = Annotated[Desk, Depends(desk(SignedIn()))]
Payer = Annotated[Desk, Depends(desk(SignedIn(), needs_key=True))]


@router.post("/payments/{payment_id}/retry", summary="Pay again")
def retry(payment_id: UUID, own: Payer) -> Accepted:
    """After a decline. The payer is asked to confirm the new attempt."""
    command = RetryPayment(
        payment_id=PaymentId(payment_id),
        account_id=AccountId(own.caller.account_id),
        now=own.services.clock(),
    )
    return own.send(command, "me/payments")


@router.delete("/payment-methods/{payment_method_id}", summary="Forget a saved card")
def detach(payment_method_id: UUID, own: Own) -> Accepted:
    """It is never charged again."""
    command = DetachPaymentMethod(
        payment_method_id=PaymentMethodId(payment_method_id),
        account_id=AccountId(own.caller.account_id),
        now=own.services.clock(),
    )
    return own.send(command, "me/payment-methods")
