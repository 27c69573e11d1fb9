"""Double entry: which accounts a fact is posted to. Pure, and balanced by construction.

The books of one invoice are its entries. What a later fact reverses is what these books
hold, not what another fact says: so nothing that comes late or twice unbalances them.
Revenue is in no entry: it is what of the deferred has been earned (``recognition``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.money import half_up

RECEIVABLE = "receivable"
CASH_IN_TRANSIT = "cash_in_transit"
GATEWAY_FEES = "gateway_fees"
DEFERRED_REVENUE = "deferred_revenue"
REVENUE = "revenue"
VAT_PAYABLE = "vat_payable"
REFUND_LIABILITY = "refund_liability"
CUSTOMER_CREDIT = "customer_credit"
BAD_DEBT = "bad_debt"
SUSPENSE = "suspense"
#: Where the amount of a credit note goes.
DISPOSITIONS = {
    "refund": REFUND_LIABILITY,
    "account_credit": CUSTOMER_CREDIT,
    "offset": RECEIVABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    account: str
    debit: int = 0
    credit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``id`` is the place of its fact: stream and version."""

    id: str
    fact: str
    position: int
    occurred_at: datetime
    currency: str
    lines: tuple[Line, ...]

    @property
    def is_balanced(self) -> bool:
        return sum(line.debit - line.credit for line in self.lines) == 0


#: An account, and by how much: debits are positive, credits negative.
Moves: TypeAlias = Iterable[tuple[str, int]]


def lines_of(moves: Moves) -> tuple[Line, ...]:
    """Raises ``ValueError`` for what does not balance: that is never a fact's fault."""
    found = [(account, amount) for account, amount in moves if amount]
    if sum(amount for _, amount in found):
        raise ValueError(f"does not balance: {found}")
    return tuple(
        Line(account=account, debit=max(amount, 0), credit=max(-amount, 0))
        for account, amount in found
    )


def balance(entries: Sequence[Entry], account: str) -> int:
    """Debits less credits; of all gateways together for what is at a gateway."""
    return sum(
        line.debit - line.credit
        for entry in entries
        for line in entry.lines
        if line.account.partition(":")[0] == account
    )


def at_gateway(gateway: str | None) -> str:
    return f"{CASH_IN_TRANSIT}:{gateway or 'unknown'}"


@dataclass(frozen=True, slots=True)
class Sold:
    """What an invoice's books still hold as sold, without VAT, and the VAT."""

    net: int
    vat: int
    #: Of the net, what has been earned by now.
    earned: int = 0

    @property
    def gross(self) -> int:
        return self.net + self.vat

    @property
    def earned_vat(self) -> int:
        """By telescoping: with the VAT of the rest it is the whole."""
        return half_up(self.vat * self.earned, self.net) if self.net else 0


def sale(total: int, vat: int) -> Moves:
    return (RECEIVABLE, total), (DEFERRED_REVENUE, vat - total), (VAT_PAYABLE, -vat)


def void(sold: Sold) -> Moves:
    return (
        (DEFERRED_REVENUE, sold.net),
        (VAT_PAYABLE, sold.vat),
        (RECEIVABLE, -sold.gross),
    )


def write_off(sold: Sold) -> Moves:
    """What was delivered is a bad debt; the rest was never sold."""
    return (
        (DEFERRED_REVENUE, sold.net - sold.earned),
        (VAT_PAYABLE, sold.vat - sold.earned_vat),
        (BAD_DEBT, sold.earned + sold.earned_vat),
        (RECEIVABLE, -sold.gross),
    )


def payment(gateway: str, amount: int, income: int | None) -> Moves:
    """``income`` is what the gateway passes on; the rest is its fee."""
    received = amount if income is None else income
    return (
        (at_gateway(gateway), received),
        (GATEWAY_FEES, amount - received),
        (RECEIVABLE, -amount),
    )


def unwanted(amount: int) -> Moves:
    """Money for an invoice that was closed meanwhile."""
    return (RECEIVABLE, amount), (SUSPENSE, -amount)


def undelivered(sold: Sold) -> Moves:
    """Paid, but not delivered: the sale is off, and the money is here."""
    return (
        (DEFERRED_REVENUE, sold.net),
        (VAT_PAYABLE, sold.vat),
        (SUSPENSE, -sold.gross),
    )


def credit_note(amount: int, vat: int, account: str) -> Moves:
    """What had been earned of it already stops being so: see ``recognition``."""
    return (
        (DEFERRED_REVENUE, amount - vat),
        (VAT_PAYABLE, vat),
        (account, -amount),
    )


def unexplained(gateway: str | None, amount: int) -> Moves:
    """Money at the gateway that nothing here asked for; less than nothing: missing."""
    return (at_gateway(gateway), amount), (SUSPENSE, -amount)


def repayment(gateway: str | None, amount: int, held: int) -> Moves:
    """``held`` is what there is in suspense to be paid back."""
    from_suspense = min(amount, max(held, 0))
    return (
        (SUSPENSE, from_suspense),
        (REFUND_LIABILITY, amount - from_suspense),
        (at_gateway(gateway), -amount),
    )


def explained(amount: int) -> Moves:
    """It was paid back before it was known that nobody wanted it."""
    known = max(amount, 0)
    return (SUSPENSE, known), (REFUND_LIABILITY, -known)
