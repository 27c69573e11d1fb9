"""Whether a gateway is used, by what has come of using it."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from processes.breaker import (
    CLOSED,
    ENOUGH,
    FRESH,
    LONGEST,
    SHORTEST,
    Breaker,
    failed,
    state,
)
from tests.examples import NOON

SECOND = timedelta(seconds=1)


def broken(at: datetime = NOON) -> Breaker:
    breaker = CLOSED
    for _ in range(ENOUGH):
        breaker = failed(breaker, at)
    return breaker


def test_it_opens_after_some_failures_in_a_row() -> None:
    breaker = CLOSED
    for number in range(ENOUGH):
        assert state(breaker, NOON) == "closed"
        breaker = failed(breaker, NOON + number * SECOND)
    assert state(breaker, NOON + ENOUGH * SECOND) == "open"


def test_failures_of_another_day_do_not_count() -> None:
    breaker, at = CLOSED, NOON
    for _ in range(3 * ENOUGH):
        breaker = failed(breaker, at)
        at += FRESH
    assert state(breaker, at) == "closed"


def test_after_a_while_it_is_tried_and_left_alone_longer_if_that_fails() -> None:
    breaker = broken()
    assert state(breaker, NOON + SHORTEST - SECOND) == "open"
    assert state(breaker, NOON + SHORTEST) == "half-open"
    again = failed(breaker, NOON + SHORTEST)
    assert state(again, NOON + 2 * SHORTEST) == "open"
    assert state(again, NOON + 3 * SHORTEST) == "half-open"


def test_what_fails_while_it_is_open_keeps_it_open_no_longer() -> None:
    breaker = broken()
    assert failed(breaker, NOON + SECOND) == breaker


@given(st.lists(st.integers(min_value=0, max_value=7200), max_size=60))
def test_it_is_always_tried_again(pauses: list[int]) -> None:
    breaker, now = CLOSED, NOON
    for seconds in pauses:
        now += timedelta(seconds=seconds)
        breaker = failed(breaker, now)
    assert state(breaker, now + LONGEST) != "open"
