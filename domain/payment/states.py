"""The situations a payment and its attempts can be in, and what leads into each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.values import MethodOnFile
from domain.payment import refunds
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
    ChargeQuarantined,
    CloseReason,
    PaymentClosed,
    PaymentClosureRequested,
    PaymentEvent,
    PaymentOpened,
    PaymentSucceeded,
)
from domain.payment.receipt_events import ReceiptAddressed
from domain.payment.refund_events import (
    PaymentRefunded,
    RefundReleased,
    RefundReserved,
)
from domain.payment.refunds import Refunds

#: In the order of rank: an observation of the same or a lower one is no news.
Stage: TypeAlias = Literal["created", "submitted", "unknown", "pending"]
Verdict: TypeAlias = Literal["succeeded", "canceled", "rejected", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """The one that is not settled."""

    attempt_id: UUID
    method: MethodOnFile | None
    stage: Stage = "created"
    ref: str | None = None
    confirmation_url: str | None = None
    first_sent_at: datetime | None = None
    last_sent_at: datetime | None = None
    sends: int = 0
    #: When the gateway's list was read to the end without finding it.
    missed: tuple[datetime, ...] = ()

    @property
    def is_sent(self) -> bool:
        return self.stage != "created"


@dataclass(frozen=True, slots=True)
class Settled:
    verdict: Verdict
    ref: str | None


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A payment with all of its attempts. What is wrong with a charge is told once."""

    terms: PaymentOpened
    current: Attempt | None = None
    settled: Mapping[UUID, Settled] = field(default_factory=dict)
    closing: CloseReason | None = None
    situation: Literal["open", "paid", "closed"] = "open"
    quarantined: frozenset[tuple[str, str]] = frozenset()
    #: The gateway's name for the charge that has succeeded.
    charge_ref: str | None = None
    refunds: Refunds = field(default_factory=Refunds)

    @property
    def attempts(self) -> int:
        return len(self.settled) + (self.current is not None)


Payment: TypeAlias = Absent | Known


def evolve(state: Payment, event: PaymentEvent) -> Payment:
    if isinstance(event, PaymentOpened):
        return Known(terms=event)
    if isinstance(state, Absent):
        return state
    match event:
        case AttemptCreated(attempt_id=id_, method=method):
            return replace(state, current=Attempt(attempt_id=id_, method=method))
        case (
            AttemptSubmitted()
            | AttemptResubmitted()
            | AttemptOutcomeUnknown()
            | AttemptNotFound()
            | AttemptPending()
        ):
            return replace(state, current=moved(state.current, event))
        case AttemptCanceled(attempt_id=id_, ref=ref):
            return settle(state, id_, Settled("canceled", ref))
        case AttemptRejected(attempt_id=id_):
            return settle(state, id_, Settled("rejected", None))
        case AttemptResolvedAbsent(attempt_id=id_):
            return settle(state, id_, Settled("absent", None))
        case PaymentSucceeded(attempt_id=id_, ref=ref):
            paid = settle(state, id_, Settled("succeeded", ref))
            return replace(paid, situation="paid", closing=None, charge_ref=ref)
        case PaymentClosureRequested(reason=reason):
            return replace(state, closing=reason)
        case PaymentClosed(reason=reason):
            return replace(state, situation="closed", closing=reason, current=None)
        case ChargeQuarantined(ref=ref, status=status):
            return replace(state, quarantined=state.quarantined | {(ref, status)})
        case ReceiptAddressed():
            return state
        case RefundReserved() | RefundReleased() | PaymentRefunded():
            return replace(state, refunds=refunds.evolve(state.refunds, event))
        case _:
            assert_never(event)


def moved(
    attempt: Attempt | None,
    event: AttemptSubmitted
    | AttemptResubmitted
    | AttemptOutcomeUnknown
    | AttemptNotFound
    | AttemptPending,
) -> Attempt | None:
    if attempt is None or attempt.attempt_id != event.attempt_id:
        return attempt
    match event:
        case AttemptSubmitted(submitted_at=now):
            return replace(
                attempt,
                stage="submitted",
                first_sent_at=now,
                last_sent_at=now,
                sends=1,
            )
        case AttemptResubmitted(resubmitted_at=now):
            sends = attempt.sends + 1
            return replace(attempt, last_sent_at=now, sends=sends, missed=())
        case AttemptOutcomeUnknown():
            return replace(attempt, stage="unknown")
        case AttemptNotFound(scanned_at=now):
            return replace(attempt, missed=(*attempt.missed, now))
        case AttemptPending(ref=ref, confirmation_url=url):
            return replace(attempt, stage="pending", ref=ref, confirmation_url=url)
        case _:
            assert_never(event)


def settle(state: Known, attempt_id: UUID, outcome: Settled) -> Known:
    current = state.current
    if current and current.attempt_id == attempt_id:
        current = None
    return replace(
        state, current=current, settled={**state.settled, attempt_id: outcome}
    )
