from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from projections.visibility import Viewer, is_visible
from tests.examples import NOON

HOUR = timedelta(hours=1)
VIEWER = Viewer(now=NOON, country="RU")


@dataclass(frozen=True)
class Span:
    opens: datetime | None = None
    closes: datetime | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rated:
    windows: tuple[Span, ...] = ()
    age_rating: int | None = None


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        ((), True),
        ((Span(),), True),
        ((Span(opens=NOON),), True),
        ((Span(opens=NOON + HOUR),), False),
        ((Span(closes=NOON),), False),
        ((Span(closes=NOON + HOUR),), True),
        ((Span(countries=("RU", "KZ")),), True),
        ((Span(countries=("KZ",)),), False),
        ((Span(NOON - HOUR, NOON + HOUR, ("RU",)),), True),
        ((Span(NOON - HOUR, NOON, ("RU",)), Span(NOON, None, ("KZ",))), False),
        ((Span(NOON - HOUR, NOON, ("RU",)), Span(NOON, None, ("RU",))), True),
    ],
)
def test_one_open_window_is_enough(windows: tuple[Span, ...], expected: bool) -> None:
    assert is_visible(Rated(windows), VIEWER) is expected


@pytest.mark.parametrize(
    ("rating", "limit", "expected"),
    [
        (None, None, True),
        (18, None, True),
        (12, 12, True),
        (16, 12, False),
        (0, 0, True),
        (None, 18, False),
    ],
)
def test_an_age_limit_hides_what_is_not_known_to_be_within_it(
    rating: int | None, limit: int | None, expected: bool
) -> None:
    viewer = replace(VIEWER, age_max=limit)
    assert is_visible(Rated(age_rating=rating), viewer) is expected


def test_what_is_suitable_must_be_available_too() -> None:
    film = Rated((Span(closes=NOON),), age_rating=0)
    assert not is_visible(film, replace(VIEWER, age_max=18))
