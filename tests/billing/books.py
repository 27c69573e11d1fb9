"""Whether the books are right, whatever has happened: asked after every story."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from psycopg.sql import SQL

from infra.postgres.ledger import PostgresLedger
from projections.books import Books, suspense, trial_balance
from projections.postings import CASH_IN_TRANSIT, DEFERRED_REVENUE, balance
from projections.recognition import earned_by
from tests.examples import NOON

if TYPE_CHECKING:
    from tests.billing.conftest import Shop

#: Money for what nobody wants (any more): it waits for somebody in suspense.
STRANGE = ("UnexpectedPaymentReceived", "ChargeQuarantined", "OrphanChargeFound")


def assert_books_are_right(shop: "Shop") -> None:
    """The trial balance is zero, and the money is what the gateway has taken."""
    model: Any = shop.system.models["ledger"]
    rows = model.store.rows(SQL("true"))
    assert set(trial_balance(rows).values()) <= {0}
    assert all(entry.is_balanced for row in rows for entry in row.entries)
    assert all(is_earned_in_the_end(row) for row in rows)
    known = {fact.ref: fact.amount.minor for fact in shop.facts("PaymentSucceeded")}
    taken = Counter({c.ref: c.amount.minor for c in shop.gateway.taken})
    booked = {row.ref: row.taken for row in rows if row.taken}
    assert booked == known
    assert all(taken[ref] == amount for ref, amount in known.items())
    if not shop.facts(*STRANGE):
        assert suspense(rows) == 0
    sums: Counter[str] = Counter()
    for each in PostgresLedger(model.store).balances(shop.hands.now):
        sums[each.account.partition(":")[0]] += each.debit - each.credit
    assert sum(sums.values()) == 0
    assert sums[DEFERRED_REVENUE] <= 0
    posted = sum(balance(row.entries, CASH_IN_TRANSIT) for row in rows)
    assert sums[CASH_IN_TRANSIT] == posted


def is_earned_in_the_end(row: Books) -> bool:
    """All that was sold, unless the period waits to go on, or has not begun."""
    if not row.schedule or row.schedule[-1].until is None:
        return earned_by(row.schedule, row_end(row)) <= row.net
    return earned_by(row.schedule, row_end(row)) == row.net


def row_end(row: Books) -> datetime:
    ends = [step.until or step.since for step in row.schedule]
    return max(ends, default=NOON)
