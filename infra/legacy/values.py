"""Values of the legacy database, read strictly: SQLite keeps anything in any column."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from math import isfinite
from uuid import UUID

from msgspec import convert

CANONICAL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
#: How far a number of tenths may be from a whole one: floats are not exact.
TOLERANCE = 1e-6


class BadValue(ValueError):
    """Why a value cannot be taken over."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column
        self.why = why


def text(column: str, value: object) -> str:
    if value is None:
        raise BadValue(column, "is NULL")
    if not isinstance(value, str):
        what = "bytes" if isinstance(value, bytes) else "a number"
        raise BadValue(column, f"is {what}, not a text: {value!r}")
    if not value.isascii():
        check_encoding(column, value)
    return value


def check_encoding(column: str, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        byte = len(value[: error.start].encode())
        raise BadValue(column, f"is not UTF-8 at byte {byte}") from error


def optional(column: str, value: object) -> str | None:
    """An empty text says as little as none."""
    return None if value is None else text(column, value) or None


def identifier(column: str, value: object) -> UUID:
    if isinstance(value, str) and CANONICAL(value):
        return convert(value, UUID)
    written = text(column, value)
    try:
        UUID(written)
    except ValueError as error:
        raise BadValue(column, f"is not a UUID: {shown(written)}") from error
    raise BadValue(column, f"is not a UUID in its usual form: {shown(written)}")


#: Of what is pointed to: many links in a row are of one film, or of one genre.
reference = lru_cache(1024)(identifier)


def moment(column: str, value: object) -> datetime:
    """As ``2021-06-16 20:14:09.221+00``: the offset must be there."""
    written = value if isinstance(value, str) else text(column, value)
    try:
        found = datetime.fromisoformat(written)
        if found.tzinfo is not UTC and found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        why = f"is not a time: {shown(text(column, value))}"
        raise BadValue(column, why) from error
    if found.tzinfo is None:
        raise BadValue(column, f"is a time without an offset: {shown(written)}")
    return found


def day(column: str, value: object) -> date | None:
    written = optional(column, value)
    if written is None:
        return None
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise BadValue(column, f"is not a date: {shown(written)}") from error


def tenths(column: str, value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or not isfinite(value):
        raise BadValue(column, "is not a number")
    found = round(value * 10)
    if abs(value * 10 - found) > TOLERANCE:
        raise BadValue(column, f"has more than one decimal: {value}")
    return found


def shown(written: str) -> str:
    return repr(written if len(written) <= 40 else f"{written[:40]}…")
