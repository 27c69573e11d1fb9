from dataclasses import replace
from datetime import timedelta

import pytest

from domain.viewing import (
    SKEW,
    PositionBeyondEnd,
    Watched,
    WatchedInFuture,
    checked,
)
from tests.examples import NOON
from tests.examples.catalogue import FILM

HALFWAY = Watched(film_id=FILM, position_seconds=3_000, duration_seconds=6_000, at=NOON)


def test_what_was_watched_is_kept_as_it_is() -> None:
    end = replace(HALFWAY, position_seconds=6_000, at=NOON - timedelta(days=30))
    assert checked([HALFWAY, end], NOON) == [HALFWAY, end]


def test_nobody_is_beyond_the_end() -> None:
    beyond = replace(HALFWAY, position_seconds=6_001)
    with pytest.raises(PositionBeyondEnd) as refusal:
        checked([HALFWAY, beyond], NOON)
    assert refusal.value.pointer == "/items/1/position_seconds"


def test_a_clock_that_is_a_little_ahead_says_now() -> None:
    ahead = replace(HALFWAY, at=NOON + SKEW)
    assert checked([ahead], NOON) == [HALFWAY]


def test_nothing_was_watched_tomorrow() -> None:
    tomorrow = replace(HALFWAY, at=NOON + SKEW + timedelta(seconds=1))
    with pytest.raises(WatchedInFuture) as refusal:
        checked([tomorrow], NOON)
    assert refusal.value.pointer == "/items/0/at"
