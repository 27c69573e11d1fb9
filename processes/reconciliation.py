"""A gateway's charges against our books, both ways, to the kopeck. Pure."""

from collections.abc import Iterator
from typing import Protocol
from uuid import UUID

from domain.kernel.values import Currency, Money, PaymentId
from domain.reconciliation.commands import Difference, Finding, Orphan
from domain.reconciliation.events import DifferenceKind
from processes.ports import Charge


class Ours(Protocol):
    """What our books say of one payment; amounts are in minor units."""

    @property
    def id(self) -> UUID: ...
    @property
    def ref(self) -> str | None: ...
    @property
    def currency(self) -> Currency | None: ...
    @property
    def taken(self) -> int: ...
    @property
    def income(self) -> int | None: ...
    @property
    def refunded(self) -> int: ...


def is_news(charge: Charge, ours: Ours | None) -> bool:
    """It shows what our books do not hold: the payment is to be told, and judges."""
    is_booked = ours is not None and ours.ref == charge.ref
    return is_booked != (charge.status == "succeeded")


def compared(charge: Charge, ours: Ours) -> Iterator[Finding]:
    """What is wrong with a charge that names one of our payments."""
    is_booked = ours.ref == charge.ref
    match is_booked, charge.status == "succeeded":
        case False, True:
            yield difference(charge, ours, "not-known-as-taken", None, charge.amount)
        case True, False:
            taken = money(ours, ours.taken)
            yield difference(charge, ours, "not-taken-there", taken, charge.amount)
        case True, True:
            yield from amounts(charge, ours)


def amounts(charge: Charge, ours: Ours) -> Iterator[Finding]:
    taken, refunded = money(ours, ours.taken), money(ours, ours.refunded)
    if charge.amount != taken:
        yield difference(charge, ours, "amount", taken, charge.amount)
    if charge.income is not None and ours.income is not None:
        income = money(ours, ours.income)
        if charge.income != income:
            yield difference(charge, ours, "fee", income, charge.income)
    if charge.refunded is not None and charge.refunded != refunded:
        yield difference(charge, ours, "refunded", refunded, charge.refunded)


def difference(
    charge: Charge,
    ours: Ours,
    kind: DifferenceKind,
    mine: Money | None,
    theirs: Money,
) -> Difference:
    return Difference(
        kind=kind,
        ref=charge.ref,
        payment_id=PaymentId(ours.id),
        ours=mine,
        theirs=theirs,
        status=charge.status,
    )


def orphaned(charge: Charge) -> Iterator[Orphan]:
    """None of our payments: only money is worth a word."""
    if charge.status != "succeeded":
        return
    id_ = charge.payment_id
    yield Orphan(
        ref=charge.ref,
        amount=charge.amount,
        reason="unknown-payment" if id_ else "none-of-our-ids",
        payment_id=PaymentId(id_) if id_ else None,
    )


def missing(ours: Ours) -> Difference:
    """We hold it as taken, and the gateway has never heard of it."""
    return Difference(
        kind="not-there",
        ref=ours.ref or "",
        payment_id=PaymentId(ours.id),
        ours=money(ours, ours.taken),
    )


def money(ours: Ours, minor: int) -> Money:
    return Money(minor, ours.currency or "RUB")
