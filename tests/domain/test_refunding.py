"""The refunds of a payment: never more than was taken, and each only once."""

from domain.kernel.values import Money
from domain.payment.decider import payment
from domain.payment.refusals import (
    NothingToRefund,
    PaymentNotFound,
    PaymentNotPaid,
    RefundExceedsPayment,
    RefundInAnotherCurrency,
    RefundNotFailed,
    RefundOfNothing,
)
from tests.examples.billing import PRICE
from tests.examples.payments import created, opened, submitted, succeeded
from tests.examples.refunds import (
    REFUND,
    SECOND_REFUND,
    paid_back,
    release,
    released,
    reserve,
    reserved,
    settle,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(payment)
paid = (opened(), created(), submitted(), succeeded())
HALF, REST = Money(200_00), Money(199_00)
second = {"refund_id": SECOND_REFUND}


def test_without_an_amount_all_of_it_is_reserved() -> None:
    given(*paid).when(reserve()).then(reserved())


def test_asked_twice_it_is_one() -> None:
    given(*paid, reserved()).when(reserve()).then()
    given(*paid, reserved(), released()).when(reserve()).then()
    given(*paid, reserved(), paid_back()).when(reserve()).then()


def test_only_what_was_paid_is_paid_back() -> None:
    given().when(reserve()).then_refused(PaymentNotFound)
    given(opened(), created()).when(reserve()).then_refused(PaymentNotPaid)


def test_two_at_once_share_what_is_there() -> None:
    one = reserved(amount=HALF)
    given(*paid, one).when(reserve(**second)).then(reserved(**second, amount=REST))
    given(*paid, one).when(reserve(**second, amount=HALF)).then_refused(
        RefundExceedsPayment
    )
    given(*paid, reserved()).when(reserve(**second)).then_refused(NothingToRefund)


def test_what_was_released_can_be_reserved_again() -> None:
    history = (*paid, reserved(), released())
    given(*history).when(reserve(**second)).then(reserved(**second))


def test_one_that_failed_is_tried_again_with_its_own_amount() -> None:
    history = (*paid, reserved(amount=HALF), released(amount=HALF))
    again = {**second, "retry_of": REFUND}
    given(*history).when(reserve(**again)).then(reserved(**again, amount=HALF))
    given(*paid, reserved()).when(reserve(**again)).then_refused(RefundNotFailed)


def test_amounts_that_can_never_be_right() -> None:
    given(*paid).when(reserve(amount=Money(100, "USD"))).then_refused(
        RefundInAnotherCurrency
    )
    given(*paid).when(reserve(amount=Money(0))).then_refused(RefundOfNothing)


def test_what_was_paid_back_adds_up() -> None:
    history = (*paid, reserved(amount=HALF))
    first = paid_back(amount=HALF, refunded_total=HALF)
    given(*history).when(settle()).then(first)
    given(*history, first, reserved(**second, amount=REST)).when(settle(**second)).then(
        paid_back(**second, amount=REST, refunded_total=PRICE)
    )


def test_what_is_settled_is_settled() -> None:
    given(*paid, reserved(), paid_back()).when(settle()).then()
    given(*paid, reserved(), paid_back()).when(release()).then()
    given(*paid, reserved()).when(release()).then(released())
    given(*paid, reserved(), released()).when(release()).then()
    given(*paid, reserved(), released()).when(settle()).then()
