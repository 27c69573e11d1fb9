"""Subscriptions, period by period."""

from datetime import UTC, datetime, timedelta

from domain.billing_time import wall_clock
from domain.kernel.values import Period
from domain.subscription.commands import (
    AnnounceRenewal,
    CancelSubscription,
    ClearMethod,
    ConfirmPeriod,
    EndPeriod,
    ExpireIncomplete,
    ExpireUnpaid,
    MarkPastDue,
    RevokeCancellation,
    SetAutoRenewal,
    SetMethod,
    StartSubscription,
    SuspendSubscription,
    TakeDunningStep,
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
    SubscriptionExpired,
    SubscriptionIncompleteExpired,
    SubscriptionMethodSet,
    SubscriptionPaidLate,
    SubscriptionPastDue,
    SubscriptionRecovered,
    SubscriptionStarted,
    SubscriptionSuspended,
)
from tests.examples import NOON, example
from tests.examples.billing import (
    ACCOUNT,
    INVOICE,
    METHOD,
    METHOD_ID,
    ORDER,
    RENEWAL_INVOICE,
    SUBSCRIPTION,
    TERMS,
)

#: The wall clock in Moscow at noon UTC.
ANCHOR = wall_clock(NOON, "Europe/Moscow")
APRIL = datetime(2026, 4, 1, 12, tzinfo=UTC)
MAY = datetime(2026, 5, 1, 12, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)
FIRST, SECOND, THIRD = Period(NOON, APRIL), Period(APRIL, MAY), Period(MAY, JUNE)


def days_on(days: int) -> datetime:
    """So many days after the first boundary."""
    return APRIL + timedelta(days=days)


ONE = {"subscription_id": SUBSCRIPTION}
WHOSE = ONE | {"account_id": ACCOUNT}
WHAT = WHOSE | {"terms": TERMS}
DEBT = WHOSE | {"invoice_id": RENEWAL_INVOICE}

start = example(StartSubscription, **ORDER, now=NOON)
started = example(SubscriptionStarted, **ORDER, started_at=NOON)
confirm = example(
    ConfirmPeriod, **ONE, invoice_id=INVOICE, period_no=0, paid_at=NOON, now=NOON
)
confirm_renewal = example(
    ConfirmPeriod,
    **ONE,
    invoice_id=RENEWAL_INVOICE,
    period_no=1,
    paid_at=APRIL,
    now=APRIL,
)
activated = example(
    SubscriptionActivated,
    **WHAT,
    invoice_id=INVOICE,
    anchor=ANCHOR,
    period=FIRST,
    activated_at=NOON,
)
expire_incomplete = example(ExpireIncomplete, **ONE, now=NOON)
incomplete_expired = example(SubscriptionIncompleteExpired, **WHOSE, expired_at=NOON)
end_period = example(EndPeriod, **ONE, now=APRIL)
skipped = example(PeriodSkipped, **WHOSE, period_no=1, period=SECOND, skipped_at=JUNE)
period_opened = example(
    PeriodOpened,
    **WHAT,
    invoice_id=RENEWAL_INVOICE,
    period_no=1,
    period=SECOND,
    gateway="memory",
    method=METHOD,
    due_since=APRIL,
    grace_until=days_on(3),
    opened_at=APRIL,
)
period_paid = example(
    PeriodPaid,
    **WHAT,
    invoice_id=RENEWAL_INVOICE,
    period_no=1,
    period=SECOND,
    paid_at=APRIL,
)
announce = example(AnnounceRenewal, **ONE, now=days_on(-3))
announced = example(
    RenewalAnnounced,
    **WHAT,
    period_no=1,
    renews_at=APRIL,
    method=None,
    announced_at=days_on(-3),
)
mark_past_due = example(
    MarkPastDue,
    **ONE,
    invoice_id=RENEWAL_INVOICE,
    period_no=1,
    reason="insufficient_funds",
    now=APRIL,
)
past_due = example(
    SubscriptionPastDue,
    **DEBT,
    period_no=1,
    reason="insufficient_funds",
    next_step_at=days_on(1),
    grace_until=days_on(3),
    final_at=days_on(14),
    since=APRIL,
)
take_step = example(TakeDunningStep, **ONE, now=days_on(1))
step_taken = example(
    DunningStepTaken,
    **DEBT,
    period_no=1,
    step=1,
    next_step_at=days_on(3),
    taken_at=days_on(1),
)
suspend = example(
    SuspendSubscription, **ONE, invoice_id=RENEWAL_INVOICE, now=days_on(3)
)
suspended = example(SubscriptionSuspended, **DEBT, suspended_at=days_on(3))
recovered = example(
    SubscriptionRecovered,
    **WHAT,
    invoice_id=RENEWAL_INVOICE,
    period_no=1,
    anchor=ANCHOR,
    anchor_no=0,
    period=SECOND,
    recovered_at=days_on(1),
)
expire_unpaid = example(
    ExpireUnpaid, **ONE, invoice_id=RENEWAL_INVOICE, now=days_on(14)
)
expired = example(
    SubscriptionExpired,
    **WHOSE,
    reason="not_renewed",
    invoice_id=None,
    expired_at=APRIL,
)
cancel = example(
    CancelSubscription, **ONE, account_id=ACCOUNT, at="period_end", now=NOON
)
cancellation = example(
    CancellationScheduled,
    **WHOSE,
    reason="by_subscriber",
    cancel_at=APRIL,
    scheduled_at=NOON,
)
canceled = example(
    SubscriptionCanceled,
    **WHOSE,
    reason="by_subscriber",
    invoice_id=None,
    canceled_at=NOON,
)
revoke = example(RevokeCancellation, **ONE, account_id=ACCOUNT, now=NOON)
revoked = example(CancellationRevoked, **WHOSE, revoked_at=NOON)
set_renewal = example(
    SetAutoRenewal, **ONE, account_id=ACCOUNT, enabled=False, now=NOON
)
renewal_switched = example(
    AutoRenewalSwitched, **WHOSE, enabled=False, switched_at=NOON
)
set_method = example(SetMethod, **ONE, method=METHOD, now=NOON)
method_set = example(SubscriptionMethodSet, **WHOSE, method=METHOD, set_at=NOON)
clear_method = example(ClearMethod, **ONE, payment_method_id=METHOD_ID, now=NOON)
paid_late = example(SubscriptionPaidLate, **WHOSE, invoice_id=INVOICE, paid_at=NOON)
