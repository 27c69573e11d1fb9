"""Letters about trials, pauses, blocks, and time given away."""

from datetime import timedelta
from typing import Any

import pytest

from domain.mailing.commands import OrderLetter
from domain.mailing.decider import letter
from processes.letters import Fact, letters
from tests.examples.billing import METHOD, PRICE
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
    trial_end_announced,
    trial_rescheduled,
    trial_started,
    unblocked,
)
from tests.examples.subscriptions import (
    APRIL,
    MAY,
    announced,
    days_on,
    past_due,
    started,
)

UNTIL = TRIAL_END.isoformat()
LATEST = (TRIAL_END + timedelta(days=7)).isoformat()


def told(*history: Fact) -> list[OrderLetter]:
    """The letters that the last of these facts brings about."""
    return list(letters.react(history[-1], letters.fold(history[:-1])))


@pytest.mark.parametrize(
    ("history", "template", "variables"),
    [
        ([trial_started()], "trial-started", {"until": UNTIL, "amount": PRICE}),
        ([trial_rescheduled()], "trial-moved", {"until": LATEST}),
        ([trial_end_announced()], "trial-ending", {"until": UNTIL, "method": ""}),
        (
            [trial_end_announced(method=METHOD)],
            "trial-ending",
            {"method": METHOD.title, "amount": PRICE},
        ),
        (
            [pause_scheduled(resume_at=MAY)],
            "subscription-paused",
            {"paused_at": APRIL.isoformat(), "resume_at": MAY.isoformat()},
        ),
        (
            [paused()],
            "subscription-paused",
            {"paused_at": LATER.isoformat(), "resume_at": ""},
        ),
        (
            [pause_scheduled(), pause_revoked(), paused()],
            "subscription-paused",
            {"paused_at": LATER.isoformat()},
        ),
        ([resumed()], "subscription-resumed", {"until": (MAY + LEFT).isoformat()}),
        ([blocked()], "subscription-blocked", {"blocked_at": LATER.isoformat()}),
        ([unblocked()], "subscription-unblocked", {"unblocked_at": MAY.isoformat()}),
        (
            [extended()],
            "subscription-extended",
            {"days": 7, "until": days_on(7).isoformat()},
        ),
        ([extended(period=None)], "subscription-extended", {"until": ""}),
        ([past_due(grace_until=APRIL)], "subscription-past-due", {"grace_until": ""}),
    ],
)
def test_each_settled_fact_is_one_letter(
    history: list[Fact], template: str, variables: dict[str, Any]
) -> None:
    [order] = told(started(), *history)
    assert order.template == template
    assert variables.items() <= order.variables.items()
    assert letter.decide(order, letter.initial), "its template takes what it is told"


@pytest.mark.parametrize(
    "silent",
    [
        (pause_revoked(),),
        (pause_scheduled(), paused()),
        (resumed(period=None),),
    ],
)
def test_what_is_told_already_is_not_told_again(silent: tuple[Fact, ...]) -> None:
    assert told(started(), *silent) == []
    assert told(trial_started()) == []
    assert told(paused()) == []


def test_what_has_moved_is_told_anew() -> None:
    first, again = told(announced()), told(announced(renews_at=days_on(7)))
    assert first[0].letter_id != again[0].letter_id
    assert told(announced()) == first
    ends = (trial_end_announced(), trial_end_announced(days_left=1))
    three, one = (told(started(), end)[0].letter_id for end in ends)
    assert three != one
