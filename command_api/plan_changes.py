"""A subscriber's commands on the plan that they have."""

from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException
from pydantic import Field

from command_api.dependencies import Accepted, Body, Desk, desk
from command_api.security import SignedIn
from domain.kernel.errors import VersionMismatch
from domain.kernel.values import AccountId, PlanId, SubscriptionId
from domain.subscription.change_commands import (
    ChangePlan,
    RevokePlanChange,
    SchedulePlanChange,
)

router = APIRouter(prefix="/subscriptions", tags=["subscriptions"])

Own = Annotated[Desk, Depends(desk(SignedIn()))]
Payer = Annotated[Desk, Depends(desk(SignedIn(), needs_key=True))]

COLLECTION = "me/subscriptions"


class PreviewNeeded(HTTPException):
    code = "preview-needed"

    def __init__(self) -> None:
        super().__init__(
            422, "For a change at once, ask for a preview, and send its token."
        )


class PreviewOutOfDate(HTTPException):
    code = "preview-stale"

    def __init__(self) -> None:
        super().__init__(
            409, "What was shown does not hold any more: ask for another preview."
        )


class PlanChangeBody(Body):
    plan_id: UUID
    at: Literal["now", "period_end"] = "period_end"
    #: Of the preview; it is charged what that has shown.
    token: Annotated[str | None, Field(max_length=2_000)] = None


@router.post("/{subscription_id}/plan-change", summary="Change the plan")
def change_plan(subscription_id: UUID, body: PlanChangeBody, payer: Payer) -> Accepted:
    """At once, it is changed when the preview's amount is paid; otherwise nothing is
    charged before the next period.
    """
    if body.at == "period_end":
        return payer.send(scheduled(subscription_id, body, payer), COLLECTION)
    if body.token is None:
        raise PreviewNeeded
    account_id = AccountId(payer.caller.account_id)
    subscription = SubscriptionId(subscription_id)
    promise = payer.services.plan_changes.promised(
        body.token, account_id, subscription, PlanId(body.plan_id)
    )
    command = ChangePlan(
        subscription_id=subscription,
        account_id=account_id,
        change_id=payer.metadata.message_id,
        terms=promise.terms,
        amount=promise.amount,
        effective_at=promise.effective_at,
        now=payer.now(),
    )
    try:
        seen = replace(payer, expected_version=promise.version)
        return seen.send(command, COLLECTION)
    except VersionMismatch as error:
        raise PreviewOutOfDate from error


def scheduled(
    subscription_id: UUID, body: PlanChangeBody, payer: Desk
) -> SchedulePlanChange:
    return SchedulePlanChange(
        subscription_id=SubscriptionId(subscription_id),
        account_id=AccountId(payer.caller.account_id),
        terms=payer.services.sales.offer(PlanId(body.plan_id)),
        now=payer.now(),
    )


@router.delete(
    "/{subscription_id}/plan-change", summary="Keep the plan, not change it after all"
)
def revoke_plan_change(subscription_id: UUID, own: Own) -> Accepted:
    """What was scheduled for the next period is not to be."""
    command = RevokePlanChange(
        subscription_id=SubscriptionId(subscription_id),
        account_id=AccountId(own.caller.account_id),
        now=own.now(),
    )
    return own.send(command, COLLECTION)
