"""Attempts that are not settled: each is to be sent, asked about, or looked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import MethodOnFile, Money, Names
from domain.payment.events import (
    AttemptCanceled,
    AttemptCreated,
    AttemptNotFound,
    AttemptOutcomeUnknown,
    AttemptPending,
    AttemptRejected,
    AttemptResolvedAbsent,
    AttemptResubmitted,
    AttemptSubmitted,
    PaymentClosed,
    PaymentClosureRequested,
    PaymentSucceeded,
)
from projections.projection import Lookup, Projection
from projections.rows import replace

Moved: TypeAlias = (
    AttemptSubmitted
    | AttemptResubmitted
    | AttemptOutcomeUnknown
    | AttemptNotFound
    | AttemptPending
    | PaymentClosureRequested
)
Settled: TypeAlias = (
    AttemptCanceled
    | AttemptRejected
    | AttemptResolvedAbsent
    | PaymentSucceeded
    | PaymentClosed
)
Fact: TypeAlias = AttemptCreated | Moved | Settled

FIRST_QUESTION = timedelta(seconds=10)
FIRST_DOUBT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeDue:
    payment_id: UUID
    attempt_id: UUID
    account_id: UUID
    names: Names
    amount: Money
    gateway: str
    key: UUID
    method: MethodOnFile | None
    save_method: bool
    stage: Literal["created", "submitted", "unknown", "pending"]
    due: datetime
    #: Of the payment's stream: tells a worker whether this is news.
    version: int
    correlation_id: UUID
    causation_id: UUID
    traceparent: str | None = None
    wanted: bool = True
    request: str | None = None
    ref: str | None = None
    first_sent_at: datetime | None = None
    last_sent_at: datetime | None = None


def keys(recorded: Recorded[Fact], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.payment_id,)


def evolve(
    row: ChargeDue | None, recorded: Recorded[Fact], _rows: Mapping[UUID, ChargeDue]
) -> ChargeDue | None:
    match recorded.payload:
        case AttemptCreated() as event:
            return created(event, recorded)
        case (
            AttemptSubmitted()
            | AttemptResubmitted()
            | AttemptOutcomeUnknown()
            | AttemptNotFound()
            | AttemptPending()
            | PaymentClosureRequested()
        ) as event:
            return row and replace(
                moved(row, event),
                version=recorded.originator_version,
                causation_id=recorded.metadata.message_id,
            )
        case _:
            return None


def created(event: AttemptCreated, recorded: Recorded[Any]) -> ChargeDue:
    return ChargeDue(
        payment_id=event.payment_id,
        attempt_id=event.attempt_id,
        account_id=event.account_id,
        names=event.names,
        amount=event.amount,
        gateway=event.gateway,
        key=event.key,
        method=event.method,
        save_method=event.save_method,
        stage="created",
        due=event.created_at,
        version=recorded.originator_version,
        correlation_id=recorded.metadata.correlation_id,
        causation_id=recorded.metadata.message_id,
        traceparent=recorded.metadata.traceparent,
    )


def moved(row: ChargeDue, event: Moved) -> ChargeDue:
    match event:
        case AttemptSubmitted(request=request, submitted_at=now):
            return replace(
                row,
                stage="submitted",
                request=request,
                first_sent_at=now,
                last_sent_at=now,
                due=now,
            )
        case AttemptResubmitted(resubmitted_at=now):
            return replace(row, last_sent_at=now)
        case AttemptOutcomeUnknown(since=since):
            return replace(row, stage="unknown", due=since + FIRST_DOUBT)
        case AttemptPending(ref=ref, since=since):
            return replace(row, stage="pending", ref=ref, due=since + FIRST_QUESTION)
        case PaymentClosureRequested():
            return replace(row, wanted=False)
        case AttemptNotFound():
            return row
        case _:
            assert_never(event)


charges_due: Projection[Any, ChargeDue] = Projection(
    name="charges_due", facts=members(Fact), keys=keys, evolve=evolve, locality="stream"
)
