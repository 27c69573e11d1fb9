"""What is on sale, and what has been."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import Interval, Money, Names
from domain.plan.events import (
    USUAL_STREAMS,
    PlanAdded,
    PlanArchived,
    PlanEvent,
    PlanRepriced,
    PlanStreamsSet,
    PlanTrialSet,
    SubscribersRepriced,
)
from projections.projection import Lookup, Projection, View
from projections.rows import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    plan_id: UUID
    names: Names
    interval: Interval
    price: Money
    vat_percent: int
    price_version: int
    #: On how many devices its subscribers may watch at once.
    streams: int = USUAL_STREAMS
    #: Free at first, for whoever never had a trial.
    trial_days: int = 0
    on_sale: bool
    added_at: datetime
    #: The version of the price that subscribers are moved to, and not before when.
    moving_to: int | None = None
    moving_at: datetime | None = None


class PlansView(View, Protocol):
    def on_sale(self) -> Sequence[PlanRow]:
        """The cheapest first."""
        ...

    def get(self, plan_id: UUID) -> PlanRow | None: ...


def keys(recorded: Recorded[PlanEvent], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.plan_id,)


def evolve(
    row: PlanRow | None, recorded: Recorded[PlanEvent], _rows: Mapping[UUID, PlanRow]
) -> PlanRow | None:
    match recorded.payload:
        case PlanAdded() as event:
            return PlanRow(
                plan_id=event.plan_id,
                names=event.names,
                interval=event.interval,
                price=event.price,
                vat_percent=event.vat_percent,
                price_version=1,
                on_sale=True,
                added_at=event.added_at,
            )
        case PlanRepriced() as event:
            return row and replace(
                row,
                price=event.price,
                vat_percent=event.vat_percent,
                price_version=event.price_version,
            )
        case PlanStreamsSet(streams=streams):
            return row and replace(row, streams=streams)
        case PlanTrialSet(days=days):
            return row and replace(row, trial_days=days)
        case SubscribersRepriced(terms=terms, migrate_at=at):
            moving_to = terms.price_version
            return row and replace(row, moving_to=moving_to, moving_at=at)
        case PlanArchived():
            return row and replace(row, on_sale=False)
        case _:
            assert_never(recorded.payload)


plans: Projection[Any, PlanRow] = Projection(
    name="plans", facts=members(PlanEvent), keys=keys, evolve=evolve, locality="stream"
)
