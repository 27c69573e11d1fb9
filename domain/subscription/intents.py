"""What a subscriber may ask for: to stop, not to stop after all, not to go on."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from domain.kernel.values import InvoiceId
from domain.subscription import pauses
from domain.subscription.commands import (
    CancelSubscription,
    RevokeCancellation,
    SetAutoRenewal,
)
from domain.subscription.events import (
    AutoRenewalSwitched,
    CancellationRevoked,
    CancellationScheduled,
    CancelReason,
    SubscriptionCanceled,
    SubscriptionEvent,
)
from domain.subscription.refusals import (
    CancellationDue,
    PeriodUnpaid,
    SubscriptionIsPaused,
    SubscriptionNotActive,
    SubscriptionOver,
)
from domain.subscription.states import (
    Active,
    Existing,
    Incomplete,
    Over,
    Paused,
    Unpaid,
)

Events: TypeAlias = Sequence[SubscriptionEvent]


def cancel(command: CancelSubscription, state: Existing) -> Events:
    match state:
        case Active() if command.at == "period_end":
            return schedule_cancellation(command, state)
        case Incomplete(contract):
            return (canceled(command, state, contract.first_invoice),)
        case Active(trial=trial) if trial:
            return (canceled(command, state, trial.checkout),)
        case Active(debt=debt) | Unpaid(debt=debt):
            return (canceled(command, state, debt.invoice_id if debt else None),)
        case Paused(remaining=left) if left and command.at == "period_end":
            raise SubscriptionIsPaused
        case Paused():
            return (canceled(command, state, None),)
        case Over(how="canceled"):
            return ()
        case Over():
            raise SubscriptionOver
        case _:
            assert_never(state)


def schedule_cancellation(command: CancelSubscription, state: Active) -> Events:
    if state.cancellation:
        return ()
    revoked = (pauses.revoked(state, command.now),) if state.pause else ()
    return (
        *revoked,
        CancellationScheduled(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            reason=reason_of(command),
            cancel_at=state.period.end,
            scheduled_at=command.now,
        ),
    )


def canceled(
    command: CancelSubscription, state: Existing, invoice_id: InvoiceId | None
) -> SubscriptionCanceled:
    return SubscriptionCanceled(
        subscription_id=command.subscription_id,
        account_id=state.contract.account_id,
        reason=reason_of(command),
        invoice_id=invoice_id,
        canceled_at=command.now,
    )


def reason_of(command: CancelSubscription) -> CancelReason:
    return "by_staff" if command.account_id is None else "by_subscriber"


def revoke_cancellation(
    command: RevokeCancellation | SetAutoRenewal, state: Existing
) -> Events:
    match state:
        case Active(cancellation=None):
            return ()
        case Active(period=period) if command.now >= period.end:
            raise CancellationDue
        case Active():
            return (
                CancellationRevoked(
                    subscription_id=command.subscription_id,
                    account_id=state.contract.account_id,
                    revoked_at=command.now,
                ),
            )
        case Incomplete() | Unpaid() | Paused():
            raise SubscriptionNotActive
        case Over():
            raise SubscriptionOver
        case _:
            assert_never(state)


def set_auto_renewal(command: SetAutoRenewal, state: Existing) -> Events:
    """Whoever switches it on does not want the subscription to end either."""
    if isinstance(state, Over):
        raise SubscriptionOver
    if isinstance(state, Unpaid) and not command.enabled:
        raise PeriodUnpaid
    revoked: Events = ()
    if command.enabled and isinstance(state, Active):
        revoked = revoke_cancellation(command, state)
    if state.contract.auto_renew == command.enabled:
        return revoked
    return (
        *revoked,
        AutoRenewalSwitched(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            enabled=command.enabled,
            switched_at=command.now,
        ),
    )
