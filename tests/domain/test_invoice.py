from domain.invoice.decider import InvoiceNotFound, invoice
from domain.money import vat_inside
from tests.examples.billing import (
    PRICE,
    finalize,
    finalized,
    invoice_paid,
    mark_uncollectible,
    pay,
    report,
    uncollectible,
    unexpected,
    void,
    voided,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(invoice)


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
