"""What receipts say, from the invoices in the log; their addresses, from its events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.invoice.crediting import remaining
from domain.invoice.events import CreditNoteIssued, InvoiceFinalized
from domain.kernel.messages import Recorded
from domain.kernel.values import Money
from domain.money import split
from domain.payment.events import PaymentOpened
from domain.payment.receipt_events import ReceiptAddressed
from domain.refund.events import RefundReceiptAddressed
from processes.ports import AddressBook, ReceiptItem, ReceiptOrder


@dataclass(frozen=True, slots=True)
class LoggedReceipts:
    stream: Callable[[str], Sequence[Recorded[Any]]]
    addresses: AddressBook

    def of_charge(self, payment_id: UUID) -> ReceiptOrder | None:
        for fact in self.facts(f"payment-{payment_id}"):
            if isinstance(fact, PaymentOpened):
                return self.order(fact.invoice_id, None)
        return None

    def of_refund(self, invoice_id: UUID, amount: Money) -> ReceiptOrder | None:
        return self.order(invoice_id, amount)

    def order(self, invoice_id: UUID, amount: Money | None) -> ReceiptOrder | None:
        """Of the whole invoice, or of an amount that is left of it."""
        facts = self.facts(f"invoice-{invoice_id}")
        [terms] = [each for each in facts if isinstance(each, InvoiceFinalized)]
        addressee = self.addresses.find(terms.account_id)
        if addressee is None:
            return None
        notes = [each for each in facts if isinstance(each, CreditNoteIssued)]
        shares = remaining(terms, notes if amount else ())
        if amount:
            shares = split(amount, [each.minor for each in shares])
        return ReceiptOrder(
            account_id=terms.account_id,
            email=addressee.email,
            items=items(terms, shares),
            sold_at=terms.finalized_at,
        )

    def charge_address(self, payment_id: UUID, attempt_id: UUID) -> str | None:
        for fact in self.facts(f"payment-{payment_id}"):
            if isinstance(fact, ReceiptAddressed) and fact.attempt_id == attempt_id:
                return fact.email if isinstance(fact.email, str) else None
        return None

    def refund_address(self, refund_id: UUID) -> str | None:
        for fact in self.facts(f"refund-{refund_id}"):
            if isinstance(fact, RefundReceiptAddressed):
                return fact.email if isinstance(fact.email, str) else None
        return None

    def facts(self, stream: str) -> Sequence[Any]:
        return [recorded.payload for recorded in self.stream(stream)]


def items(terms: InvoiceFinalized, shares: Sequence[Money]) -> tuple[ReceiptItem, ...]:
    return tuple(
        ReceiptItem(
            description=line.names.ru,
            amount=share,
            # A plan with 0 % is sold without VAT: the rate of exports is not for it.
            vat_percent=line.vat_percent or None,
        )
        for line, share in zip(terms.lines, shares, strict=True)
        if share.minor
    )
