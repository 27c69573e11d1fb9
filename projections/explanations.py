"""Why a payment is what it is: its arithmetic, and each fact that made it so.

Nothing is kept for this. It is told from the streams of the payment, its invoice and
its refunds as they are in the log, so that it cannot disagree with them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.invoice.events import InvoiceFinalized, Line
from domain.kernel.messages import Recorded
from domain.kernel.values import Credit, Money, Period
from domain.payment.events import PaymentOpened, PaymentSucceeded
from projections.explained import Told, told

#: From a stream's name to what is in it.
Streams = Callable[[str], Sequence[Recorded[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One fact, where it stands in the log, and what it says."""

    stream: str
    version: int
    position: int
    type: str
    recorded_at: datetime
    told: Told
    amount: Money | None
    attempt_id: UUID | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    payment_id: UUID
    account_id: UUID
    subscription_id: UUID
    invoice_id: UUID
    #: What it is asked for.
    amount: Money
    lines: tuple[Line, ...]
    credit: Credit | None
    total: Money | None
    vat: Money | None
    period: Period | None
    paid: Money | None
    income: Money | None
    refunded: Money | None
    steps: tuple[Step, ...]


def explain(payment_id: UUID, streams: Streams) -> Explanation | None:
    facts = streams(f"payment-{payment_id}")
    opened = first(facts, PaymentOpened)
    if opened is None:
        return None
    invoice = streams(f"invoice-{opened.invoice_id}")
    subscription = about(
        streams(f"subscription-{opened.subscription_id}"), opened.invoice_id
    )
    refunds = [
        fact
        for refund_id in refunds_of(facts)
        for fact in streams(f"refund-{refund_id}")
    ]
    finalized = first(invoice, InvoiceFinalized)
    succeeded = first(facts, PaymentSucceeded)
    everything = [*facts, *invoice, *subscription, *refunds]
    return Explanation(
        payment_id=payment_id,
        account_id=opened.account_id,
        subscription_id=opened.subscription_id,
        invoice_id=opened.invoice_id,
        amount=opened.amount,
        lines=finalized.lines if finalized else (),
        credit=finalized.credit if finalized else None,
        total=finalized.total if finalized else None,
        vat=finalized.vat if finalized else None,
        period=period_of(subscription),
        paid=succeeded.amount if succeeded else None,
        income=succeeded.income if succeeded else None,
        refunded=refunded(facts),
        steps=tuple(step(each) for each in sorted(everything, key=place)),
    )


def first(facts: Iterable[Recorded[Any]], kind: type) -> Any:
    return next((f.payload for f in facts if isinstance(f.payload, kind)), None)


def place(fact: Recorded[Any]) -> int:
    return fact.position


def about(facts: Iterable[Recorded[Any]], invoice_id: UUID) -> Sequence[Recorded[Any]]:
    """What the subscription says of this invoice, and no other."""
    return [f for f in facts if getattr(f.payload, "invoice_id", None) == invoice_id]


def refunds_of(facts: Iterable[Recorded[Any]]) -> list[UUID]:
    ids = (getattr(fact.payload, "refund_id", None) for fact in facts)
    return list(dict.fromkeys(id_ for id_ in ids if id_))


def refunded(facts: Iterable[Recorded[Any]]) -> Money | None:
    """The latest of what came to be paid back altogether."""
    totals = [getattr(fact.payload, "refunded_total", None) for fact in facts]
    return next((total for total in reversed(totals) if total), None)


def period_of(subscription: Sequence[Recorded[Any]]) -> Period | None:
    """As it was last: a suspended period begins anew with the money."""
    periods = [getattr(fact.payload, "period", None) for fact in subscription]
    return next((period for period in reversed(periods) if period), None)


def step(fact: Recorded[Any]) -> Step:
    payload = fact.payload
    return Step(
        stream=fact.originator_id,
        version=fact.originator_version,
        position=fact.position,
        type=type(payload).__name__,
        recorded_at=fact.recorded_at,
        told=told(type(payload).__name__),
        amount=getattr(payload, "amount", None) or getattr(payload, "total", None),
        attempt_id=getattr(payload, "attempt_id", None),
        reason=getattr(payload, "reason", None) or getattr(payload, "cause", None),
    )
