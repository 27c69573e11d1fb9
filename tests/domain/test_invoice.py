from dataclasses import replace
from uuid import UUID

from domain.invoice.decider import InvoiceNotFound, invoice
from domain.invoice.events import InvoiceFinalized
from domain.kernel.values import Money, PromoCodeId, Promotion, Proration
from domain.money import vat_inside
from domain.proration import credit_of
from tests.examples.billing import (
    LINE,
    PRICE,
    TERMS,
    finalize,
    finalized,
    give_number,
    invoice_paid,
    mark_uncollectible,
    numbered,
    pay,
    report,
    uncollectible,
    unexpected,
    void,
    voided,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(invoice)
CHANGE = UUID(int=107)
PROMO_CODE = PromoCodeId(UUID(int=108))


def test_finalizing_settles_lines_and_totals() -> None:
    given().when(finalize()).then(finalized())
    given(finalized()).when(finalize()).then()
    assert finalized().vat == vat_inside(PRICE, 22)


def test_paying() -> None:
    given(finalized()).when(pay()).then(invoice_paid())
    given(finalized(), invoice_paid()).when(pay()).then()
    given().when(pay()).then_refused(InvoiceNotFound)


def test_what_nobody_waits_for_is_closed() -> None:
    given(finalized()).when(void()).then(voided())
    given(finalized()).when(mark_uncollectible()).then(uncollectible())
    given(finalized(), voided()).when(mark_uncollectible()).then()
    given(finalized(), uncollectible()).when(void()).then()


def test_what_is_paid_stays_paid() -> None:
    given(finalized(), invoice_paid()).when(void()).then()
    given(finalized(), invoice_paid()).when(mark_uncollectible()).then()


def test_money_for_a_closed_invoice_is_a_fact_once() -> None:
    given(finalized(), voided()).when(pay()).then(unexpected())
    given(finalized(), uncollectible()).when(pay()).then(unexpected())
    given(finalized(), voided(), unexpected()).when(pay()).then()


def test_money_for_what_is_over_is_a_fact_once() -> None:
    given(finalized(), invoice_paid()).when(report()).then(unexpected())
    given(finalized(), invoice_paid(), unexpected()).when(report()).then()
    given(finalized()).when(report()).then()


def test_a_fact_out_of_nowhere_is_survived() -> None:
    given(invoice_paid()).when(finalize()).then(finalized())


def test_a_number_is_given_once() -> None:
    given(finalized()).when(give_number()).then(numbered())
    given(finalized(), numbered()).when(give_number(serial=8)).then()
    given(finalized(), numbered(), invoice_paid()).when(give_number()).then()
    given(finalized(), voided(), numbered()).when(give_number()).then()


def test_a_discount_is_on_the_line() -> None:
    off = Promotion(promo_code_id=PROMO_CODE, percent=25)
    line = replace(
        LINE,
        amount=Money(299_25),
        vat=Money(53_96),
        list_amount=PRICE,
        discount=Money(99_75),
    )
    given().when(finalize(terms=replace(TERMS, promotion=off))).then(
        finalized(lines=(line,), total=Money(299_25), vat=Money(53_96))
    )


def test_what_costs_nothing_is_paid_at_once() -> None:
    free = Promotion(promo_code_id=PROMO_CODE, percent=100)
    made = invoice.decide(
        finalize(terms=replace(TERMS, promotion=free)), invoice.fold([])
    )
    bill, paid = made
    assert isinstance(bill, InvoiceFinalized)
    assert bill.total == Money(0)
    assert paid == invoice_paid(total=Money(0), vat=Money(0))
    given(*made).when(pay()).then()
    given(*made).when(report()).then()


def test_the_rest_of_a_period_on_another_plan() -> None:
    """Standard, and after half of its month Premium: 100.00 are to be paid."""
    half = Proration(elapsed=14, total=28)
    premium = replace(TERMS, price=Money(599_00))
    [bill] = invoice.decide(
        finalize(
            kind="plan_change",
            terms=premium,
            proration=half,
            credit=credit_of(TERMS, half),
            change_id=CHANGE,
        ),
        invoice.fold([]),
    )
    assert isinstance(bill, InvoiceFinalized)
    assert bill.credit
    assert bill.credit.amount == Money(199_50)
    [line] = bill.lines
    assert (line.kind, line.amount) == ("rest_of_period", Money(299_50))
    assert (bill.total, bill.vat) == (Money(100_00), Money(18_03))
