"""When what was sold is earned: evenly over its period, by the microsecond.

What is earned by any instant is one quotient, and what is earned between two instants
is the difference of two such. So the parts add up, however the time is cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from domain.kernel.values import Period
from domain.money import half_up

TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From ``since`` on ``rest`` is earned until ``until``, on top of ``earned``.

    Without an ``until`` nothing more is earned, as long as no other step follows.
    """

    since: datetime
    until: datetime | None
    earned: int
    rest: int


#: In the order of time; each step takes the place of the one before it.
Schedule: TypeAlias = tuple[Step, ...]


def earned_by(schedule: Sequence[Step], at: datetime) -> int:
    """In minor units, of all that the schedule is about."""
    step = next((step for step in reversed(schedule) if step.since <= at), None)
    if step is None:
        return 0
    return step.earned + part(step, at)


def part(step: Step, at: datetime) -> int:
    if step.until is None:
        return 0
    if at >= step.until:
        return step.rest
    whole = (step.until - step.since) // TICK
    return half_up(step.rest * ((at - step.since) // TICK), whole)


def run(schedule: Schedule, period: Period, net: int) -> Schedule:
    """What is not earned of ``net`` when the period begins is earned during it."""
    kept = tuple(step for step in schedule if step.since < period.start)
    earned = earned_by(kept, period.start)
    step = Step(since=period.start, until=period.end, earned=earned, rest=net - earned)
    return (*kept, step)


def priced(schedule: Schedule, net: int) -> Schedule:
    """The period was opened first, and then it became known what it costs."""
    if not schedule:
        return schedule
    last = schedule[-1]
    return (Step(since=last.since, until=last.until, earned=0, rest=net),)


def extended(schedule: Schedule, at: datetime, until: datetime) -> Schedule:
    """What is not earned yet is earned until another instant."""
    if not schedule or schedule[-1].until is None:
        return schedule
    waiting = stopped(schedule, at)[-1]
    step = Step(
        since=waiting.since, until=until, earned=waiting.earned, rest=waiting.rest
    )
    return (*schedule, step)


def stopped(schedule: Schedule, at: datetime) -> Schedule:
    """The rest waits: for another period, or for good."""
    if not schedule:
        return schedule
    at = max(at, schedule[-1].since)
    earned, last = earned_by(schedule, at), schedule[-1]
    rest = last.earned + last.rest - earned
    return (*schedule, Step(since=at, until=None, earned=earned, rest=rest))


def reduced(schedule: Schedule, at: datetime, net: int) -> Schedule:
    """From now on it is about ``net`` only; what was earned beyond that never was."""
    if not schedule:
        return schedule
    at, last = max(at, schedule[-1].since), schedule[-1]
    earned = min(earned_by(schedule, at), net)
    is_over = last.until is not None and last.until <= at
    until = None if is_over else last.until
    return (*schedule, Step(since=at, until=until, earned=earned, rest=net - earned))
