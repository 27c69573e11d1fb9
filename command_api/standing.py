"""What staff does with subscriptions. Always for a reason, kept in the history."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException
from pydantic import AwareDatetime, Field

from command_api.accounts import must_exist
from command_api.dependencies import Accepted, Body, Desk, desk, new_id
from command_api.security import Holder
from command_api.subscriptions import PriceNotTaken
from domain.kernel.values import AccountId, PlanId, SubscriptionId
from domain.subscriber.commands import ClaimSubscriber
from domain.subscription.commands import CancelSubscription
from domain.subscription.standing_commands import (
    BlockSubscription,
    GrantFreeTime,
    UnblockSubscription,
)
from domain.subscription.trial_commands import RescheduleTrial

router = APIRouter(tags=["subscriptions"])

ONE = "/subscriptions/{subscription_id}"
COLLECTION = "subscriptions"
MANAGING = Holder("subscriptions:manage")


class ReasonMissing(HTTPException):
    code = "reason-missing"

    def __init__(self) -> None:
        super().__init__(400, "Say why, in the header Cinema-Reason.")


def reasoned(staff: Annotated[Desk, Depends(desk(MANAGING))]) -> Desk:
    if staff.metadata.reason is None:
        raise ReasonMissing
    return staff


def reasoned_once(
    staff: Annotated[Desk, Depends(desk(MANAGING, needs_key=True))],
) -> Desk:
    return reasoned(staff)


Staff = Annotated[Desk, Depends(reasoned)]
Giver = Annotated[Desk, Depends(reasoned_once)]
Days = Annotated[int, Field(ge=1, le=366)]


class DaysBody(Body):
    days: Days


class GiftBody(DaysBody):
    plan_id: UUID


class EndBody(Body):
    ends_at: AwareDatetime


class CancellationBody(Body):
    at: Literal["period_end", "now"]


@router.post(ONE + "/block", summary="Block a subscription")
def block(subscription_id: UUID, staff: Staff) -> Accepted:
    """Access is off at once. Its time goes on, and nothing is charged."""
    command = BlockSubscription(
        subscription_id=SubscriptionId(subscription_id), now=staff.now()
    )
    return staff.send(command, COLLECTION)


@router.post(ONE + "/unblock", summary="Unblock a subscription")
def unblock(subscription_id: UUID, staff: Staff) -> Accepted:
    """If its period has ended meanwhile, the next one begins now, with the money."""
    command = UnblockSubscription(
        subscription_id=SubscriptionId(subscription_id), now=staff.now()
    )
    return staff.send(command, COLLECTION)


@router.post(ONE + "/free-time", summary="Give time away")
def grant_free_time(subscription_id: UUID, body: DaysBody, staff: Staff) -> Accepted:
    """The period ends so many days later, and what follows is counted from there.

    With an ``Idempotency-Key`` or ``If-Match``, asking twice gives once.
    """
    command = GrantFreeTime(
        subscription_id=SubscriptionId(subscription_id),
        days=body.days,
        now=staff.now(),
    )
    return staff.send(command, COLLECTION)


@router.post(ONE + "/staff-cancellation", summary="Cancel somebody's subscription")
def cancel(subscription_id: UUID, body: CancellationBody, staff: Staff) -> Accepted:
    command = CancelSubscription(
        subscription_id=SubscriptionId(subscription_id), at=body.at, now=staff.now()
    )
    return staff.send(command, COLLECTION)


@router.post(ONE + "/trial", summary="Move the end of a trial")
def reschedule_trial(subscription_id: UUID, body: EndBody, staff: Staff) -> Accepted:
    """Not later than now: it ends at once."""
    command = RescheduleTrial(
        subscription_id=SubscriptionId(subscription_id),
        trial_end=body.ends_at,
        now=staff.now(),
    )
    return staff.send(command, COLLECTION)


@router.post(
    "/accounts/{account_id}/subscriptions",
    status_code=201,
    summary="Give somebody a subscription",
)
def give(account_id: UUID, body: GiftBody, staff: Giver) -> Accepted:
    """For so many days, for nothing. It ends with them unless it is paid for."""
    must_exist(account_id, staff)
    sales, receiver = staff.services.sales, AccountId(account_id)
    claim_id, terms = staff.metadata.follow("claim"), sales.offer(PlanId(body.plan_id))
    gateway = sales.gateway(
        receiver, terms, recurring=True, wished=None, permissions=frozenset()
    )
    if gateway is None:
        raise PriceNotTaken(terms.price, None)
    claim = ClaimSubscriber(
        account_id=receiver,
        subscription_id=SubscriptionId(new_id()),
        terms=terms,
        gateway=gateway,
        time_zone=sales.time_zone(receiver),
        auto_renew=False,
        trial_days=body.days,
        granted=True,
        now=staff.now(),
    )
    staff.services.dispatch(claim, claim_id, fingerprint=staff.fingerprint)
    return staff.send(sales.order(receiver, claim_id.message_id), COLLECTION)
