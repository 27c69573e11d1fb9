"""The reference tables of anchoring and time zones, and what holds for any anchor."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from domain.billing_time import (
    Calendar,
    anchored,
    boundary_date,
    days_later,
    to_instant,
    wall_clock,
)
from domain.kernel.values import Interval

MONTH, QUARTER, YEAR = Interval("month"), Interval("month", 3), Interval("year")


def dates(anchor: str, interval: Interval, count: int) -> list[str]:
    begin = date.fromisoformat(anchor)
    return [str(boundary_date(begin, interval, n)) for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("anchor", "interval", "expected"),
    [
        (
            "2022-12-31",
            MONTH,
            "2023-01-31 2023-02-28 2023-03-31 2023-04-30 2023-05-31 2023-06-30 "
            "2023-07-31 2023-08-31 2023-09-30 2023-10-31 2023-11-30 2023-12-31 "
            "2024-01-31 2024-02-29 2024-03-31",
        ),
        ("2024-01-31", MONTH, "2024-02-29 2024-03-31 2024-04-30"),
        ("2026-01-29", MONTH, "2026-02-28 2026-03-29"),
        ("2026-01-30", MONTH, "2026-02-28 2026-03-30"),
        ("2026-01-31", MONTH, "2026-02-28 2026-03-31"),
        (
            "2025-11-30",
            QUARTER,
            "2026-02-28 2026-05-30 2026-08-30 2026-11-30 2027-02-28",
        ),
        ("2028-02-29", YEAR, "2029-02-28 2030-02-28 2031-02-28 2032-02-29"),
        ("2026-03-01", Interval("day", 30), "2026-03-31 2026-04-30"),
        ("2026-03-01", Interval("week", 2), "2026-03-15 2026-03-29"),
    ],
)
def test_boundaries(anchor: str, interval: Interval, expected: str) -> None:
    days = expected.split()
    assert dates(anchor, interval, len(days)) == days


@pytest.mark.parametrize(
    ("zone", "anchor", "expected"),
    [
        ("America/New_York", "2025-02-09T02:30", "2025-03-09T07:30Z"),
        ("Europe/Berlin", "2025-09-26T02:30", "2025-10-26T00:30Z"),
        ("Europe/Moscow", "2025-01-31T23:30", "2025-02-28T20:30Z"),
    ],
)
def test_a_month_later_by_the_clock_on_the_wall(
    zone: str, anchor: str, expected: str
) -> None:
    calendar = Calendar(datetime.fromisoformat(anchor), zone, MONTH)
    assert calendar.boundary(1) == datetime.fromisoformat(expected)


def test_a_time_that_is_skipped_is_shifted_forward() -> None:
    skipped = datetime.fromisoformat("2025-03-30T02:30")
    expected = datetime(2025, 3, 30, 1, 30, tzinfo=UTC)
    assert to_instant(skipped, "Europe/Berlin") == expected


def test_the_hours_of_a_period_are_those_of_its_zone() -> None:
    anchor = datetime.fromisoformat("2026-02-28T10:00")
    calendar = Calendar(anchor, "Europe/Berlin", MONTH)
    boundaries = [calendar.boundary(n) for n in range(4)]
    assert [at.hour for at in boundaries] == [9, 9, 8, 8]
    hours = [(end - start) / timedelta(hours=1) for start, end in pairwise(boundaries)]
    assert hours == [672, 743, 720]


def test_days_are_counted_at_the_same_local_time() -> None:
    boundary = datetime(2026, 2, 28, 7, tzinfo=UTC)
    steps = [days_later(boundary, "Europe/Moscow", days) for days in (1, 3, 6, 10, 14)]
    assert [f"{step:%m-%d %H:%M}" for step in steps] == [
        "03-01 07:00",
        "03-03 07:00",
        "03-06 07:00",
        "03-10 07:00",
        "03-14 07:00",
    ]


ZONES = ("Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC")
INTERVALS = (MONTH, QUARTER, Interval("month", 6), YEAR, Interval("week"))
instants = st.datetimes(
    datetime(2015, 1, 1),  # noqa: DTZ001
    datetime(2040, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(
    instant=instants,
    zone=st.sampled_from(ZONES),
    interval=st.sampled_from((*INTERVALS, Interval("day", 30))),
    first=st.integers(0, 40),
)
@settings(deadline=None)
def test_periods_tile_the_time_from_the_anchor_on(
    instant: datetime, zone: str, interval: Interval, first: int
) -> None:
    calendar = anchored(instant, zone, interval, first)
    assert wall_clock(calendar.boundary(first), zone) == calendar.anchor
    periods = [calendar.period(first + n) for n in range(60)]
    assert all(period.start < period.end for period in periods)
    followers = pairwise(periods)
    assert all(one.end == other.start for one, other in followers)
