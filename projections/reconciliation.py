"""Which days were held against the gateways' lists, and what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import Money
from domain.reconciliation.events import (
    GatewayDifferenceFound,
    GatewayDifferenceSettled,
    OrphanChargeFound,
    ReconciliationRun,
)
from projections.projection import Lookup, Projection
from projections.rows import replace

Fact: TypeAlias = GatewayDifferenceFound | OrphanChargeFound | GatewayDifferenceSettled


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayDifference:
    """``kind`` of an orphan is why it is one."""

    id: UUID
    gateway: str
    day: date
    kind: str
    ref: str
    payment_id: UUID | None
    ours: Money | None
    theirs: Money | None
    gateway_status: str | None
    found_at: datetime
    status: Literal["open", "settled"] = "open"
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciledDay:
    id: str
    gateway: str
    day: date
    checked: int
    differences: int
    run_at: datetime
    runs: int = 1


def keys(recorded: Recorded[Fact], _: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.difference_id,)


def evolve(
    row: GatewayDifference | None,
    recorded: Recorded[Fact],
    _: Mapping[UUID, GatewayDifference],
) -> GatewayDifference | None:
    match recorded.payload:
        case GatewayDifferenceFound() as fact:
            return GatewayDifference(
                id=fact.difference_id,
                gateway=fact.gateway,
                day=fact.day,
                kind=fact.kind,
                ref=fact.ref,
                payment_id=fact.payment_id,
                ours=fact.ours,
                theirs=fact.theirs,
                gateway_status=fact.status,
                found_at=fact.found_at,
            )
        case OrphanChargeFound() as fact:
            return GatewayDifference(
                id=fact.difference_id,
                gateway=fact.gateway,
                day=fact.day,
                kind=fact.reason,
                ref=fact.ref,
                payment_id=fact.payment_id,
                ours=None,
                theirs=fact.amount,
                gateway_status="succeeded",
                found_at=fact.found_at,
            )
        case GatewayDifferenceSettled(settled_at=now):
            return row and replace(row, status="settled", settled_at=now)
        case _:
            assert_never(recorded.payload)


def day_of(recorded: Recorded[ReconciliationRun], _: Lookup[str]) -> Iterable[str]:
    return (f"{recorded.payload.gateway} {recorded.payload.day}",)


def ran(
    row: ReconciledDay | None,
    recorded: Recorded[ReconciliationRun],
    _: Mapping[str, ReconciledDay],
) -> ReconciledDay:
    fact = recorded.payload
    return ReconciledDay(
        id=f"{fact.gateway} {fact.day}",
        gateway=fact.gateway,
        day=fact.day,
        checked=fact.checked,
        differences=fact.differences,
        run_at=fact.run_at,
        runs=row.runs + 1 if row else 1,
    )


gateway_differences: Projection[Any, GatewayDifference] = Projection(
    name="gateway_differences",
    facts=members(Fact),
    keys=keys,
    evolve=evolve,
    locality="stream",
)
reconciled_days: Projection[Any, ReconciledDay] = Projection(
    name="reconciled_days",
    facts=(ReconciliationRun,),
    keys=day_of,
    evolve=ran,
    locality="stream",
)
