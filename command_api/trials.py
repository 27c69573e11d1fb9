"""How whoever is on trial stays: pays ahead, or names a card that is saved already."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from command_api.dependencies import Accepted, Body, Desk, desk
from command_api.security import SignedIn
from command_api.subscriptions import COLLECTION
from domain.kernel.values import AccountId, PaymentMethodId, SubscriptionId
from domain.subscription.commands import SetMethod
from domain.subscription.trial_commands import OpenTrialCheckout

router = APIRouter(prefix="/subscriptions/{subscription_id}", tags=["subscriptions"])

Own = Annotated[Desk, Depends(desk(SignedIn()))]
Payer = Annotated[Desk, Depends(desk(SignedIn(), needs_key=True))]


class MethodBody(Body):
    payment_method_id: UUID


@router.post("/checkout", summary="Pay for the first period while the trial lasts")
def open_checkout(subscription_id: UUID, own: Payer) -> Accepted:
    """Its address is in the subscription, for the payer. What is paid for begins when
    the trial ends.
    """
    command = OpenTrialCheckout(
        subscription_id=SubscriptionId(subscription_id),
        account_id=AccountId(own.caller.account_id),
        now=own.services.clock(),
    )
    return own.send(command, COLLECTION)


@router.post("/payment-method", summary="Renew it with a card that is saved")
def set_method(subscription_id: UUID, body: MethodBody, own: Own) -> Accepted:
    """One of the caller's own, saved with a payment for another subscription."""
    account_id = AccountId(own.caller.account_id)
    method_id = PaymentMethodId(body.payment_method_id)
    command = SetMethod(
        subscription_id=SubscriptionId(subscription_id),
        account_id=account_id,
        method=own.services.sales.method(account_id, method_id),
        now=own.services.clock(),
    )
    return own.send(command, COLLECTION)
