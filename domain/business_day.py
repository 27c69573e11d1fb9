"""The day of the books, and of the gateways' registries: that of Moscow."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.kernel.values import Period

BUSINESS_ZONE = "Europe/Moscow"


def business_day(instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(BUSINESS_ZONE)).date()


def instants_of(day: date) -> Period:
    """From its first midnight to its last."""
    return Period(midnight(day), midnight(day + timedelta(days=1)))


def midnight(day: date) -> datetime:
    zone = ZoneInfo(BUSINESS_ZONE)
    return datetime(day.year, day.month, day.day, tzinfo=zone)
