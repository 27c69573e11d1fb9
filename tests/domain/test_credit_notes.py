"""Credit notes: they add up to the invoice, and so does their VAT."""

import hypothesis.strategies as st
from hypothesis import given as whatever

from domain.invoice.crediting import CreditExceedsInvoice
from domain.invoice.decider import invoice
from domain.invoice.events import CreditNoteIssued, Line
from domain.kernel.values import Money
from domain.money import vat_inside
from tests.examples.billing import (
    NAMES,
    PLAN,
    finalized,
    invoice_paid,
    unexpected,
    voided,
)
from tests.examples.refunds import issue_note, note, note_issued
from tests.scenario import DeciderScenario

given = DeciderScenario(invoice)


def test_a_paid_invoice_is_credited_once() -> None:
    given(finalized(), invoice_paid()).when(issue_note()).then(note_issued())
    given(finalized(), invoice_paid(), note_issued()).when(issue_note()).then()
    again = issue_note(credit_note_id=note(2), amount=Money(1))
    given(finalized(), invoice_paid(), note_issued()).when(again).then_refused(
        CreditExceedsInvoice
    )


def test_what_nobody_wanted_is_credited_only_if_it_was_sold() -> None:
    given(finalized(), invoice_paid(), unexpected()).when(issue_note()).then(
        note_issued()
    )
    given(finalized(), voided(), unexpected()).when(issue_note()).then()
    given(finalized()).when(issue_note()).then()


def line(amount: int, percent: int) -> Line:
    return Line(
        plan_id=PLAN,
        price_version=1,
        names=NAMES,
        amount=Money(amount),
        vat=vat_inside(Money(amount), percent),
        vat_percent=percent,
    )


@whatever(
    lines=st.lists(
        st.tuples(st.integers(1, 500_00), st.sampled_from([0, 10, 20, 22])),
        min_size=1,
        max_size=4,
    ),
    cuts=st.lists(st.floats(0.01, 1), max_size=6),
)
def test_whatever_is_credited_adds_up(
    lines: list[tuple[int, int]], cuts: list[float]
) -> None:
    made = tuple(line(*each) for each in lines)
    total = sum(each.amount.minor for each in made)
    terms = finalized(
        lines=made,
        total=Money(total),
        vat=Money(sum(each.vat.minor for each in made)),
    )
    state = invoice.fold((terms, invoice_paid(total=terms.total, vat=terms.vat)))
    left, notes = total, list[CreditNoteIssued]()
    for number, cut in enumerate([*cuts, 1.0]):
        amount = max(1, int(left * cut)) if cut < 1 else left
        if not left:
            break
        command = issue_note(credit_note_id=note(number), amount=Money(amount))
        [issued] = invoice.decide(command, state)
        assert isinstance(issued, CreditNoteIssued)
        assert sum(each.amount.minor for each in issued.lines) == amount
        state, left = invoice.evolve(state, issued), left - amount
        notes.append(issued)
    assert sum(each.amount.minor for each in notes) == total
    assert sum(each.vat.minor for each in notes) == terms.vat.minor
    for number, each in enumerate(made):
        assert sum(one.lines[number].amount.minor for one in notes) == each.amount.minor
