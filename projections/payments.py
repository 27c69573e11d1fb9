"""Every payment: what it is for, how it stands, whether somebody must look at it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias, assert_never
from uuid import UUID

from domain.invoice.events import UnexpectedPaymentReceived
from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import Money, Names
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
from projections.projection import Lookup, Projection, View
from projections.rows import replace

Fact: TypeAlias = PaymentEvent | UnexpectedPaymentReceived
Status: TypeAlias = Literal[
    "open", "pending", "succeeded", "canceled", "partially_refunded", "refunded"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    payment_id: UUID
    invoice_id: UUID
    subscription_id: UUID
    account_id: UUID
    purpose: str
    names: Names
    amount: Money
    gateway: str
    status: Status
    opened_at: datetime
    attempts: int = 0
    ref: str | None = None
    confirmation_url: str | None = None
    decline_reason: str | None = None
    paid_with: str | None = None
    settled_at: datetime | None = None
    #: Why a person has to look at it.
    attention: str | None = None
    #: How much of it has been paid back.
    refunded: Money | None = None


class PaymentsView(View, Protocol):
    def get(self, payment_id: UUID) -> PaymentRow | None: ...

    def of_account(self, account_id: UUID) -> Sequence[PaymentRow]:
        """The newest first."""
        ...


def keys(recorded: Recorded[Fact], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.payment_id,)


def evolve(
    row: PaymentRow | None, recorded: Recorded[Fact], _rows: Mapping[UUID, PaymentRow]
) -> PaymentRow | None:
    fact = recorded.payload
    if isinstance(fact, PaymentOpened):
        return opened(fact)
    if row is None:
        return None
    match fact:
        case AttemptCreated(attempt_no=number):
            return replace(row, status="pending", attempts=number)
        case AttemptPending(ref=ref, confirmation_url=url):
            return replace(row, ref=ref, confirmation_url=url)
        case AttemptCanceled(reason=reason) | AttemptRejected(reason=reason):
            return failed(row, reason)
        case AttemptResolvedAbsent():
            return failed(row, "never_received")
        case PaymentSucceeded():
            return succeeded(row, fact)
        case PaymentClosed(closed_at=now):
            return replace(
                row, status="canceled", confirmation_url=None, settled_at=now
            )
        case ChargeQuarantined(reason=reason):
            return replace(row, attention=reason)
        case UnexpectedPaymentReceived():
            return replace(row, attention="unexpected-payment")
        case AttemptSubmitted() | AttemptResubmitted() | AttemptOutcomeUnknown():
            return row
        case AttemptNotFound() | PaymentClosureRequested():
            return row
        case RefundReserved() | RefundReleased() | ReceiptAddressed():
            return row
        case PaymentRefunded(refunded_total=total):
            return replace(row, status=status_after(fact), refunded=total)
        case _:
            assert_never(fact)


def opened(fact: PaymentOpened) -> PaymentRow:
    return PaymentRow(
        payment_id=fact.payment_id,
        invoice_id=fact.invoice_id,
        subscription_id=fact.subscription_id,
        account_id=fact.account_id,
        purpose=fact.purpose,
        names=fact.names,
        amount=fact.amount,
        gateway=fact.gateway,
        status="open",
        opened_at=fact.opened_at,
    )


def failed(row: PaymentRow, reason: str) -> PaymentRow:
    """It can be tried again."""
    return replace(row, status="open", confirmation_url=None, decline_reason=reason)


def succeeded(row: PaymentRow, fact: PaymentSucceeded) -> PaymentRow:
    return replace(
        row,
        status="succeeded",
        ref=fact.ref,
        confirmation_url=None,
        decline_reason=None,
        paid_with=fact.card.title if fact.card else None,
        settled_at=fact.succeeded_at,
    )


def status_after(fact: PaymentRefunded) -> Status:
    is_all = fact.refunded_total == fact.captured
    return "refunded" if is_all else "partially_refunded"


payments: Projection[Any, PaymentRow] = Projection(
    name="payments", facts=members(Fact), keys=keys, evolve=evolve, locality="row"
)
