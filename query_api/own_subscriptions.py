"""A subscriber's own subscriptions, and what they give access to."""

from asyncio import sleep
from datetime import datetime
from time import monotonic
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from projections.subscription_row import SubscriptionRow, SubscriptionsView
from query_api.caching import personal
from query_api.dependencies import LONGEST_WAIT, WAIT, Seen, found, level
from query_api.money import Amount, amount_of
from query_api.plans import IntervalOut, NamesOut
from query_api.previews import Agreed
from query_api.security import Principal, SignedIn

router = APIRouter(prefix="/me", tags=["me"], dependencies=[Depends(personal)])

Caller = Annotated[Principal, Depends(SignedIn())]
Subscriptions = Annotated[
    SubscriptionsView, Depends(level(lambda seen: seen.subscriptions))
]
PAUSE = 0.05


class PlanShown(BaseModel):
    """As it was agreed to: a price that has changed since is for others."""

    id: UUID
    names: NamesOut
    interval: IntervalOut
    price: Amount


class PeriodShown(BaseModel):
    number: int
    start: datetime
    end: datetime


class MethodShown(BaseModel):
    id: UUID
    title: str


class Checkout(BaseModel):
    """The payment that is waited for."""

    payment_id: UUID
    confirmation_url: str | None
    decline_reason: str | None


class ScheduledChange(BaseModel):
    plan: PlanShown
    at: datetime


class SubscriptionOut(BaseModel):
    id: UUID
    status: str
    plan: PlanShown
    auto_renew: bool
    started_at: datetime
    period: PeriodShown | None
    access_until: datetime | None
    #: When the trial ends, or has ended; null if there was none.
    trial_end: datetime | None
    cancel_at: datetime | None
    #: From when it will be paused, and when it goes on by itself.
    pause_at: datetime | None
    resume_at: datetime | None
    #: By staff: there is no access meanwhile.
    blocked: bool
    ended_at: datetime | None
    payment_method: MethodShown | None
    checkout: Checkout | None
    #: With the next period, or with a later one: another plan, another price.
    scheduled_change: ScheduledChange | None
    #: The plan that it will have once the payment of the checkout has come.
    changing_to: PlanShown | None


class SubscriptionPage(BaseModel):
    items: list[SubscriptionOut]
    next_cursor: None = None
    total_estimate: int


class Entitlement(BaseModel):
    subscription_id: UUID
    plan_id: UUID
    access_until: datetime


class Entitlements(BaseModel):
    has_access: bool
    items: list[Entitlement]


def asked_to_wait(prefer: Annotated[str, Header()] = "") -> float:
    """Only for somebody who asks for it (RFC 7240)."""
    asked = WAIT.search(prefer)
    return min(float(asked[1]), LONGEST_WAIT) if asked else 0.0


@router.get("/subscriptions", summary="My subscriptions, the newest first")
def list_subscriptions(
    caller: Caller, subscriptions: Subscriptions
) -> SubscriptionPage:
    rows = subscriptions.of_account(caller.account_id)
    items = [shown(row) for row in rows]
    return SubscriptionPage(items=items, total_estimate=len(items))


@router.get("/subscriptions/{subscription_id}", summary="One of my subscriptions")
async def read_subscription(
    subscription_id: UUID,
    caller: Caller,
    subscriptions: Subscriptions,
    seconds: Annotated[float, Depends(asked_to_wait)],
) -> SubscriptionOut:
    """``Prefer: wait=5`` waits for the address where a checkout is confirmed."""
    deadline = monotonic() + seconds
    while True:
        row = await run_in_threadpool(subscriptions.get, subscription_id)
        own = found(row if row and row.account_id == caller.account_id else None)
        if is_settled(own) or monotonic() + PAUSE > deadline:
            return shown(own)
        await sleep(PAUSE)


def is_settled(row: SubscriptionRow) -> bool:
    """There is nothing to be waited for."""
    is_asked = row.status == "incomplete" or (row.changing_to and not row.method)
    is_waiting = is_asked and row.decline_reason is None
    return not is_waiting or row.confirmation_url is not None


@router.get("/entitlements", summary="What I may watch, at this moment")
def read_entitlements(
    caller: Caller, subscriptions: Subscriptions, seen: Seen
) -> Entitlements:
    rows = subscriptions.entitling(caller.account_id, seen.clock())
    items = [
        Entitlement(
            subscription_id=row.subscription_id,
            plan_id=row.plan_id,
            access_until=row.promised_until,
        )
        for row in rows
        if row.promised_until
    ]
    return Entitlements(has_access=bool(items), items=items)


def shown(row: SubscriptionRow) -> SubscriptionOut:
    return SubscriptionOut(
        id=row.subscription_id,
        status=row.status,
        plan=plan_of(row.terms),
        auto_renew=row.auto_renew,
        started_at=row.started_at,
        period=period_of(row),
        access_until=row.promised_until,
        trial_end=row.trial_end,
        cancel_at=row.cancel_at,
        pause_at=row.pause_at,
        resume_at=row.resume_at,
        blocked=row.blocked_at is not None,
        ended_at=row.ended_at,
        payment_method=method_of(row),
        checkout=checkout_of(row),
        scheduled_change=scheduled_of(row),
        changing_to=plan_of(row.changing_to) if row.changing_to else None,
    )


def plan_of(terms: Agreed) -> PlanShown:
    return PlanShown(
        id=terms.plan_id,
        names=NamesOut(ru=terms.names.ru, en=terms.names.en),
        interval=IntervalOut(unit=terms.interval.unit, count=terms.interval.count),
        price=amount_of(terms.price),
    )


def scheduled_of(row: SubscriptionRow) -> ScheduledChange | None:
    if row.next_terms is None or row.next_terms_at is None:
        return None
    return ScheduledChange(plan=plan_of(row.next_terms), at=row.next_terms_at)


def period_of(row: SubscriptionRow) -> PeriodShown | None:
    if row.period_start is None or row.period_end is None or row.period_no < 0:
        return None
    return PeriodShown(number=row.period_no, start=row.period_start, end=row.period_end)


def method_of(row: SubscriptionRow) -> MethodShown | None:
    method = row.method
    if method is None:
        return None
    return MethodShown(id=method.payment_method_id, title=method.title)


def checkout_of(row: SubscriptionRow) -> Checkout | None:
    if row.payment_id is None:
        return None
    return Checkout(
        payment_id=row.payment_id,
        confirmation_url=row.confirmation_url,
        decline_reason=row.decline_reason,
    )
