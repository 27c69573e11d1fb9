"""What can be asked of a plan."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import Interval, Money, Names, PlanId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPlan:
    plan_id: PlanId
    names: Names
    interval: Interval
    price: Money
    vat_percent: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RepricePlan:
    plan_id: PlanId
    price: Money
    vat_percent: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePlan:
    plan_id: PlanId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlanStreams:
    plan_id: PlanId
    streams: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlanTrial:
    """None: 0 days."""

    plan_id: PlanId
    days: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RepriceSubscribers:
    """To the price that is on sale now."""

    plan_id: PlanId
    migrate_at: datetime
    now: datetime


PlanCommand: TypeAlias = (
    AddPlan
    | RepricePlan
    | SetPlanStreams
    | SetPlanTrial
    | RepriceSubscribers
    | ArchivePlan
)
