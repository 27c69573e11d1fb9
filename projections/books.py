"""The books of one invoice, and what they come to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.values import Currency
from projections import postings
from projections.postings import Entry, Moves, Sold, balance, lines_of
from projections.projection import View
from projections.recognition import Schedule, earned_by
from projections.rows import replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Of one invoice, by the id of its payment; or of a charge that has neither.

    Amounts are in minor units.
    """

    id: UUID
    currency: Currency | None = None
    invoice_id: UUID | None = None
    subscription_id: UUID | None = None
    account_id: UUID | None = None
    gateway: str | None = None
    #: What is sold, without VAT, and the VAT: less what was taken back.
    net: int = 0
    vat: int = 0
    closed: bool = False
    #: What the gateway took, by its own name for it, and what it passes on.
    ref: str | None = None
    taken_at: datetime | None = None
    taken: int = 0
    income: int | None = None
    refunded: int = 0
    entries: tuple[Entry, ...] = ()
    schedule: Schedule = ()

    def sold(self, at: datetime) -> Sold:
        return Sold(self.net, self.vat, min(earned_by(self.schedule, at), self.net))


@dataclass(frozen=True, slots=True)
class Balance:
    """Of one account; what has been earned by the instant in question is revenue."""

    currency: str
    account: str
    debit: int
    credit: int


class LedgerView(View, Protocol):
    def get_many(self, payment_ids: Collection[UUID]) -> Mapping[UUID, Books]: ...

    def taken(self, gateway: str, since: datetime, until: datetime) -> Sequence[Books]:
        """Those whose money the gateway took in ``[since, until)``."""
        ...

    def balances(self, at: datetime) -> Sequence[Balance]:
        """All accounts of all currencies as they were then."""
        ...


def place(recorded: Recorded[Any]) -> str:
    return f"{recorded.originator_id}:{recorded.originator_version}"


def posted(
    row: Books,
    recorded: Recorded[Any],
    moves: Moves,
    at: datetime,
    currency: str | None = None,
) -> Books:
    lines = lines_of(moves)
    if not lines:
        return row
    entry = Entry(
        id=place(recorded),
        fact=type(recorded.payload).__name__,
        position=recorded.position,
        occurred_at=at,
        currency=currency or row.currency or "",
        lines=lines,
    )
    return replace(row, entries=(*row.entries, entry))


def trial_balance(rows: Iterable[Books]) -> Mapping[str, int]:
    """Debits less credits, by currency: nothing but noughts if the books are right."""
    sums: dict[str, int] = {}
    for row in rows:
        for entry in row.entries:
            for line in entry.lines:
                moved = sums.get(entry.currency, 0) + line.debit - line.credit
                sums[entry.currency] = moved
    return sums


def suspense(rows: Iterable[Books]) -> int:
    """What nobody knows the purpose of, in minor units."""
    return -sum(balance(row.entries, postings.SUSPENSE) for row in rows)
