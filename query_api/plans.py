"""What is on sale."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from projections.plans import PlanRow, PlansView
from query_api.caching import public
from query_api.dependencies import found, level
from query_api.money import Amount, amount_of
from query_api.security import Anyone

router = APIRouter(
    prefix="/plans", tags=["plans"], dependencies=[Depends(Anyone()), Depends(public)]
)

Plans = Annotated[PlansView, Depends(level(lambda seen: seen.plans))]


class NamesOut(BaseModel):
    ru: str
    en: str


class IntervalOut(BaseModel):
    unit: Literal["day", "week", "month", "year"]
    count: int


class PlanOut(BaseModel):
    """VAT is inside the price."""

    id: UUID
    names: NamesOut
    interval: IntervalOut
    price: Amount
    vat_percent: int
    #: On how many devices one may watch at once.
    streams: int
    #: Free at first, for whoever never had a trial.
    trial_days: int
    on_sale: bool


class PlanPage(BaseModel):
    items: list[PlanOut]
    next_cursor: None = None
    total_estimate: int


@router.get("", summary="The plans on sale, the cheapest first")
def list_plans(plans: Plans) -> PlanPage:
    items = [shown(row) for row in plans.on_sale()]
    return PlanPage(items=items, total_estimate=len(items))


@router.get("/{plan_id}", summary="One plan, on sale or not any more")
def read_plan(plan_id: UUID, plans: Plans) -> PlanOut:
    return shown(found(plans.get(plan_id)))


def shown(row: PlanRow) -> PlanOut:
    return PlanOut(
        id=row.plan_id,
        names=NamesOut(ru=row.names.ru, en=row.names.en),
        interval=IntervalOut(unit=row.interval.unit, count=row.interval.count),
        price=amount_of(row.price),
        vat_percent=row.vat_percent,
        streams=row.streams,
        trial_days=row.trial_days,
        on_sale=row.on_sale,
    )
