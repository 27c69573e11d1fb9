"""Values of the legacy database, read strictly: SQLite keeps anything in any column."""

from datetime import UTC, date, datetime
from math import isfinite
from uuid import UUID

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
    if not isinstance(value, bytes):
        raise BadValue(column, f"is a number, not a text: {value}")
    try:
        return value.decode()
    except UnicodeDecodeError as error:
        raise BadValue(column, f"is not UTF-8 at byte {error.start}") from error


def optional(column: str, value: object) -> str | None:
    """An empty text says as little as none."""
    return None if value is None else text(column, value) or None


def identifier(column: str, value: object) -> UUID:
    written = text(column, value)
    try:
        id_ = UUID(written)
    except ValueError as error:
        raise BadValue(column, f"is not a UUID: {shown(written)}") from error
    if str(id_) != written:
        raise BadValue(column, f"is not a UUID in its usual form: {shown(written)}")
    return id_


def moment(column: str, value: object) -> datetime:
    """As ``2021-06-16 20:14:09.221+00``: the offset must be there."""
    written = text(column, value)
    try:
        found = datetime.fromisoformat(written)
    except ValueError as error:
        raise BadValue(column, f"is not a time: {shown(written)}") from error
    if found.tzinfo is None:
        raise BadValue(column, f"is a time without an offset: {shown(written)}")
    return found.astimezone(UTC)


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
