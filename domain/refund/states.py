"""The situations a refund can be in, and what leads into each."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias, assert_never

from domain.refund.events import (
    RefundCanceled,
    RefundEvent,
    RefundNeedsAttention,
    RefundNotSeen,
    RefundOutcomeUnknown,
    RefundPending,
    RefundReceiptAddressed,
    RefundRequested,
    RefundResubmitted,
    RefundSubmitted,
    RefundSucceeded,
)

Stage: TypeAlias = Literal[
    "requested", "submitted", "unknown", "pending", "succeeded", "canceled"
]


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    terms: RefundRequested
    stage: Stage = "requested"
    ref: str | None = None
    first_sent_at: datetime | None = None
    last_sent_at: datetime | None = None
    sends: int = 0
    #: When the gateway's list was read to the end without finding it.
    missed: tuple[datetime, ...] = ()
    #: What a person has been told of already.
    told: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_settled(self) -> bool:
        return self.stage in ("succeeded", "canceled")


Refund: TypeAlias = Absent | Known


def evolve(state: Refund, event: RefundEvent) -> Refund:
    if isinstance(event, RefundRequested):
        return Known(terms=event)
    if isinstance(state, Absent):
        return state
    match event:
        case RefundSubmitted(submitted_at=now):
            return replace(
                state, stage="submitted", first_sent_at=now, last_sent_at=now, sends=1
            )
        case RefundResubmitted(resubmitted_at=now):
            return replace(state, last_sent_at=now, sends=state.sends + 1, missed=())
        case RefundOutcomeUnknown():
            return replace(state, stage="unknown")
        case RefundNotSeen(scanned_at=now):
            return replace(state, missed=(*state.missed, now))
        case RefundPending(ref=ref):
            return replace(state, stage="pending", ref=ref)
        case RefundSucceeded(ref=ref):
            return replace(state, stage="succeeded", ref=ref)
        case RefundCanceled(ref=ref):
            return replace(state, stage="canceled", ref=ref)
        case RefundNeedsAttention(reason=reason, detail=detail):
            return replace(state, told=state.told | {(reason, detail)})
        case RefundReceiptAddressed():
            return state
        case _:
            assert_never(event)
