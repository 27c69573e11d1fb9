"""What becomes of access, whatever stops it or makes it longer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from projections.projection import fold
from projections.subscription_row import OPENING_TAKES, SubscriptionRow
from projections.subscriptions import subscriptions
from tests.examples import recorded
from tests.examples.standing import (
    LATER,
    LEFT,
    TRIAL_END,
    blocked,
    extended,
    pause_revoked,
    pause_scheduled,
    paused,
    resumed,
    trial_ended,
    trial_rescheduled,
    trial_started,
    unblocked,
)
from tests.examples.subscriptions import (
    APRIL,
    MAY,
    activated,
    cancellation,
    days_on,
    expired,
    period_opened,
    renewal_switched,
    started,
)

active = (started(), activated())
trying = (started(trial_days=14), trial_started())


def row(*history: Any) -> SubscriptionRow:
    rows: dict[Any, SubscriptionRow] = {}
    fold(subscriptions, rows, recorded(*history))
    [found] = rows.values()
    return found


def test_a_trial_gives_access_until_its_end() -> None:
    found = row(*trying)
    assert (found.status, found.trial_end) == ("trialing", TRIAL_END)
    assert found.access_until == TRIAL_END + OPENING_TAKES
    assert found.promised_until == TRIAL_END
    moved = row(*trying, trial_rescheduled())
    assert moved.promised_until == moved.trial_end == TRIAL_END + timedelta(days=7)
    gone = row(
        *trying,
        trial_ended(),
        expired(reason="trial_ended", expired_at=TRIAL_END),
    )
    assert (gone.status, gone.access_until) == ("expired", TRIAL_END)


def test_a_pause_takes_access_and_gives_the_rest_back() -> None:
    soon = row(*active, pause_scheduled(resume_at=MAY))
    assert (soon.pause_at, soon.resume_at) == (APRIL, MAY)
    assert soon.access_until == APRIL
    revoked = row(*active, pause_scheduled(), pause_revoked())
    assert replace(revoked, version=2) == row(*active)
    away = row(*active, paused(resume_at=MAY))
    assert (away.status, away.access_until) == ("paused", LATER)
    assert away.resume_at == MAY
    back = row(*active, paused(resume_at=MAY), resumed())
    assert (back.status, back.promised_until) == ("active", MAY + LEFT)
    assert back.resume_at is None


def test_no_access_before_the_money() -> None:
    at_end = paused(remaining_seconds=0, paused_at=APRIL)
    gone_on = resumed(period=None)
    opened = period_opened(grace_until=MAY, opened_at=MAY, gated=True)
    found = row(*active, pause_scheduled(), at_end, gone_on, opened)
    assert found.access_until == MAY


def test_a_block_takes_access_while_it_lasts() -> None:
    stopped = row(*active, blocked())
    assert (stopped.status, stopped.blocked_at) == ("active", LATER)
    assert stopped.promised_until == LATER
    free = row(*active, blocked(), unblocked())
    assert replace(free, version=2) == row(*active)


def test_free_time_makes_it_longer() -> None:
    assert row(*active, extended()).promised_until == days_on(7)
    canceled = row(*active, cancellation(), extended())
    assert canceled.cancel_at == canceled.access_until == days_on(7)
    once = row(*active, renewal_switched(), extended())
    assert once.access_until == days_on(7)
