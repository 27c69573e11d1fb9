"""One period after the other: paid for, announced, ended."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from domain.billing_time import anchored
from domain.subscription import trials
from domain.subscription.boundaries import PUNCTUAL, end_period
from domain.subscription.commands import AnnounceRenewal, ConfirmPeriod
from domain.subscription.events import (
    PeriodPaid,
    RenewalAnnounced,
    SubscriptionActivated,
    SubscriptionEvent,
    SubscriptionPaidLate,
    SubscriptionRecovered,
)
from domain.subscription.prices import next_terms
from domain.subscription.states import (
    Active,
    Debt,
    Existing,
    Incomplete,
    Over,
    Paused,
    Unpaid,
)

Events: TypeAlias = Sequence[SubscriptionEvent]


def confirm(command: ConfirmPeriod, state: Existing) -> Events:
    if command.invoice_id in state.contract.unwanted:
        return (paid_late(command, state),)
    match state:
        case Incomplete():
            return (activation(command, state),) if command.period_no == 0 else ()
        case Active(trial=trial) if trial and trial.checkout == command.invoice_id:
            return trials.paid_ahead(command, state)
        case Active(debt=debt) if debt and debt.invoice_id == command.invoice_id:
            return (paid(command, state, debt),)
        case Unpaid(debt=debt) if debt.invoice_id == command.invoice_id:
            return (recovery(command, state),)
        case Over():
            return late(command, state)
        case Active() | Unpaid() | Paused():  # Told twice.
            return ()
        case _:
            assert_never(state)


def paid(
    command: ConfirmPeriod, state: Active, debt: Debt
) -> PeriodPaid | SubscriptionRecovered:
    """Without access, the time that the money was on its way is not theirs to pay."""
    if debt.gated and command.paid_at - state.period.start > PUNCTUAL:
        return recovery(command, state)
    return PeriodPaid(
        subscription_id=command.subscription_id,
        account_id=state.contract.account_id,
        terms=state.contract.terms,
        invoice_id=command.invoice_id,
        period_no=state.period_no,
        period=state.period,
        paid_at=command.paid_at,
    )


def activation(command: ConfirmPeriod, state: Incomplete) -> SubscriptionActivated:
    contract = state.contract
    calendar = anchored(command.paid_at, contract.time_zone, contract.terms.interval, 0)
    return SubscriptionActivated(
        subscription_id=command.subscription_id,
        account_id=contract.account_id,
        terms=contract.terms,
        invoice_id=command.invoice_id,
        anchor=calendar.anchor,
        period=calendar.period(0),
        activated_at=command.paid_at,
    )


def recovery(command: ConfirmPeriod, state: Active | Unpaid) -> SubscriptionRecovered:
    """The period as it was; if access had stopped, a whole one from the payment on."""
    contract, number = state.contract, state.period_no
    calendar, period = state.calendar, state.period
    if had_no_access(state) or command.paid_at >= period.end:
        calendar = anchored(
            command.paid_at, contract.time_zone, contract.terms.interval, number
        )
        period = calendar.period(number)
    return SubscriptionRecovered(
        subscription_id=command.subscription_id,
        account_id=contract.account_id,
        terms=contract.terms,
        invoice_id=command.invoice_id,
        period_no=number,
        anchor=calendar.anchor,
        anchor_no=calendar.first,
        period=period,
        recovered_at=command.paid_at,
    )


def had_no_access(state: Active | Unpaid) -> bool:
    is_suspended = isinstance(state, Unpaid) and state.suspended
    return is_suspended or (state.debt is not None and state.debt.gated)


def late(command: ConfirmPeriod, state: Over) -> Events:
    if command.period_no <= state.paid_no or command.invoice_id in state.late:
        return ()
    return (paid_late(command, state),)


def paid_late(command: ConfirmPeriod, state: Existing) -> SubscriptionPaidLate:
    return SubscriptionPaidLate(
        subscription_id=command.subscription_id,
        account_id=state.contract.account_id,
        invoice_id=command.invoice_id,
        paid_at=command.paid_at,
    )


def announce(command: AnnounceRenewal, state: Existing) -> Events:
    """Beforehand, that is; when it is too late for that, the period is over."""
    if not isinstance(state, Active) or state.debt:
        return ()
    if command.now >= state.period.end:
        return end_period(command, state)
    contract = state.contract
    is_renewing = contract.auto_renew and not (state.cancellation or state.pause)
    is_told = state.announced or contract.blocked or state.trial
    if is_told or not is_renewing:
        return ()
    return (
        RenewalAnnounced(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            terms=next_terms(contract, state.period_no + 1, state.period.end),
            period_no=state.period_no + 1,
            renews_at=state.period.end,
            method=state.contract.method,
            announced_at=command.now,
        ),
    )
