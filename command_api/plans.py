"""Commands on plans."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, Field

from command_api.dependencies import Accepted, Body, Desk, desk, new_id
from command_api.money import Amount
from command_api.security import Holder
from domain.kernel.values import Interval, Names, PlanId
from domain.plan.commands import (
    AddPlan,
    ArchivePlan,
    RepricePlan,
    RepriceSubscribers,
    SetPlanStreams,
    SetPlanTrial,
)

router = APIRouter(prefix="/plans", tags=["plans"])

Editor = Annotated[Desk, Depends(desk(Holder("plans:edit")))]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Percent = Annotated[int, Field(ge=0, le=99)]

VAT = 22


class NamesBody(Body):
    ru: Name
    en: Name


class IntervalBody(Body):
    unit: Literal["day", "week", "month", "year"]
    count: Annotated[int, Field(ge=1, le=366)] = 1


class PriceBody(Body):
    """VAT is inside the price."""

    price: Amount
    vat_percent: Percent = VAT


class PlanBody(PriceBody):
    names: NamesBody
    interval: IntervalBody


class SubscriberPricesBody(Body):
    migrate_at: AwareDatetime


class StreamsBody(Body):
    streams: Annotated[int, Field(ge=1, le=20)]


class TrialBody(Body):
    days: Annotated[int, Field(ge=0, le=90)]


@router.post("", status_code=201, summary="Put a plan on sale")
def add_plan(body: PlanBody, editor: Editor) -> Accepted:
    command = AddPlan(
        plan_id=PlanId(new_id()),
        names=Names(ru=body.names.ru, en=body.names.en),
        interval=Interval(body.interval.unit, body.interval.count),
        price=body.price.money(),
        vat_percent=body.vat_percent,
        now=editor.services.clock(),
    )
    return editor.send(command, "plans")


@router.post("/{plan_id}/prices", summary="Change the price for new subscribers")
def reprice_plan(plan_id: UUID, body: PriceBody, editor: Editor) -> Accepted:
    command = RepricePlan(
        plan_id=PlanId(plan_id),
        price=body.price.money(),
        vat_percent=body.vat_percent,
        now=editor.services.clock(),
    )
    return editor.send(command, "plans")


@router.post("/{plan_id}/streams", summary="On how many devices one may watch")
def set_plan_streams(plan_id: UUID, body: StreamsBody, editor: Editor) -> Accepted:
    """At once, with this plan; for those who have it, too."""
    command = SetPlanStreams(
        plan_id=PlanId(plan_id), streams=body.streams, now=editor.services.clock()
    )
    return editor.send(command, "plans")


@router.post("/{plan_id}/trial", summary="How many days are free at first")
def set_plan_trial(plan_id: UUID, body: TrialBody, editor: Editor) -> Accepted:
    """For whoever subscribes from now on and never had a trial; 0 for none."""
    command = SetPlanTrial(
        plan_id=PlanId(plan_id), days=body.days, now=editor.services.clock()
    )
    return editor.send(command, "plans")


@router.post("/{plan_id}/subscriber-prices", summary="Move subscribers to the price")
def reprice_subscribers(
    plan_id: UUID, body: SubscriberPricesBody, editor: Editor
) -> Accepted:
    """To the price that is on sale: at their first renewal from that day on, which is
    30 days ahead at least. They are told now, by letter, and may cancel until then.
    """
    command = RepriceSubscribers(
        plan_id=PlanId(plan_id), migrate_at=body.migrate_at, now=editor.services.clock()
    )
    return editor.send(command, "plans")


@router.post("/{plan_id}/archive", summary="Take a plan off sale")
def archive_plan(plan_id: UUID, editor: Editor) -> Accepted:
    command = ArchivePlan(plan_id=PlanId(plan_id), now=editor.services.clock())
    return editor.send(command, "plans")
