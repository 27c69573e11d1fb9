"""The books: of each invoice and its money, what was posted and when it is earned."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias, assert_never
from uuid import UUID

from domain.billing_ids import invoice_of, payment_of
from domain.invoice.events import (
    CreditNoteIssued,
    InvoiceFinalized,
    InvoiceMarkedUncollectible,
    InvoiceVoided,
    UnexpectedPaymentReceived,
)
from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import InvoiceId, Period
from domain.payment.events import ChargeQuarantined, PaymentOpened, PaymentSucceeded
from domain.reconciliation.events import GatewayDifferenceSettled, OrphanChargeFound
from domain.refund.events import RefundSucceeded
from domain.subscription.change_events import PlanChanged
from domain.subscription.events import (
    PeriodOpened,
    SubscriptionActivated,
    SubscriptionRecovered,
    SubscriptionSuspended,
)
from domain.subscription.standing_events import (
    PaidUntilExtended,
    SubscriptionPaused,
    SubscriptionResumed,
)
from projections import postings
from projections.books import Books, place, posted, suspense
from projections.postings import balance
from projections.projection import Lookup, Projection
from projections.recognition import extended, priced, reduced, run, stopped
from projections.rows import replace

OfInvoice: TypeAlias = (
    InvoiceFinalized
    | InvoiceVoided
    | InvoiceMarkedUncollectible
    | UnexpectedPaymentReceived
    | CreditNoteIssued
)
OfPayment: TypeAlias = (
    PaymentOpened | PaymentSucceeded | ChargeQuarantined | RefundSucceeded
)
OfPeriod: TypeAlias = (
    SubscriptionActivated | PeriodOpened | SubscriptionRecovered | SubscriptionSuspended
)
#: They name the period; which invoice that was, follows.
OfTime: TypeAlias = SubscriptionPaused | SubscriptionResumed | PaidUntilExtended
OfOrphan: TypeAlias = OrphanChargeFound | GatewayDifferenceSettled
Fact: TypeAlias = OfInvoice | OfPayment | OfPeriod | PlanChanged | OfTime | OfOrphan


OfNothingNew = (GatewayDifferenceSettled, *members(OfTime))


def keys(recorded: Recorded[Fact], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    fact = recorded.payload
    if isinstance(fact, OfPayment):
        return (fact.payment_id,)
    if isinstance(fact, OrphanChargeFound | GatewayDifferenceSettled):
        return (fact.difference_id,)
    if isinstance(fact, SubscriptionPaused | SubscriptionResumed | PaidUntilExtended):
        return (payment_of(fact.invoice_id or presumed(fact)),)
    if fact.invoice_id is None:  # Another plan with the next period.
        return ()
    return (payment_of(fact.invoice_id),)


def presumed(fact: OfTime) -> InvoiceId:
    """As long as it was not said."""
    kind: Literal["first", "renewal"] = "renewal" if fact.period_no else "first"
    return invoice_of(fact.subscription_id, fact.period_no, kind)


def evolve(
    row: Books | None, recorded: Recorded[Fact], _rows: Mapping[UUID, Books]
) -> Books | None:
    fact = recorded.payload
    if row is None and isinstance(fact, OfNothingNew):
        return None  # It was no orphan, or it was a trial.
    row = row or Books(id=next(iter(keys(recorded, nothing))))
    if any(entry.id == place(recorded) for entry in row.entries):
        return row
    match fact:
        case InvoiceFinalized():
            return finalized(row, fact, recorded)
        case InvoiceVoided() | InvoiceMarkedUncollectible():
            return closed(row, fact, recorded)
        case UnexpectedPaymentReceived():
            return unwanted(row, fact, recorded)
        case PaymentOpened():
            return replace(
                row,
                gateway=fact.gateway,
                currency=row.currency or fact.amount.currency,
                invoice_id=fact.invoice_id,
                subscription_id=fact.subscription_id,
                account_id=fact.account_id,
            )
        case PaymentSucceeded():
            return paid(row, fact, recorded)
        case ChargeQuarantined():
            return quarantined(row, fact, recorded)
        case RefundSucceeded():
            return repaid(row, fact, recorded)
        case CreditNoteIssued():
            return credited(row, fact, recorded)
        case SubscriptionActivated() | PeriodOpened() | SubscriptionRecovered():
            return replace(row, schedule=run(row.schedule, fact.period, row.net))
        case PlanChanged(period=period, effective_at=at):
            rest = Period(max(period.start, at), period.end)
            return replace(row, schedule=run(row.schedule, rest, row.net))
        case SubscriptionSuspended(suspended_at=now):
            return replace(row, schedule=stopped(row.schedule, now))
        case SubscriptionPaused(paused_at=now):
            return replace(row, schedule=stopped(row.schedule, now))
        case SubscriptionResumed(period=Period() as period):
            return replace(row, schedule=run(row.schedule, period, row.net))
        case PaidUntilExtended(period=Period() as period, extended_at=now):
            return replace(row, schedule=extended(row.schedule, now, period.end))
        case SubscriptionResumed() | PaidUntilExtended():
            return row
        case OrphanChargeFound(found_at=now):
            row = replace(row, gateway=fact.gateway, currency=fact.amount.currency)
            moves = postings.unexplained(fact.gateway, fact.amount.minor)
            return posted(row, recorded, moves, now)
        case GatewayDifferenceSettled(settled_at=now):
            moves = postings.unexplained(fact.gateway, -suspense([row]))
            return posted(row, recorded, moves, now)
        case _:
            assert_never(fact)


def nothing(field: str, value: object) -> Iterable[Any]:
    del field, value
    return ()


def finalized(row: Books, fact: InvoiceFinalized, recorded: Recorded[Any]) -> Books:
    net = fact.total.minor - fact.vat.minor
    row = replace(
        row,
        currency=fact.total.currency,
        invoice_id=fact.invoice_id,
        subscription_id=fact.subscription_id,
        account_id=fact.account_id,
        net=net,
        vat=fact.vat.minor,
        schedule=priced(row.schedule, net),
    )
    moves = postings.sale(fact.total.minor, fact.vat.minor)
    return posted(row, recorded, moves, fact.finalized_at)


def closed(
    row: Books,
    fact: InvoiceVoided | InvoiceMarkedUncollectible,
    recorded: Recorded[Any],
) -> Books:
    """What was delivered until then stays earned, if somebody owes it."""
    is_void = isinstance(fact, InvoiceVoided)
    at = fact.voided_at if isinstance(fact, InvoiceVoided) else fact.marked_at
    sold = row.sold(at)
    moves = postings.void(sold) if is_void else postings.write_off(sold)
    left = 0 if is_void else sold.earned
    return replace(
        posted(row, recorded, moves, at),
        closed=True,
        net=left,
        vat=0 if is_void else sold.earned_vat,
        schedule=reduced(row.schedule, at, left),
    )


def unwanted(
    row: Books, fact: UnexpectedPaymentReceived, recorded: Recorded[Any]
) -> Books:
    at = fact.received_at
    if row.closed:
        return posted(row, recorded, postings.unwanted(fact.amount.minor), at)
    row = posted(row, recorded, postings.undelivered(row.sold(at)), at)
    return replace(row, net=0, vat=0, schedule=reduced(row.schedule, at, 0))


def paid(row: Books, fact: PaymentSucceeded, recorded: Recorded[Any]) -> Books:
    row = replace(
        row,
        currency=row.currency or fact.amount.currency,
        gateway=fact.gateway,
        ref=fact.ref,
        taken_at=fact.succeeded_at,
        taken=fact.amount.minor,
        income=fact.income.minor if fact.income else None,
    )
    moves = postings.payment(fact.gateway, fact.amount.minor, row.income)
    return posted(row, recorded, moves, fact.succeeded_at, fact.amount.currency)


def repaid(row: Books, fact: RefundSucceeded, recorded: Recorded[Any]) -> Books:
    row = replace(row, refunded=row.refunded + fact.amount.minor)
    held = suspense([row])
    moves = postings.repayment(fact.gateway, fact.amount.minor, held)
    return posted(row, recorded, moves, fact.succeeded_at)


def credited(row: Books, fact: CreditNoteIssued, recorded: Recorded[Any]) -> Books:
    """Of a sale that is off already, only what was paid back has to be explained."""
    at, amount = fact.issued_at, fact.amount.minor
    if row.net + row.vat < amount:
        owed = balance(row.entries, postings.REFUND_LIABILITY)
        moves = postings.explained(min(suspense([row]), owed, amount))
        return posted(row, recorded, moves, at)
    account = postings.DISPOSITIONS[fact.disposition]
    moves = postings.credit_note(amount, fact.vat.minor, account)
    net = row.net - (amount - fact.vat.minor)
    return replace(
        posted(row, recorded, moves, at),
        net=net,
        vat=row.vat - fact.vat.minor,
        schedule=reduced(row.schedule, at, net),
    )


def quarantined(row: Books, fact: ChargeQuarantined, recorded: Recorded[Any]) -> Books:
    """Money that is there and should not be, or the other way round, is in suspense."""
    match fact.status, fact.ref == row.ref:
        case "succeeded", False:
            amount = fact.amount.minor
        case "canceled", True:
            amount = -row.taken
        case _:
            return row
    moves = postings.unexplained(row.gateway, amount)
    return posted(row, recorded, moves, fact.observed_at, fact.amount.currency)


ledger: Projection[Any, Books] = Projection(
    name="ledger", facts=members(Fact), keys=keys, evolve=evolve, locality="row"
)
