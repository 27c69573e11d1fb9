"""The situations a subscription can be in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, assert_never

from domain.billing_ids import invoice_of
from domain.billing_time import Calendar
from domain.kernel.values import (
    AccountId,
    InvoiceId,
    MethodOnFile,
    Period,
    SubscriptionId,
    Terms,
)
from domain.subscription.change_events import PlanChangeRequested, PriceChangeScheduled
from domain.subscription.events import CancellationScheduled
from domain.subscription.standing_events import PauseScheduled


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What stays the same through all situations, or changes apart from them."""

    subscription_id: SubscriptionId
    account_id: AccountId
    terms: Terms
    gateway: str
    time_zone: str
    auto_renew: bool
    method: MethodOnFile | None = None
    #: Of the period that was opened last.
    invoice_id: InvoiceId | None = None
    #: By staff: no access, and nothing is charged.
    blocked: bool = False
    #: Of checkouts that were open when the trial ended: money for them comes too late.
    unwanted: frozenset[InvoiceId] = frozenset()
    #: Waits for its payment, and what came of those before it.
    change: PlanChangeRequested | None = None
    settled_changes: frozenset[InvoiceId] = frozenset()
    #: With the next period.
    scheduled: Terms | None = None
    #: With the first period that begins at ``migrate_at`` or later.
    price_change: PriceChangeScheduled | None = None

    @property
    def first_invoice(self) -> InvoiceId:
        return invoice_of(self.subscription_id, 0, "first")


@dataclass(frozen=True, slots=True)
class Debt:
    """An open period's invoice, unpaid as yet, and where dunning counts from."""

    invoice_id: InvoiceId
    due_since: datetime
    step: int = 0
    #: There is no access before the money.
    gated: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """A period that nobody pays for, before period 0: its number is -1."""

    checkout: InvoiceId | None = None
    #: How many days before its end the subscriber was told last.
    told: int | None = None


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True)
class Incomplete:
    contract: Contract


@dataclass(frozen=True, slots=True)
class Active:
    """With a debt while the money for the open period is on its way."""

    contract: Contract
    calendar: Calendar
    period_no: int
    period: Period
    debt: Debt | None = None
    cancellation: CancellationScheduled | None = None
    announced: bool = False
    trial: Trial | None = None
    pause: PauseScheduled | None = None
    #: What the price is for, when there was a pause in it: as if it were in one piece.
    priced: Period | None = None


@dataclass(frozen=True, slots=True)
class Unpaid:
    """Past due; suspended when the grace period is over as well."""

    contract: Contract
    calendar: Calendar
    period_no: int
    period: Period
    debt: Debt
    suspended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """After period ``period_no``, of which so much was left when the pause began."""

    contract: Contract
    period_no: int
    period: Period
    remaining: timedelta
    resume_at: datetime | None
    priced: Period | None = None


@dataclass(frozen=True, slots=True)
class Over:
    contract: Contract
    how: Literal["canceled", "expired", "incomplete_expired"]
    #: The number of the last period that was paid for, and what came too late.
    paid_no: int
    late: frozenset[InvoiceId] = frozenset()


Subscription: TypeAlias = Absent | Incomplete | Active | Unpaid | Paused | Over
Existing: TypeAlias = Incomplete | Active | Unpaid | Paused | Over


def paid_no(state: Existing) -> int:
    match state:
        case Incomplete():
            return -1
        case Active(period_no=number, debt=None) | Paused(period_no=number):
            return number
        case Active(period_no=number) | Unpaid(period_no=number):
            return number - 1
        case Over(paid_no=number):
            return number
        case _:
            assert_never(state)
