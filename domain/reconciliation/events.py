"""What comes of holding a gateway's list of one day against ours."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias
from uuid import UUID

from domain.kernel.values import Money, PaymentId

DifferenceKind: TypeAlias = Literal[
    # They took it and we did not know: it has been told to the payment.
    "not-known-as-taken",
    # We hold it as taken, and there it is something else, or nothing at all.
    "not-taken-there",
    "not-there",
    "amount",
    "fee",
    "refunded",
]
OrphanReason: TypeAlias = Literal["none-of-our-ids", "unknown-payment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayDifferenceFound:
    """The statuses are the gateway's, and what it would be if we were right."""

    difference_id: UUID
    gateway: str
    day: date
    kind: DifferenceKind
    ref: str
    payment_id: PaymentId | None
    ours: Money | None
    theirs: Money | None
    status: str | None
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanChargeFound:
    """Money at the gateway that leads to no payment. In quarantine until explained."""

    difference_id: UUID
    gateway: str
    day: date
    ref: str
    amount: Money
    reason: OrphanReason
    payment_id: PaymentId | None
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayDifferenceSettled:
    """It was looked for again, and is no more. Of an orphan, too."""

    difference_id: UUID
    gateway: str
    day: date
    settled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationRun:
    """All of the day was compared. ``differences`` are those that there are now."""

    gateway: str
    day: date
    checked: int
    differences: int
    run_at: datetime


ReconciliationEvent: TypeAlias = (
    GatewayDifferenceFound
    | OrphanChargeFound
    | GatewayDifferenceSettled
    | ReconciliationRun
)
