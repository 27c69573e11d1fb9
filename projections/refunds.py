"""Every refund: how much, why, how it stands, whether somebody must look at it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias, assert_never
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import Money, Names
from domain.payment.refund_events import RefundReserved
from domain.refund.events import (
    RefundCanceled,
    RefundNeedsAttention,
    RefundOutcomeUnknown,
    RefundPending,
    RefundSubmitted,
    RefundSucceeded,
)
from projections.projection import Lookup, Projection, View
from projections.rows import replace

OfRefund: TypeAlias = (
    RefundSubmitted
    | RefundOutcomeUnknown
    | RefundPending
    | RefundSucceeded
    | RefundCanceled
    | RefundNeedsAttention
)
Fact: TypeAlias = RefundReserved | OfRefund
#: ``checking``: nobody knows yet whether the gateway has paid it back.
Status: TypeAlias = Literal[
    "requested", "submitted", "checking", "pending", "succeeded", "canceled"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRow:
    refund_id: UUID
    payment_id: UUID
    invoice_id: UUID
    subscription_id: UUID
    account_id: UUID
    names: Names
    amount: Money
    gateway: str
    cause: str
    reason: str
    status: Status
    requested_at: datetime
    ref: str | None = None
    cancel_reason: str | None = None
    settled_at: datetime | None = None
    #: The one that was made instead of it.
    retried_by: UUID | None = None
    #: Why a person has to look at it.
    attention: str | None = None


class RefundsView(View, Protocol):
    def get(self, refund_id: UUID) -> RefundRow | None: ...

    def needing_attention(self) -> Sequence[RefundRow]:
        """The oldest first, and no more than a person can see to."""
        ...

    def of_account(self, account_id: UUID) -> Sequence[RefundRow]:
        """The newest first."""
        ...

    def of_payment(self, payment_id: UUID) -> Sequence[RefundRow]:
        """The oldest first."""
        ...


def keys(recorded: Recorded[Fact], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    match recorded.payload:
        case RefundReserved(refund_id=id_, retry_of=retried) if retried:
            return (id_, retried)
        case _ as fact:
            return (fact.refund_id,)


def evolve(
    row: RefundRow | None, recorded: Recorded[Fact], _rows: Mapping[UUID, RefundRow]
) -> RefundRow | None:
    match recorded.payload:
        case RefundReserved() as fact:
            return retried(row, fact) if row else reserved(fact)
        case _ as fact:
            return row and moved(row, fact)


def reserved(fact: RefundReserved) -> RefundRow:
    return RefundRow(
        refund_id=fact.refund_id,
        payment_id=fact.payment_id,
        invoice_id=fact.invoice_id,
        subscription_id=fact.subscription_id,
        account_id=fact.account_id,
        names=fact.names,
        amount=fact.amount,
        gateway=fact.gateway,
        cause=fact.cause,
        reason=fact.reason,
        status="requested",
        requested_at=fact.reserved_at,
    )


def retried(row: RefundRow, fact: RefundReserved) -> RefundRow:
    if row.refund_id != fact.retry_of:
        return row
    return replace(row, retried_by=fact.refund_id, attention=None)


def moved(row: RefundRow, fact: OfRefund) -> RefundRow:
    match fact:
        case RefundSubmitted():
            return replace(row, status="submitted")
        case RefundOutcomeUnknown():
            return replace(row, status="checking")
        case RefundPending(ref=ref):
            return replace(row, status="pending", ref=ref)
        case RefundSucceeded(ref=ref, succeeded_at=now):
            return replace(row, status="succeeded", ref=ref, settled_at=now)
        case RefundCanceled(ref=ref, reason=reason, canceled_at=now):
            return replace(
                row, status="canceled", ref=ref, cancel_reason=reason, settled_at=now
            )
        case RefundNeedsAttention(reason=reason):
            return replace(row, attention=reason)
        case _:
            assert_never(fact)


refunds: Projection[Any, RefundRow] = Projection(
    name="refunds", facts=members(Fact), keys=keys, evolve=evolve, locality="row"
)
