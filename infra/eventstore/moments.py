"""Moments as PostgreSQL sends them: eight bytes, microseconds since 2000 in UTC.

To make a ``datetime`` of each took a quarter of reading, and few are ever looked at.
"""

from datetime import UTC, datetime, timedelta
from struct import Struct

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
FORMAT = Struct("!q")


def microseconds(moment: datetime) -> int:
    """Since ``EPOCH``, of a moment with a time zone."""
    return (moment - EPOCH) // MICROSECOND


def packed(moment: datetime) -> bytes:
    return FORMAT.pack(microseconds(moment))


def unpacked(raw: bytes) -> datetime:
    [number] = FORMAT.unpack(raw)
    return EPOCH + timedelta(microseconds=number)
