from domain.payment_method.decider import (
    PaymentMethodNotFound,
    PaymentMethodNotUsable,
    payment_method,
)
from tests.examples.billing import SECOND_ATTEMPT, SOMEBODY_ELSE
from tests.examples.payment_methods import (
    attach,
    attached,
    detach,
    detached,
    invalidate,
    invalidated,
    use,
    used,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(payment_method)


def test_attaching() -> None:
    given().when(attach()).then(attached())
    given(attached()).when(attach()).then()
    given(attached(), detached()).when(attach()).then()


def test_each_use_is_on_record() -> None:
    given(attached()).when(use()).then(used())
    given(attached(), used()).when(use()).then()
    again = {"attempt_id": SECOND_ATTEMPT}
    given(attached(), used()).when(use(**again)).then(used(**again))
    given().when(use()).then_refused(PaymentMethodNotFound)


def test_what_was_detached_is_never_used() -> None:
    given(attached()).when(detach()).then(detached())
    given(attached(), detached()).when(detach()).then()
    given(attached(), detached()).when(use()).then_refused(PaymentMethodNotUsable)
    given(attached(), used(), detached()).when(use()).then_refused(
        PaymentMethodNotUsable
    )
    theirs = detach(account_id=SOMEBODY_ELSE)
    given(attached()).when(theirs).then_refused(PaymentMethodNotFound)


def test_what_was_declined_for_good_is_not_asked_again() -> None:
    given(attached()).when(invalidate()).then(invalidated())
    given(attached(), invalidated()).when(invalidate()).then()
    given(attached(), invalidated()).when(use()).then_refused(PaymentMethodNotUsable)
    given(attached(), invalidated()).when(detach()).then(detached())
    given(attached(), detached(), used()).when(use()).then_refused(
        PaymentMethodNotUsable
    )
