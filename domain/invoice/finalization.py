"""What an invoice says: its lines, what is taken off, and what is left to pay."""

from domain.billing_ids import payment_of
from domain.invoice.commands import FinalizeInvoice
from domain.invoice.events import InvoiceFinalized, InvoicePaid, Line
from domain.kernel.values import Money, Proration
from domain.money import charged, less, vat_inside
from domain.proration import rest


def finalized(command: FinalizeInvoice) -> InvoiceFinalized:
    line = line_of(command)
    total = less(line.amount, command.credit.amount) if command.credit else line.amount
    return InvoiceFinalized(
        invoice_id=command.invoice_id,
        account_id=command.account_id,
        subscription_id=command.subscription_id,
        kind=command.kind,
        period_no=command.period_no,
        lines=(line,),
        total=total,
        vat=vat_inside(total, command.terms.vat_percent),
        due_at=command.due_at,
        finalized_at=command.now,
        credit=command.credit,
        change_id=command.change_id,
    )


def line_of(command: FinalizeInvoice) -> Line:
    terms, part = command.terms, command.proration
    amount = left(charged(terms), part)
    is_plain = terms.promotion is None and part is None
    list_amount = left(terms.price, part)
    return Line(
        plan_id=terms.plan_id,
        price_version=terms.price_version,
        names=terms.names,
        amount=amount,
        vat=vat_inside(amount, terms.vat_percent),
        vat_percent=terms.vat_percent,
        kind="rest_of_period" if part else "period",
        list_amount=None if is_plain else list_amount,
        discount=less(list_amount, amount) if terms.promotion else None,
        proration=part,
    )


def left(price: Money, part: Proration | None) -> Money:
    return rest(price, part) if part else price


def paid_with_nothing(terms: InvoiceFinalized) -> InvoicePaid:
    """Nothing is to be paid, so there is no payment: its id is only reserved."""
    return InvoicePaid(
        invoice_id=terms.invoice_id,
        account_id=terms.account_id,
        subscription_id=terms.subscription_id,
        kind=terms.kind,
        period_no=terms.period_no,
        payment_id=payment_of(terms.invoice_id),
        total=terms.total,
        vat=terms.vat,
        paid_at=terms.finalized_at,
    )
