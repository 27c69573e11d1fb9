"""The situations a subscription can be in, and what leads into each."""

from dataclasses import dataclass, replace
from datetime import datetime
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
from domain.subscription.events import (
    AutoRenewalSwitched,
    CancellationRevoked,
    CancellationScheduled,
    DunningStepTaken,
    PeriodOpened,
    PeriodPaid,
    PeriodSkipped,
    RenewalAnnounced,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionEvent,
    SubscriptionExpired,
    SubscriptionIncompleteExpired,
    SubscriptionMethodSet,
    SubscriptionPaidLate,
    SubscriptionPastDue,
    SubscriptionRecovered,
    SubscriptionStarted,
    SubscriptionSuspended,
)


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

    @property
    def first_invoice(self) -> InvoiceId:
        return invoice_of(self.subscription_id, 0, "first")


@dataclass(frozen=True, slots=True)
class Debt:
    """An open period's invoice, unpaid as yet, and where dunning counts from."""

    invoice_id: InvoiceId
    due_since: datetime
    step: int = 0


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


@dataclass(frozen=True, slots=True)
class Unpaid:
    """Past due; suspended when the grace period is over as well."""

    contract: Contract
    calendar: Calendar
    period_no: int
    period: Period
    debt: Debt
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Over:
    contract: Contract
    how: Literal["canceled", "expired", "incomplete_expired"]
    #: The number of the last period that was paid for, and what came too late.
    paid_no: int
    late: frozenset[InvoiceId] = frozenset()


Subscription: TypeAlias = Absent | Incomplete | Active | Unpaid | Over
Existing: TypeAlias = Incomplete | Active | Unpaid | Over


def evolve(state: Subscription, event: SubscriptionEvent) -> Subscription:
    if isinstance(event, SubscriptionStarted):
        return Incomplete(contract_of(event))
    if isinstance(state, Absent):
        return state
    match event:
        case SubscriptionActivated():
            return activated(state.contract, event)
        case PeriodOpened():
            return opened(state, event)
        case PeriodPaid():
            return replace(state, debt=None) if isinstance(state, Active) else state
        case PeriodSkipped():
            return state
        case RenewalAnnounced():
            return (
                replace(state, announced=True) if isinstance(state, Active) else state
            )
        case SubscriptionPastDue() | SubscriptionSuspended() | DunningStepTaken():
            return in_arrears(state, event)
        case SubscriptionRecovered():
            return recovered(state.contract, event)
        case SubscriptionExpired():
            return Over(state.contract, "expired", paid_no(state))
        case SubscriptionIncompleteExpired():
            return Over(state.contract, "incomplete_expired", paid_no(state))
        case SubscriptionCanceled():
            return Over(state.contract, "canceled", paid_no(state))
        case SubscriptionPaidLate(invoice_id=id_):
            if isinstance(state, Over):
                return replace(state, late=state.late | {id_})
            return state
        case CancellationScheduled():
            return with_cancellation(state, event)
        case CancellationRevoked():
            return with_cancellation(state, None)
        case AutoRenewalSwitched(enabled=enabled):
            return replace(state, contract=replace(state.contract, auto_renew=enabled))
        case SubscriptionMethodSet(method=method):
            return replace(state, contract=replace(state.contract, method=method))
        case _:
            assert_never(event)


def contract_of(event: SubscriptionStarted) -> Contract:
    return Contract(
        subscription_id=event.subscription_id,
        account_id=event.account_id,
        terms=event.terms,
        gateway=event.gateway,
        time_zone=event.time_zone,
        auto_renew=event.auto_renew,
    )


def activated(contract: Contract, event: SubscriptionActivated) -> Active:
    calendar = Calendar(event.anchor, contract.time_zone, contract.terms.interval)
    return Active(contract, calendar, 0, event.period)


def opened(state: Existing, event: PeriodOpened) -> Subscription:
    if not isinstance(state, Active):
        return state
    debt = Debt(event.invoice_id, event.due_since)
    return Active(state.contract, state.calendar, event.period_no, event.period, debt)


def in_arrears(
    state: Existing,
    event: SubscriptionPastDue | SubscriptionSuspended | DunningStepTaken,
) -> Subscription:
    if isinstance(state, Active) and state.debt:
        return Unpaid(
            state.contract, state.calendar, state.period_no, state.period, state.debt
        )
    if not isinstance(state, Unpaid):
        return state
    match event:
        case SubscriptionPastDue():
            return state
        case SubscriptionSuspended():
            return replace(state, suspended=True)
        case DunningStepTaken(step=step):
            return replace(state, debt=replace(state.debt, step=step))
        case _:
            assert_never(event)


def recovered(contract: Contract, event: SubscriptionRecovered) -> Active:
    calendar = Calendar(
        event.anchor, contract.time_zone, contract.terms.interval, event.anchor_no
    )
    return Active(contract, calendar, event.period_no, event.period)


def with_cancellation(
    state: Existing, cancellation: CancellationScheduled | None
) -> Subscription:
    if not isinstance(state, Active):
        return state
    return replace(state, cancellation=cancellation)


def paid_no(state: Existing) -> int:
    match state:
        case Incomplete():
            return -1
        case Active(period_no=number, debt=None):
            return number
        case Active(period_no=number) | Unpaid(period_no=number):
            return number - 1
        case Over(paid_no=number):
            return number
        case _:
            assert_never(state)
