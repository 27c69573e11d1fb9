"""A subscriber's own pauses."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime

from command_api.dependencies import Accepted, Body, Desk, desk
from command_api.security import SignedIn
from command_api.subscriptions import COLLECTION
from domain.kernel.values import AccountId, SubscriptionId
from domain.subscription.standing_commands import (
    PauseSubscription,
    ResumeSubscription,
    RevokePause,
)

router = APIRouter(prefix="/subscriptions/{subscription_id}", tags=["subscriptions"])

Own = Annotated[Desk, Depends(desk(SignedIn()))]


class PauseBody(Body):
    """Without ``resume_at`` it lasts until it is ended."""

    at: Literal["period_end", "now"] = "period_end"
    resume_at: AwareDatetime | None = None


@router.post("/pause", summary="Pause a subscription")
def pause(subscription_id: UUID, body: PauseBody, own: Own) -> Accepted:
    """At once, and the rest of the period is kept; or at its end."""
    command = PauseSubscription(
        subscription_id=SubscriptionId(subscription_id),
        account_id=AccountId(own.caller.account_id),
        at=body.at,
        resume_at=body.resume_at,
        now=own.services.clock(),
    )
    return own.send(command, COLLECTION)


@router.delete("/pause", summary="Do not pause it after all")
def revoke_pause(subscription_id: UUID, own: Own) -> Accepted:
    command = RevokePause(
        subscription_id=SubscriptionId(subscription_id),
        account_id=AccountId(own.caller.account_id),
        now=own.services.clock(),
    )
    return own.send(command, COLLECTION)


@router.post("/resumption", summary="Go on after a pause")
def resume(subscription_id: UUID, own: Own) -> Accepted:
    """With what was left; if that is nothing, the next period is to be paid for."""
    command = ResumeSubscription(
        subscription_id=SubscriptionId(subscription_id),
        account_id=AccountId(own.caller.account_id),
        now=own.services.clock(),
    )
    return own.send(command, COLLECTION)
