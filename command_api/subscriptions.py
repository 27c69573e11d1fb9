"""Commands of a subscriber on what is theirs."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException

from command_api.dependencies import (
    Accepted,
    Body,
    Desk,
    desk,
    new_id,
)
from command_api.promo_codes import Code
from command_api.promotions import promoted
from command_api.security import SignedIn
from domain.kernel.values import AccountId, Money, PlanId, SubscriptionId, Terms
from domain.money import decimal
from domain.subscriber.commands import ClaimSubscriber
from domain.subscription.commands import (
    CancelSubscription,
    RevokeCancellation,
    SetAutoRenewal,
)

router = APIRouter(prefix="/subscriptions", tags=["subscriptions"])

Own = Annotated[Desk, Depends(desk(SignedIn()))]
Payer = Annotated[Desk, Depends(desk(SignedIn(), needs_key=True))]

COLLECTION = "me/subscriptions"


class GatewayNotOffered(HTTPException):
    code = "gateway-not-offered"

    def __init__(self) -> None:
        super().__init__(422, "Payments are not taken through this gateway.")


class PriceNotTaken(HTTPException):
    code = "price-not-taken"

    def __init__(self, price: Money, gateway: str | None) -> None:
        amount = f"{decimal(price)} {price.currency}"
        if gateway is None:
            detail = f"No gateway here takes {amount}. Choose another plan."
        else:
            detail = f"{gateway} does not take {amount} from you. Leave it out."
        super().__init__(422, detail)


class OrderBody(Body):
    plan_id: UUID
    gateway: str | None = None
    auto_renew: bool = True
    #: Without: paid for at once, though there be a trial.
    trial: bool = True
    promo_code: Code | None = None


class CancellationBody(Body):
    at: Literal["period_end", "now"] = "period_end"


class RenewalBody(Body):
    enabled: bool


@router.post("", status_code=201, summary="Subscribe")
def subscribe(body: OrderBody, own: Payer) -> Accepted:
    """The checkout follows: its address is in the subscription, for the payer.

    Where the plan has a trial, and the caller never had one, there is nothing to pay.
    """
    id_ = own.metadata.follow("claim")
    with promoted(claim_of(body, own), body.promo_code, own) as claim:
        own.services.dispatch(claim, id_, fingerprint=own.fingerprint)
    order = own.services.sales.order(claim.account_id, id_.message_id)
    return own.send(order, COLLECTION)


def claim_of(body: OrderBody, own: Desk) -> ClaimSubscriber:
    sales, account_id = own.services.sales, AccountId(own.caller.account_id)
    plan_id = PlanId(body.plan_id)
    terms = sales.offer(plan_id)
    return ClaimSubscriber(
        account_id=account_id,
        subscription_id=SubscriptionId(new_id()),
        terms=terms,
        gateway=gateway_of(body, terms, own),
        time_zone=sales.time_zone(account_id),
        auto_renew=body.auto_renew,
        trial_days=sales.trial_days(plan_id) if body.trial else 0,
        now=own.services.clock(),
    )


def gateway_of(body: OrderBody, terms: Terms, own: Desk) -> str:
    sales = own.services.sales
    if not sales.gateways or (body.gateway and body.gateway not in sales.gateways):
        raise GatewayNotOffered
    found = sales.gateway(
        AccountId(own.caller.account_id),
        terms,
        recurring=body.auto_renew,
        wished=body.gateway,
        permissions=own.caller.permissions,
    )
    if found is None:
        raise PriceNotTaken(terms.price, body.gateway)
    return found


@router.post("/{subscription_id}/cancellation", summary="Cancel a subscription")
def cancel(subscription_id: UUID, body: CancellationBody, own: Own) -> Accepted:
    command = CancelSubscription(
        subscription_id=SubscriptionId(subscription_id),
        account_id=AccountId(own.caller.account_id),
        at=body.at,
        now=own.services.clock(),
    )
    return own.send(command, COLLECTION)


@router.delete("/{subscription_id}/cancellation", summary="Do not cancel it after all")
def revoke_cancellation(subscription_id: UUID, own: Own) -> Accepted:
    command = RevokeCancellation(
        subscription_id=SubscriptionId(subscription_id),
        account_id=AccountId(own.caller.account_id),
        now=own.services.clock(),
    )
    return own.send(command, COLLECTION)


@router.post("/{subscription_id}/renewal", summary="Renew it automatically, or not")
def set_renewal(subscription_id: UUID, body: RenewalBody, own: Own) -> Accepted:
    command = SetAutoRenewal(
        subscription_id=SubscriptionId(subscription_id),
        account_id=AccountId(own.caller.account_id),
        enabled=body.enabled,
        now=own.services.clock(),
    )
    return own.send(command, COLLECTION)
