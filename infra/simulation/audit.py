"""After a simulated life: is every invariant of billing as it must be?"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from psycopg.sql import SQL

from domain.invoice.events import InvoiceFinalized, InvoicePaid
from domain.mailing.events import LetterOrdered
from domain.payment.events import ChargeQuarantined, PaymentSucceeded
from domain.reconciliation.events import GatewayDifferenceFound, OrphanChargeFound
from domain.subscription.decider import subscription
from infra.bootstrap import System
from infra.simulation.gateway import SimulatedGateway
from projections.books import Books, suspense, trial_balance
from projections.postings import CASH_IN_TRANSIT, GATEWAY_FEES, balance

PAGE = 10_000
OVERDUE = timedelta(hours=12)
KINDS = (
    InvoiceFinalized,
    InvoicePaid,
    LetterOrdered,
    PaymentSucceeded,
    ChargeQuarantined,
    GatewayDifferenceFound,
    OrphanChargeFound,
)
LATE = """
SELECT count(*) FROM read.alarms AS alarm WHERE due < %s AND NOT EXISTS (
    SELECT FROM work.rung
    WHERE (subject, kind, due) = (alarm.subject, alarm.kind, alarm.due)
)
"""
STANDING = "SELECT subscription_id, status FROM read.subscriptions"


@dataclass(frozen=True, slots=True)
class Finding:
    invariant: str
    holds: bool
    detail: str


@dataclass
class Facts:
    """What the log says, as far as it matters here."""

    invoices: Counter[tuple[UUID, int, str]] = field(default_factory=Counter)
    paid: Counter[UUID] = field(default_factory=Counter)
    letters: Counter[tuple[UUID, str, str]] = field(default_factory=Counter)
    succeeded: dict[str, PaymentSucceeded] = field(default_factory=dict)
    successes: Counter[UUID] = field(default_factory=Counter)
    strange: Counter[str] = field(default_factory=Counter)

    def add(self, fact: Any) -> None:
        match fact:
            case InvoiceFinalized(kind="first" | "renewal"):
                period = (fact.subscription_id, fact.period_no, fact.kind)
                self.invoices[period] += 1
            case InvoicePaid():
                self.paid[fact.invoice_id] += 1
            case LetterOrdered():
                what = repr(fact.variables)
                self.letters[fact.account_id, fact.template, what] += 1
            case PaymentSucceeded():
                self.succeeded[fact.ref] = fact
                self.successes[fact.invoice_id] += 1
            case _:
                self.strange[type(fact).__name__] += 1


class Audit:
    def __init__(self, system: System, gateway: SimulatedGateway) -> None:
        self.system = system
        self.gateway = gateway
        self.facts = Facts()
        model: Any = system.models["ledger"]
        self.books: list[Books] = model.store.rows(SQL("true"))

    def findings(self) -> Iterator[Finding]:
        for fact in self.read():
            self.facts.add(fact)
        checks: tuple[Callable[[], Finding], ...] = (
            self.the_journal_is_the_ledger,
            self.a_paid_invoice_has_one_charge,
            self.a_period_has_one_invoice,
            self.a_fact_has_one_letter,
            self.the_books_balance,
            self.nothing_is_strange,
            self.nothing_is_left_undone,
            self.subscriptions_are_where_they_should_be,
            self.nothing_is_parked,
        )
        for check in checks:
            yield check()

    def read(self) -> Iterator[Any]:
        after = 0
        while True:
            page = self.system.log.read(after, KINDS, PAGE)
            yield from (fact.payload for fact in page.facts)
            if page.upto <= after:
                return
            after = page.upto

    def the_journal_is_the_ledger(self) -> Finding:
        theirs = {charge.ref: charge.amount.minor for charge in self.gateway.taken}
        ours = {row.ref: row.taken for row in self.books if row.ref}
        known = {ref: fact.amount.minor for ref, fact in self.facts.succeeded.items()}
        back = sum(self.gateway.paid_back.values())
        cash = sum(
            balance(row.entries, CASH_IN_TRANSIT) + balance(row.entries, GATEWAY_FEES)
            for row in self.books
        )
        holds = theirs == ours == known and cash == sum(theirs.values()) - back
        detail = (
            f"{len(theirs)} charges, {kopecks(sum(theirs.values()))} taken, "
            f"{kopecks(back)} paid back, {kopecks(cash)} in the books"
        )
        return Finding("The gateway's journal is the ledger", holds, detail)

    def a_paid_invoice_has_one_charge(self) -> Finding:
        charged = Counter(charge.payment_id for charge in self.gateway.taken)
        twice = [id_ for id_, number in charged.items() if number > 1]
        unpaid = [id_ for id_ in self.facts.paid if self.facts.successes[id_] != 1]
        free = self.free_invoices()
        wrong = len(twice) + len([id_ for id_ in unpaid if id_ not in free])
        name = "A paid invoice has exactly one successful charge"
        return Finding(name, not wrong, f"{len(self.facts.paid)} paid, {wrong} wrong")

    def free_invoices(self) -> set[UUID]:
        """There was nothing to pay."""
        return {row.invoice_id for row in self.books if row.invoice_id and not row.net}

    def a_period_has_one_invoice(self) -> Finding:
        wrong = sum(number > 1 for number in self.facts.invoices.values())
        name = "A period has one invoice"
        return Finding(name, not wrong, f"{len(self.facts.invoices)} periods")

    def a_fact_has_one_letter(self) -> Finding:
        wrong = sum(number > 1 for number in self.facts.letters.values())
        name = "A fact has one letter"
        detail = f"{sum(self.facts.letters.values())} letters, {wrong} more than once"
        return Finding(name, not wrong, detail)

    def the_books_balance(self) -> Finding:
        sums = trial_balance(self.books)
        held = suspense(self.books)
        is_right = not any(sums.values()) and not held
        detail = f"{sum(len(row.entries) for row in self.books)} entries"
        return Finding(
            "The trial balance is zero, and nothing is in suspense",
            is_right,
            f"{detail}, {kopecks(held)} in suspense",
        )

    def nothing_is_strange(self) -> Finding:
        """That the gateway was faster than an answer that got lost is not."""
        strange = self.facts.strange["ChargeQuarantined"]
        strange += self.facts.strange["OrphanChargeFound"]
        detail = ", ".join(f"{n} {name}" for name, n in self.facts.strange.items())
        name = "No charge is in quarantine, and none an orphan"
        return Finding(name, not strange, detail or "none")

    def nothing_is_left_undone(self) -> Finding:
        """Whatever was in doubt has come to an end."""
        before = self.system.clock() - OVERDUE
        with self.system.pool.connection() as connection:
            [(late,)] = connection.execute(LATE, (before,)).fetchall()
        return Finding("Nothing is overdue", not late, f"{late} alarms")

    def subscriptions_are_where_they_should_be(self) -> Finding:
        """The rows say what the streams do: over, or not."""
        with self.system.pool.connection() as connection:
            rows = connection.execute(STANDING).fetchall()
        wrong = sum(not self.agrees(id_, status) for id_, status in rows)
        counted = Counter(status for _, status in rows)
        detail = ", ".join(f"{n} {status}" for status, n in sorted(counted.items()))
        return Finding("Every subscription is where its log says", not wrong, detail)

    def agrees(self, id_: UUID, status: str) -> bool:
        state = self.system.cinema.state(subscription, f"subscription-{id_}")
        return status in SITUATIONS[type(state).__name__]

    def nothing_is_parked(self) -> Finding:
        from infra.dashboards import processes

        parked = sum(len(each.parked()) for each in processes(self.system))
        parked += sum(len(m.store.parked()) for m in self.system.models.values())
        return Finding("Nothing is parked", not parked, f"{parked} streams")


#: Which statuses of the read model a state of the aggregate may have.
SITUATIONS = {
    "Incomplete": {"incomplete", "trialing"},
    "Trialing": {"trialing"},
    "Active": {"active"},
    "Unpaid": {"past_due", "suspended"},
    "Paused": {"paused"},
    "Over": {"canceled", "expired", "incomplete_expired"},
}


def kopecks(minor: int) -> str:
    return f"{minor / 100:,.2f}"
