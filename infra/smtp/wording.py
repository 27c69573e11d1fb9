"""How amounts and instants read in a letter, by the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from domain.kernel.values import Locale, Money

MONTHS: Mapping[Locale, Sequence[str]] = {
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
SYMBOLS: Mapping[str, str] = {"RUB": "₽", "USD": "$", "EUR": "€"}
#: Keeps an amount and its currency on one line.
NARROW, HARD = "\u202f", "\u00a0"


def money(locale: Locale) -> Callable[[Money], str]:
    def russian(amount: Money) -> str:
        major, minor = divmod(amount.minor, 100)
        grouped = f"{major:,}".replace(",", NARROW)
        return f"{grouped},{minor:02d}{HARD}{SYMBOLS[amount.currency]}"

    def english(amount: Money) -> str:
        major, minor = divmod(amount.minor, 100)
        return f"{SYMBOLS[amount.currency]}{major:,}.{minor:02d}"

    return russian if locale == "ru" else english


def date(locale: Locale, zone: tzinfo) -> Callable[[str], str]:
    """Takes an instant as in RFC 3339, and names its day in ``zone``."""

    def name_the_day(instant: str) -> str:
        # str: an undefined variable says so itself.
        day = datetime.fromisoformat(str(instant)).astimezone(zone)
        month = MONTHS[locale][day.month - 1]
        suffix = f"{HARD}г." if locale == "ru" else ""
        return f"{day.day}{HARD}{month} {day.year}{suffix}"

    return name_the_day


def filters(locale: Locale, zone: tzinfo) -> Mapping[str, Callable[..., Any]]:
    return {"money": money(locale), "date": date(locale, zone)}
