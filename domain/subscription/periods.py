"""One period after the other: paid for, announced, ended."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias, assert_never

from domain.billing_ids import invoice_of
from domain.billing_time import anchored
from domain.dunning import grace_until
from domain.kernel.values import Period
from domain.subscription.commands import AnnounceRenewal, ConfirmPeriod, EndPeriod
from domain.subscription.events import (
    PeriodOpened,
    PeriodPaid,
    PeriodSkipped,
    RenewalAnnounced,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionEvent,
    SubscriptionExpired,
    SubscriptionPaidLate,
    SubscriptionRecovered,
)
from domain.subscription.states import Active, Existing, Incomplete, Over, Unpaid

Events: TypeAlias = Sequence[SubscriptionEvent]

#: A boundary noticed later than this is a late one: dunning counts from the notice.
PUNCTUAL = timedelta(hours=1)


def confirm(command: ConfirmPeriod, state: Existing) -> Events:
    match state:
        case Incomplete():
            return (activation(command, state),) if command.period_no == 0 else ()
        case Active(debt=debt) if debt and debt.invoice_id == command.invoice_id:
            return (
                PeriodPaid(
                    subscription_id=command.subscription_id,
                    account_id=state.contract.account_id,
                    terms=state.contract.terms,
                    invoice_id=command.invoice_id,
                    period_no=state.period_no,
                    period=state.period,
                    paid_at=command.paid_at,
                ),
            )
        case Unpaid(debt=debt) if debt.invoice_id == command.invoice_id:
            return (recovery(command, state),)
        case Over():
            return late(command, state)
        case Active() | Unpaid():  # Told twice.
            return ()
        case _:
            assert_never(state)


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


def recovery(command: ConfirmPeriod, state: Unpaid) -> SubscriptionRecovered:
    """The period as it was; if access had stopped, a whole one from the payment on."""
    contract, number = state.contract, state.period_no
    calendar, period = state.calendar, state.period
    if state.suspended or command.paid_at >= period.end:
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


def late(command: ConfirmPeriod, state: Over) -> Events:
    if command.period_no <= state.paid_no or command.invoice_id in state.late:
        return ()
    return (
        SubscriptionPaidLate(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            invoice_id=command.invoice_id,
            paid_at=command.paid_at,
        ),
    )


def announce(command: AnnounceRenewal, state: Existing) -> Events:
    """Beforehand, that is; when it is too late for that, the period is over."""
    if not isinstance(state, Active) or state.debt:
        return ()
    if command.now >= state.period.end:
        return end_period(command, state)
    is_renewing = state.contract.auto_renew and not state.cancellation
    if state.announced or not is_renewing:
        return ()
    return (
        RenewalAnnounced(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            terms=state.contract.terms,
            period_no=state.period_no + 1,
            renews_at=state.period.end,
            method=state.contract.method,
            announced_at=command.now,
        ),
    )


def end_period(command: EndPeriod | AnnounceRenewal, state: Existing) -> Events:
    """Nothing follows a period that is not paid for: debts do not pile up."""
    if not isinstance(state, Active) or state.debt:
        return ()
    if command.now < state.period.end:
        return ()
    contract = state.contract
    if state.cancellation:
        return (
            SubscriptionCanceled(
                subscription_id=command.subscription_id,
                account_id=contract.account_id,
                reason=state.cancellation.reason,
                invoice_id=None,
                canceled_at=state.period.end,
            ),
        )
    if not contract.auto_renew:
        return (
            SubscriptionExpired(
                subscription_id=command.subscription_id,
                account_id=contract.account_id,
                reason="not_renewed",
                invoice_id=None,
                expired_at=state.period.end,
            ),
        )
    return open_next(command, state)


def open_next(command: EndPeriod | AnnounceRenewal, state: Active) -> Events:
    """The period that has now in it; those that nobody opened in time are skipped."""
    number = state.period_no + 1
    skipped: list[SubscriptionEvent] = []
    while (period := state.calendar.period(number)).end <= command.now:
        skipped.append(
            PeriodSkipped(
                subscription_id=command.subscription_id,
                account_id=state.contract.account_id,
                period_no=number,
                period=period,
                skipped_at=command.now,
            )
        )
        number += 1
    return (*skipped, opening(command, state, number, period))


def opening(
    command: EndPeriod | AnnounceRenewal, state: Active, number: int, period: Period
) -> PeriodOpened:
    contract = state.contract
    is_late = command.now - period.start > PUNCTUAL
    due_since = command.now if is_late else period.start
    return PeriodOpened(
        subscription_id=command.subscription_id,
        account_id=contract.account_id,
        terms=contract.terms,
        invoice_id=invoice_of(command.subscription_id, number, "renewal"),
        period_no=number,
        period=period,
        gateway=contract.gateway,
        method=contract.method,
        due_since=due_since,
        grace_until=grace_until(due_since, contract.time_zone),
        opened_at=command.now,
    )
