"""Subscriptions on trial, paused, blocked, and with time that staff gave away."""

from datetime import timedelta

from domain.billing_time import wall_clock
from domain.kernel.values import Period
from domain.plan.commands import SetPlanTrial
from domain.plan.events import PlanTrialSet
from domain.subscription.standing_commands import (
    BlockSubscription,
    EndPause,
    GrantFreeTime,
    PauseSubscription,
    ResumeSubscription,
    RevokePause,
    UnblockSubscription,
)
from domain.subscription.standing_events import (
    AnchorShifted,
    PaidUntilExtended,
    PauseRevoked,
    PauseScheduled,
    SubscriptionBlocked,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionUnblocked,
)
from domain.subscription.trial_commands import (
    OpenTrialCheckout,
    RemindOfTrialEnd,
    RescheduleTrial,
)
from domain.subscription.trial_events import (
    TrialCheckoutOpened,
    TrialEndAnnounced,
    TrialEnded,
    TrialRescheduled,
    TrialStarted,
)
from tests.examples import NOON, example
from tests.examples.billing import ACCOUNT, INVOICE, PLAN, SUBSCRIPTION, TERMS
from tests.examples.subscriptions import APRIL, MAY

ZONE = "Europe/Moscow"
TRIAL_END = NOON + timedelta(days=14)
TRIAL = Period(NOON, TRIAL_END)
#: In the middle of the first period: eleven days of it are left.
LATER = NOON + timedelta(days=20)
LEFT = APRIL - LATER

ONE = {"subscription_id": SUBSCRIPTION}
OWN = ONE | {"account_id": ACCOUNT}

set_trial = example(SetPlanTrial, plan_id=PLAN, days=14, now=NOON)
trial_set = example(PlanTrialSet, plan_id=PLAN, days=14, set_at=NOON)

trial_started = example(
    TrialStarted,
    **OWN,
    terms=TERMS,
    origin="offered",
    period=TRIAL,
    anchor=wall_clock(TRIAL_END, ZONE),
    started_at=NOON,
)
reschedule_trial = example(
    RescheduleTrial, **ONE, trial_end=TRIAL_END + timedelta(days=7), now=NOON
)
trial_rescheduled = example(
    TrialRescheduled,
    **OWN,
    period=Period(NOON, TRIAL_END + timedelta(days=7)),
    anchor=wall_clock(TRIAL_END + timedelta(days=7), ZONE),
    rescheduled_at=NOON,
)
remind = example(RemindOfTrialEnd, **ONE, now=TRIAL_END - timedelta(days=3))
trial_end_announced = example(
    TrialEndAnnounced,
    **OWN,
    terms=TERMS,
    trial_end=TRIAL_END,
    days_left=3,
    method=None,
    announced_at=TRIAL_END - timedelta(days=3),
)
open_checkout = example(OpenTrialCheckout, **OWN, now=NOON)
checkout_opened = example(
    TrialCheckoutOpened,
    **OWN,
    terms=TERMS,
    invoice_id=INVOICE,
    auto_renew=True,
    opened_at=NOON,
)
trial_ended = example(
    TrialEnded, **OWN, outcome="lapsed", invoice_id=None, ended_at=TRIAL_END
)

pause = example(PauseSubscription, **OWN, at="period_end", resume_at=None, now=NOON)
pause_scheduled = example(
    PauseScheduled, **OWN, pause_at=APRIL, resume_at=None, scheduled_at=NOON
)
revoke_pause = example(RevokePause, **OWN, now=NOON)
pause_revoked = example(PauseRevoked, **OWN, revoked_at=NOON)
paused = example(
    SubscriptionPaused,
    **OWN,
    period_no=0,
    remaining_seconds=int(LEFT.total_seconds()),
    resume_at=None,
    paused_at=LATER,
    invoice_id=INVOICE,
)
resume = example(ResumeSubscription, **OWN, now=MAY)
end_pause = example(EndPause, **ONE, now=MAY)
resumed = example(
    SubscriptionResumed,
    **OWN,
    period_no=0,
    period=Period(MAY, MAY + LEFT),
    anchor=wall_clock(MAY + LEFT, ZONE),
    anchor_no=1,
    resumed_at=MAY,
    invoice_id=INVOICE,
)
block = example(BlockSubscription, **ONE, now=LATER)
blocked = example(SubscriptionBlocked, **OWN, blocked_at=LATER)
unblock = example(UnblockSubscription, **ONE, now=MAY)
unblocked = example(SubscriptionUnblocked, **OWN, unblocked_at=MAY)
shifted = example(
    AnchorShifted,
    **OWN,
    reason="unblocked",
    anchor=wall_clock(MAY, ZONE),
    anchor_no=1,
    shifted_at=MAY,
)
grant = example(GrantFreeTime, **ONE, days=7, now=LATER)
extended = example(
    PaidUntilExtended,
    **OWN,
    days=7,
    period_no=0,
    period=Period(NOON, APRIL + timedelta(days=7)),
    remaining_seconds=0,
    anchor=wall_clock(APRIL + timedelta(days=7), ZONE),
    anchor_no=1,
    extended_at=LATER,
    invoice_id=INVOICE,
)
