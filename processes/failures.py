"""Why an attempt has failed, and when that was known."""

from datetime import datetime
from typing import TypeAlias, assert_never

from domain.payment.events import (
    AttemptCanceled,
    AttemptRejected,
    AttemptResolvedAbsent,
)

Failure: TypeAlias = AttemptCanceled | AttemptRejected | AttemptResolvedAbsent


def failure(fact: Failure) -> tuple[str, datetime]:
    match fact:
        case AttemptCanceled(reason=reason, canceled_at=now):
            return reason, now
        case AttemptRejected(reason=reason, rejected_at=now):
            return reason, now
        case AttemptResolvedAbsent(resolved_at=now):
            return "never_received", now
        case _:
            assert_never(fact)
