"""How long the same request may be sent again, and when it is known to be lost.

The same for charges and refunds: gateways remember keys, and list what they have done.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

#: A gateway remembers a key for 24 hours from the first request.
KEY_REMEMBERED = timedelta(hours=23)
#: What is going to be in the gateway's list is there by then.
LISTED_AFTER = timedelta(hours=1)
BETWEEN_SCANS = timedelta(minutes=10)
ENOUGH_SCANS = 3
ENOUGH_TIME = timedelta(hours=24)


def is_remembered(first_sent_at: datetime, now: datetime) -> bool:
    return now - first_sent_at < KEY_REMEMBERED


def counts_as_scan(
    last_sent_at: datetime, missed: Sequence[datetime], now: datetime
) -> bool:
    """Not before it must be listed, and not straight after another look."""
    if now < last_sent_at + LISTED_AFTER:
        return False
    return not missed or now >= missed[-1] + BETWEEN_SCANS


def is_absent(
    last_sent_at: datetime, missed: Sequence[datetime], now: datetime
) -> bool:
    """Enough scans, this one included, for long enough."""
    is_often_enough = len(missed) + 1 >= ENOUGH_SCANS
    return is_often_enough and now >= last_sent_at + ENOUGH_TIME
