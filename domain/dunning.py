"""When an unpaid renewal is tried again, when access stops, and when it is over."""

from datetime import datetime

from domain.billing_time import days_later

#: Days after the boundary, at the same local time. Scheme rules allow one automatic
#: try a day, within a month.
STEPS = (1, 3, 6, 10, 14)
GRACE = 2
LAST = len(STEPS)

#: Declines that another try with the same card will not change.
HARD = frozenset(
    {
        "3d_secure_failed",
        "card_expired",
        "country_forbidden",
        "fraud_suspected",
        "identification_required",
        "invalid_card_number",
        "invalid_csc",
        "payment_method_restricted",
        "payment_method_detached",
        "payment_method_missing",
        "permission_revoked",
    }
)


def step_at(due_since: datetime, zone: str, step: int) -> datetime:
    """When the step, counted from 1, is to be taken."""
    return days_later(due_since, zone, STEPS[step - 1])


def step_after(due_since: datetime, zone: str, step: int) -> datetime | None:
    return None if step >= LAST else step_at(due_since, zone, step + 1)


def step_by(due_since: datetime, zone: str, now: datetime) -> int:
    """The last step that is due by now: those slept through are not made up for."""
    steps = range(1, LAST + 1)
    return max((s for s in steps if step_at(due_since, zone, s) <= now), default=0)


def grace_until(due_since: datetime, zone: str) -> datetime:
    return step_at(due_since, zone, GRACE)
