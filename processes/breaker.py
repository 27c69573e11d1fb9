"""Whether a gateway works: closed, it does; open, it does not; half-open, who knows.

It only says where new payers are sent, and whether a charge is begun now or later. What
has been sent stays where it was sent.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

State: TypeAlias = Literal["closed", "open", "half-open"]

#: So many failures with nothing between them that worked, none older than that.
ENOUGH, FRESH = 5, timedelta(minutes=5)
#: How long it is left alone; each failure after that doubles it.
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Breaker:
    failures: int = 0
    failed_at: datetime | None = None
    opened_at: datetime | None = None
    pause: timedelta = SHORTEST


CLOSED = Breaker()


def state(breaker: Breaker, now: datetime) -> State:
    if breaker.opened_at is None:
        return "closed"
    return "open" if now < breaker.opened_at + breaker.pause else "half-open"


def failed(breaker: Breaker, now: datetime) -> Breaker:
    match state(breaker, now):
        case "open":
            # Asked before it opened, or about something that was sent before.
            return breaker
        case "half-open":
            longer = min(breaker.pause * 2, LONGEST)
            return replace(breaker, failed_at=now, opened_at=now, pause=longer)
        case "closed":
            return counted(breaker, now)


def counted(breaker: Breaker, now: datetime) -> Breaker:
    is_fresh = breaker.failed_at is not None and now - breaker.failed_at < FRESH
    failures = breaker.failures + 1 if is_fresh else 1
    opened_at = now if failures >= ENOUGH else None
    return Breaker(failures=failures, failed_at=now, opened_at=opened_at)
