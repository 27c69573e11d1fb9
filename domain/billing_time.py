"""When periods begin and end: always counted from the anchor, never from one another.

A chain of "a month later" loses the end of the month for good: 31 January, 28 February,
28 March. Counted from the anchor it is 31 January, 28 February, 31 March.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from domain.kernel.values import Interval, Period


@dataclass(frozen=True, slots=True)
class Calendar:
    """A subscription's boundaries. ``anchor`` is naive: wall clock time in the zone."""

    anchor: datetime
    zone: str
    interval: Interval
    #: The number of the period that begins at the anchor.
    first: int = 0

    def boundary(self, number: int) -> datetime:
        """Where period ``number`` begins and the one before it ends, in UTC."""
        day = boundary_date(self.anchor.date(), self.interval, number - self.first)
        local = self.anchor.replace(year=day.year, month=day.month, day=day.day)
        return to_instant(local, self.zone)

    def period(self, number: int) -> Period:
        return Period(self.boundary(number), self.boundary(number + 1))


def anchored(instant: datetime, zone: str, interval: Interval, first: int) -> Calendar:
    """A calendar that begins here and now, to the second."""
    return Calendar(wall_clock(instant, zone), zone, interval, first)


def boundary_date(anchor: date, interval: Interval, number: int) -> date:
    steps = interval.count * number
    match interval.unit:
        case "day":
            return anchor + timedelta(days=steps)
        case "week":
            return anchor + timedelta(weeks=steps)
        case "month":
            return add_months_clamped(anchor, steps)
        case "year":
            return add_months_clamped(anchor, 12 * steps)
        case _:
            assert_never(interval.unit)


def add_months_clamped(anchor: date, months: int) -> date:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor.day, last))


def wall_clock(instant: datetime, zone: str) -> datetime:
    local = instant.astimezone(ZoneInfo(zone))
    return local.replace(tzinfo=None, microsecond=0, fold=0)


def to_instant(local: datetime, zone: str) -> datetime:
    """PEP 495 with fold 0: a gap is shifted forward, of an overlap it is the first."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def not_before(instant: datetime, zone: str) -> datetime:
    """The first wall clock time whose instant is this one or later, to the second."""
    whole = instant.replace(microsecond=0)
    later = whole + timedelta(seconds=1) if instant > whole else whole
    local = wall_clock(later, zone)
    # An hour that is there twice is told by its first one alone.
    is_early = to_instant(local, zone) < later
    return local + timedelta(hours=1) if is_early else local


def days_later(instant: datetime, zone: str, days: int) -> datetime:
    """The same time of the day, as the wall clock of the zone shows it."""
    return to_instant(wall_clock(instant, zone) + timedelta(days=days), zone)
