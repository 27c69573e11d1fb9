"""From the wish for another plan to the money for it, and to the plan or nothing."""

from dataclasses import replace

from domain.billing_ids import payment_of
from domain.invoice.commands import FinalizeInvoice, ReportUnexpectedPayment
from domain.kernel.values import Money
from domain.payment_method.commands import InvalidatePaymentMethod
from processes.plan_change import plan_change
from tests.examples import NOON
from tests.examples.billing import (
    METHOD,
    METHOD_ID,
    SUBSCRIPTION,
    finalized,
    invoice_paid,
    pay,
    void,
)
from tests.examples.changes import (
    AFTER_TEN_DAYS,
    CHANGE,
    CHANGE_INVOICE,
    CREDIT,
    PREMIUM,
    TEN_DAYS,
    UPGRADE_COSTS,
    change_paid_late,
    change_rejected,
    change_requested,
    confirm_change,
    plan_changed,
    reject_change,
)
from tests.examples.payments import (
    absent,
    canceled,
    close,
    closed,
    open_payment,
    rejected,
    succeeded,
)
from tests.scenario import ProcessScenario

given = ProcessScenario(plan_change)

PAYMENT = payment_of(CHANGE_INVOICE)
ONE = {"invoice_id": CHANGE_INVOICE, "payment_id": PAYMENT}
OF_CHANGE = ONE | {"purpose": "plan_change", "amount": UPGRADE_COSTS}
bill = finalized(
    invoice_id=CHANGE_INVOICE, kind="plan_change", total=UPGRADE_COSTS, change_id=CHANGE
)
ask = open_payment(**OF_CHANGE, names=PREMIUM.names)


def test_a_bill_with_what_is_left_taken_off() -> None:
    given().when(change_requested()).then(
        FinalizeInvoice(
            invoice_id=CHANGE_INVOICE,
            account_id=change_requested().account_id,
            subscription_id=SUBSCRIPTION,
            kind="plan_change",
            period_no=0,
            terms=PREMIUM,
            due_at=AFTER_TEN_DAYS,
            now=AFTER_TEN_DAYS,
            proration=TEN_DAYS,
            credit=CREDIT,
            change_id=CHANGE,
        )
    )


def test_the_method_on_file_is_charged_and_without_one_the_payer_asked() -> None:
    given(change_requested(method=METHOD)).when(bill).then(replace(ask, method=METHOD))
    given(change_requested()).when(bill).then(ask)


def test_what_costs_nothing_needs_no_payment() -> None:
    given(change_requested()).when(replace(bill, total=Money(0))).then()


def test_a_bill_for_what_is_over_is_void() -> None:
    given(change_requested(), change_rejected()).when(bill).then(
        void(invoice_id=CHANGE_INVOICE)
    )


def test_the_money_and_then_the_plan() -> None:
    asked = change_requested()
    given(asked, bill).when(succeeded(**OF_CHANGE)).then(pay(**ONE))
    paid = invoice_paid(**ONE, kind="plan_change", total=UPGRADE_COSTS)
    given(asked, bill).when(paid).then(confirm_change(paid_at=NOON, now=NOON))
    given(asked, bill, paid).when(plan_changed()).then()


def test_declined_is_declined() -> None:
    asked = change_requested(method=METHOD)
    refuse = reject_change(now=NOON)
    given(asked, bill).when(canceled(**OF_CHANGE, method=METHOD)).then(refuse)
    given(asked, bill).when(rejected(**OF_CHANGE, method=METHOD)).then(refuse)
    lost = absent(**ONE, purpose="plan_change")
    given(asked, bill).when(lost).then(refuse)
    given(asked, bill).when(change_rejected()).then(
        close(payment_id=PAYMENT, reason="declined", now=AFTER_TEN_DAYS)
    )


def test_a_card_that_is_declined_for_good_is_not_asked_again() -> None:
    hard = canceled(**OF_CHANGE, method=METHOD, reason="card_expired")
    given(change_requested(method=METHOD), bill).when(hard).then(
        InvalidatePaymentMethod(
            payment_method_id=METHOD_ID, reason="card_expired", now=NOON
        ),
        reject_change(now=NOON),
    )


def test_what_is_closed_is_void() -> None:
    over = closed(**ONE, purpose="plan_change")
    given(change_requested(), bill).when(over).then(
        reject_change(reason="abandoned", now=NOON), void(invoice_id=CHANGE_INVOICE)
    )
    unpaid = closed(**ONE, purpose="plan_change", reason="declined")
    given(change_requested(), bill).when(unpaid).then(
        reject_change(reason="abandoned", now=NOON),
        void(invoice_id=CHANGE_INVOICE, reason="declined"),
    )


def test_money_that_nobody_waits_for_is_told() -> None:
    given(change_requested(), bill, change_rejected()).when(change_paid_late()).then(
        ReportUnexpectedPayment(invoice_id=CHANGE_INVOICE, now=AFTER_TEN_DAYS)
    )


def test_other_invoices_and_payments_are_other_stories() -> None:
    for fact in (finalized(), invoice_paid(), succeeded(), canceled(), closed()):
        assert plan_change.correlate(fact) is None
    assert plan_change.correlate(bill) == CHANGE_INVOICE
    assert plan_change.correlate(succeeded(**OF_CHANGE)) == CHANGE_INVOICE
