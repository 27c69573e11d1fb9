"""Credit notes: what of a paid invoice does not hold any more, line by line."""

from collections.abc import Sequence

from domain.invoice.commands import IssueCreditNote
from domain.invoice.events import (
    CreditedLine,
    CreditNoteIssued,
    InvoiceFinalized,
    Line,
)
from domain.kernel.errors import Rejected
from domain.kernel.values import Money
from domain.money import less, split, vat_of_rest


class CreditExceedsInvoice(Rejected):
    """More than is left of the invoice; the rest has been credited already."""


def note(
    command: IssueCreditNote,
    terms: InvoiceFinalized,
    before: Sequence[CreditNoteIssued],
) -> CreditNoteIssued:
    """The last one takes what is left, and all of them add up to the invoice.

    So do their VAT and that of the invoice: each is a difference of two whole amounts.
    """
    rest = remaining(terms, before)
    left = sum(each.minor for each in rest)
    if command.amount.minor > left or command.amount.currency != terms.total.currency:
        raise CreditExceedsInvoice
    shares = split(command.amount, [each.minor for each in rest])
    lines = tuple(
        credited(line, was, share)
        for line, was, share in zip(terms.lines, rest, shares, strict=True)
    )
    return CreditNoteIssued(
        credit_note_id=command.credit_note_id,
        invoice_id=command.invoice_id,
        account_id=terms.account_id,
        subscription_id=terms.subscription_id,
        refund_id=command.refund_id,
        amount=command.amount,
        vat=Money(sum(line.vat.minor for line in lines), terms.total.currency),
        disposition=command.disposition,
        reason=command.reason,
        lines=lines,
        issued_at=command.now,
    )


def remaining(
    terms: InvoiceFinalized, notes: Sequence[CreditNoteIssued]
) -> Sequence[Money]:
    """What is left of each line; the invoice's own credit is taken off all of them."""
    rest = split(terms.total, [line.amount.minor for line in terms.lines])
    for issued in notes:
        rest = tuple(
            less(was, line.amount) for was, line in zip(rest, issued.lines, strict=True)
        )
    return rest


def credited(line: Line, was: Money, share: Money) -> CreditedLine:
    return CreditedLine(
        names=line.names,
        amount=share,
        vat=vat_of_rest(was, less(was, share), line.vat_percent),
        vat_percent=line.vat_percent,
    )
