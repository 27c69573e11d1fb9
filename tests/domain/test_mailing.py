from datetime import timedelta

import pytest

from domain.mailing.decider import CLAIM, MOST_ATTEMPTS, letter
from domain.mailing.events import LetterEvent
from domain.mailing.refusals import (
    AttemptsExhausted,
    LetterInTransit,
    LetterMisworded,
    LetterNotDead,
    LetterNotFound,
    LetterSettled,
)
from tests.examples import NOON
from tests.examples.mailing import (
    BUSY,
    confirm,
    defer,
    deferred,
    discard,
    discarded,
    give_up,
    handed_over,
    order,
    ordered,
    repeat,
    repeated,
    submit,
    submitted,
    undeliverable,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(letter)
LATER = NOON + CLAIM


def attempts(number: int) -> list[LetterEvent]:
    """So many tries, each put off by the mail server."""
    tries = range(1, number + 1)
    return [e for n in tries for e in (submitted(attempt=n), deferred(attempt=n))]


def test_a_fact_told_many_times_is_one_letter() -> None:
    given().when(order()).then(ordered())
    for history in ([], [submitted()], [submitted(), handed_over()], [undeliverable()]):
        given(ordered(), *history).when(order()).then()


@pytest.mark.parametrize("variables", [{}, {"amount": 1, "paid_at": "", "name": ""}])
def test_a_letter_says_what_its_template_needs_and_nothing_else(
    variables: dict[str, str | int],
) -> None:
    given().when(order(variables=variables)).then_refused(LetterMisworded)


def test_the_intent_comes_before_the_outcome() -> None:
    given(ordered()).when(submit()).then(submitted())
    given(ordered(), submitted()).when(confirm()).then(handed_over())
    given(ordered(), submitted()).when(defer()).then(deferred())
    given(ordered(), submitted()).when(give_up()).then(undeliverable())


def test_a_letter_without_an_address_is_given_up_untried() -> None:
    given(ordered()).when(give_up()).then(undeliverable())


def test_while_one_worker_has_it_no_other_may() -> None:
    given(ordered(), submitted()).when(submit()).then_refused(LetterInTransit)
    almost = LATER - timedelta(seconds=1)
    given(ordered(), submitted()).when(submit(now=almost)).then_refused(LetterInTransit)


def test_an_answer_that_never_came_costs_an_attempt() -> None:
    history = (ordered(), submitted())
    given(*history).when(submit(now=LATER)).then(
        submitted(attempt=2, submitted_at=LATER)
    )


def test_it_is_tried_five_times() -> None:
    last = submitted(attempt=MOST_ATTEMPTS)
    history = [ordered(), *attempts(MOST_ATTEMPTS - 1)]
    given(*history).when(submit()).then(last)
    given(*history, last).when(defer()).then(undeliverable(reason=BUSY))


def test_five_answers_that_never_came_are_enough() -> None:
    lost = [submitted(attempt=number) for number in range(1, MOST_ATTEMPTS + 1)]
    given(ordered(), *lost).when(submit(now=LATER)).then_refused(AttemptsExhausted)


@pytest.mark.parametrize("end", [handed_over(), undeliverable(), discarded()])
def test_what_is_settled_is_not_sent(end: LetterEvent) -> None:
    given(ordered(), submitted(), end).when(submit()).then_refused(LetterSettled)


def test_an_outcome_is_told_once() -> None:
    history = (ordered(), submitted(), handed_over())
    for command in (confirm(), defer(), give_up()):
        given(*history).when(command).then()
    given(ordered(), *attempts(1)).when(defer()).then()


def test_an_acceptance_counts_however_late_it_is_told() -> None:
    given(ordered(), submitted(), undeliverable()).when(confirm()).then(handed_over())


def test_a_dead_letter_can_be_repeated_or_discarded() -> None:
    dead = (ordered(), submitted(), undeliverable())
    given(*dead).when(repeat()).then(repeated())
    given(*dead, repeated(), undeliverable()).when(repeat()).then(repeated(round=3))
    given(*dead, repeated()).when(submit()).then(submitted())
    given(*dead).when(discard()).then(discarded())
    given(*dead, discarded()).when(discard()).then()


@pytest.mark.parametrize("command", [repeat(), discard()])
def test_only_a_dead_letter_can(command: object) -> None:
    given(ordered()).when(command).then_refused(LetterNotDead)  # type: ignore[arg-type]


def test_only_a_letter_that_is_there_can_be_sent() -> None:
    for command in (submit(), confirm(), give_up(), repeat(), discard()):
        given().when(command).then_refused(LetterNotFound)
