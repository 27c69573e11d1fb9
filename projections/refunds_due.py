"""Refunds that are not settled: each is to be sent, asked about, or looked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import Money, Names
from domain.refund.events import (
    RefundCanceled,
    RefundNotSeen,
    RefundOutcomeUnknown,
    RefundPending,
    RefundRequested,
    RefundResubmitted,
    RefundSubmitted,
    RefundSucceeded,
)
from projections.projection import Lookup, Projection
from projections.rows import replace

Moved: TypeAlias = (
    RefundSubmitted
    | RefundResubmitted
    | RefundOutcomeUnknown
    | RefundNotSeen
    | RefundPending
)
Fact: TypeAlias = RefundRequested | Moved | RefundSucceeded | RefundCanceled

FIRST_QUESTION = timedelta(minutes=1)
FIRST_DOUBT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDue:
    refund_id: UUID
    payment_id: UUID
    invoice_id: UUID
    account_id: UUID
    names: Names
    gateway: str
    charge_ref: str
    amount: Money
    key: UUID
    stage: Literal["requested", "submitted", "unknown", "pending"]
    due: datetime
    #: Of the refund's stream: tells a worker whether this is news.
    version: int
    correlation_id: UUID
    causation_id: UUID
    traceparent: str | None = None
    #: What may be recorded of the request: the receipt's address is not in it.
    request: str | None = None
    ref: str | None = None
    first_sent_at: datetime | None = None


def keys(recorded: Recorded[Fact], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.refund_id,)


def evolve(
    row: RefundDue | None, recorded: Recorded[Fact], _rows: Mapping[UUID, RefundDue]
) -> RefundDue | None:
    match recorded.payload:
        case RefundRequested() as event:
            return requested(event, recorded)
        case RefundSucceeded() | RefundCanceled():
            return None
        case _ as event:
            return row and replace(
                moved(row, event),
                version=recorded.originator_version,
                causation_id=recorded.metadata.message_id,
            )


def requested(event: RefundRequested, recorded: Recorded[Any]) -> RefundDue:
    return RefundDue(
        refund_id=event.refund_id,
        payment_id=event.payment_id,
        invoice_id=event.invoice_id,
        account_id=event.account_id,
        names=event.names,
        gateway=event.gateway,
        charge_ref=event.charge_ref,
        amount=event.amount,
        key=event.key,
        stage="requested",
        due=event.requested_at,
        version=recorded.originator_version,
        correlation_id=recorded.metadata.correlation_id,
        causation_id=recorded.metadata.message_id,
        traceparent=recorded.metadata.traceparent,
    )


def moved(row: RefundDue, event: Moved) -> RefundDue:
    match event:
        case RefundSubmitted(request=request, submitted_at=now):
            return replace(
                row, stage="submitted", request=request, first_sent_at=now, due=now
            )
        case RefundOutcomeUnknown(since=since):
            return replace(row, stage="unknown", due=since + FIRST_DOUBT)
        case RefundPending(ref=ref, since=since):
            return replace(row, stage="pending", ref=ref, due=since + FIRST_QUESTION)
        case RefundResubmitted() | RefundNotSeen():
            return row
        case _:
            assert_never(event)


refunds_due: Projection[Any, RefundDue] = Projection(
    name="refunds_due", facts=members(Fact), keys=keys, evolve=evolve, locality="stream"
)
