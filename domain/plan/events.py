"""What happens to a plan."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import Interval, Money, Names, PlanId, Terms

#: On how many devices at once, as long as nobody has said otherwise.
USUAL_STREAMS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAdded:
    """Its price has version 1. VAT is inside the price."""

    plan_id: PlanId
    names: Names
    interval: Interval
    price: Money
    vat_percent: int
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRepriced:
    """For whoever subscribes from now on; subscribers keep the price they have."""

    plan_id: PlanId
    price_version: int
    price: Money
    vat_percent: int
    repriced_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanArchived:
    """No longer on sale. Subscribers keep it."""

    plan_id: PlanId
    archived_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStreamsSet:
    """On so many devices its subscribers may watch at once, from now on."""

    plan_id: PlanId
    streams: int
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTrialSet:
    """So many days whoever subscribes from now on, and never had a trial, has free."""

    plan_id: PlanId
    days: int
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribersRepriced:
    """Who has it moves to this price: at the first boundary from that day on."""

    plan_id: PlanId
    terms: Terms
    migrate_at: datetime
    scheduled_at: datetime


PlanEvent: TypeAlias = (
    PlanAdded
    | PlanRepriced
    | PlanStreamsSet
    | PlanTrialSet
    | SubscribersRepriced
    | PlanArchived
)
