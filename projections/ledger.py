"""The books: of each invoice and its money, what was posted and when it is earned."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, assert_never
from uuid import UUID

from domain.billing_ids import payment_of
from domain.invoice.events import (
    InvoiceFinalized,
    InvoiceMarkedUncollectible,
    InvoiceVoided,
    UnexpectedPaymentReceived,
)
from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.payment.events import ChargeQuarantined, PaymentOpened, PaymentSucceeded
from domain.reconciliation.events import GatewayDifferenceSettled, OrphanChargeFound
from domain.subscription.events import (
    PeriodOpened,
    SubscriptionActivated,
    SubscriptionRecovered,
    SubscriptionSuspended,
)
from projections import postings
from projections.books import Books, place, posted, suspense
from projections.projection import Lookup, Projection
from projections.recognition import reduced, run, stopped
from projections.rows import replace

OfInvoice: TypeAlias = (
    InvoiceFinalized
    | InvoiceVoided
    | InvoiceMarkedUncollectible
    | UnexpectedPaymentReceived
)
OfPayment: TypeAlias = PaymentOpened | PaymentSucceeded | ChargeQuarantined
OfPeriod: TypeAlias = (
    SubscriptionActivated | PeriodOpened | SubscriptionRecovered | SubscriptionSuspended
)
OfOrphan: TypeAlias = OrphanChargeFound | GatewayDifferenceSettled
Fact: TypeAlias = OfInvoice | OfPayment | OfPeriod | OfOrphan


def keys(recorded: Recorded[Fact], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    fact = recorded.payload
    if isinstance(fact, PaymentOpened | PaymentSucceeded | ChargeQuarantined):
        return (fact.payment_id,)
    if isinstance(fact, OrphanChargeFound | GatewayDifferenceSettled):
        return (fact.difference_id,)
    return (payment_of(fact.invoice_id),)


def evolve(
    row: Books | None, recorded: Recorded[Fact], _rows: Mapping[UUID, Books]
) -> Books | None:
    fact = recorded.payload
    if row is None and isinstance(fact, GatewayDifferenceSettled):
        return None  # It was no orphan.
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
        case SubscriptionActivated() | PeriodOpened() | SubscriptionRecovered():
            return replace(row, schedule=run(row.schedule, fact.period, row.net))
        case SubscriptionSuspended(suspended_at=now):
            return replace(row, schedule=stopped(row.schedule, now))
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
    row = replace(
        row,
        currency=fact.total.currency,
        invoice_id=fact.invoice_id,
        subscription_id=fact.subscription_id,
        account_id=fact.account_id,
        net=fact.total.minor - fact.vat.minor,
        vat=fact.vat.minor,
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
