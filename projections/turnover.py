"""What was taken on each day, in each currency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.kernel.messages import Recorded
from domain.payment.events import PaymentSucceeded
from projections.projection import Lookup, Projection
from projections.rows import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """A day in UTC; amounts are in minor units."""

    id: str
    day: date
    currency: str
    payments: int = 0
    taken: int = 0


def id_of(fact: PaymentSucceeded) -> str:
    return f"{fact.succeeded_at.date()} {fact.amount.currency}"


def keys(recorded: Recorded[PaymentSucceeded], _: Lookup[str]) -> Iterable[str]:
    return (id_of(recorded.payload),)


def evolve(
    row: Turnover | None,
    recorded: Recorded[PaymentSucceeded],
    _: Mapping[str, Turnover],
) -> Turnover | None:
    fact = recorded.payload
    row = row or Turnover(
        id=id_of(fact), day=fact.succeeded_at.date(), currency=fact.amount.currency
    )
    taken = row.taken + fact.amount.minor
    return replace(row, payments=row.payments + 1, taken=taken)


turnover: Projection[Any, Turnover] = Projection(
    name="turnover", facts=(PaymentSucceeded,), keys=keys, evolve=evolve, locality="row"
)
