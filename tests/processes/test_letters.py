from datetime import timedelta
from typing import Any

import pytest

from domain.mailing.commands import OrderLetter
from domain.mailing.decider import letter
from processes.letters import Fact, letters
from tests.examples import NOON
from tests.examples.subscriber import (
    PERIOD,
    PRICE,
    activated,
    announced,
    canceled,
    declined,
    expired,
    past_due,
    period_paid,
    recovered,
    rejected,
    revoked,
    scheduled,
    started,
    succeeded,
    suspended,
)
from tests.scenario import ProcessScenario

given = ProcessScenario(letters)
END = PERIOD.end.isoformat()


def told(*history: Fact) -> list[OrderLetter]:
    """The letters that the last of these facts brings about."""
    return list(letters.react(history[-1], letters.fold(history[:-1])))


@pytest.mark.parametrize(
    ("history", "template", "variables"),
    [
        ([declined()], "payment-declined", {"reason": "insufficient_funds"}),
        ([rejected()], "payment-declined", {"reason": "invalid_request"}),
        ([succeeded()], "payment-succeeded", {"amount": PRICE}),
        ([succeeded(purpose="renewal")], "payment-succeeded", {"amount": PRICE}),
        ([activated()], "subscription-active", {"until": END, "plan_en": "Standard"}),
        ([announced()], "renewal-coming", {"renews_at": END, "amount": PRICE}),
        ([announced()], "renewal-coming", {"method": "Bank card *4444"}),
        ([announced(method=None)], "renewal-coming", {"method": ""}),
        ([period_paid()], "subscription-renewed", {"until": END, "amount": PRICE}),
        ([recovered()], "subscription-renewed", {"until": END, "amount": PRICE}),
        ([past_due()], "subscription-past-due", {"reason": "insufficient_funds"}),
        ([suspended()], "subscription-suspended", {"amount": PRICE}),
        ([expired()], "subscription-ended", {"reason": "unpaid"}),
        ([scheduled()], "subscription-canceled", {"access_until": END}),
        ([canceled()], "subscription-canceled", {"access_until": NOON.isoformat()}),
        ([scheduled(), canceled()], "subscription-ended", {"reason": "canceled"}),
        (
            [scheduled(), revoked(), canceled()],
            "subscription-canceled",
            {"access_until": NOON.isoformat()},
        ),
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
        started(),
        revoked(),
        declined(purpose="renewal"),
        declined(reason="canceled_by_merchant"),
    ],
)
def test_what_is_not_settled_is_not_told(silent: Fact) -> None:
    given(started(), activated()).when(silent).then()


def ids(*facts: Fact) -> set[object]:
    return {order.letter_id for fact in facts for order in told(started(), fact)}


def test_a_fact_told_again_is_the_same_letter() -> None:
    assert len(ids(activated(), activated())) == 1


def test_a_payment_is_declined_once_however_often_it_is_tried() -> None:
    later = NOON + timedelta(minutes=5)
    again = declined(reason="general_decline", canceled_at=later)
    assert len(ids(declined(), again, rejected())) == 1


def test_every_period_has_letters_of_its_own() -> None:
    periods = (period_paid(period_no=number) for number in (1, 2, 3))
    assert len(ids(*periods)) == 3


def test_a_cancellation_taken_back_and_made_again_is_told_again() -> None:
    assert len(ids(scheduled(), scheduled(scheduled_at=PERIOD.end))) == 2
