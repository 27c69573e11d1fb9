"""Attempts: one at a time, each settled once."""

from datetime import timedelta

import pytest

from domain.billing_ids import attempt_of, charge_key
from domain.kernel.values import Money
from domain.payment.decider import payment
from domain.payment.events import PaymentEvent
from domain.payment.refusals import (
    AttemptSubmittedAlready,
    PaymentNotFound,
    PaymentNotWanted,
    PaymentSucceededAlready,
    PaymentUnderWay,
    ResubmissionTooLate,
)
from tests.examples import NOON
from tests.examples.billing import (
    INVOICE,
    METHOD,
    PAYMENT,
    SECOND_ATTEMPT,
    SOMEBODY_ELSE,
    after,
)
from tests.examples.payments import (
    absent,
    canceled,
    close,
    closed,
    closing,
    created,
    doubt,
    miss,
    not_found,
    observe,
    open_payment,
    opened,
    pending,
    quarantined,
    reject,
    rejected,
    resubmit,
    resubmitted,
    retry,
    submit,
    submitted,
    succeeded,
    unknown,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(payment)
sent = (opened(), created(), submitted())
waiting = (*sent, pending())
in_doubt = (*sent, unknown())
second = created(
    attempt_id=SECOND_ATTEMPT, attempt_no=2, key=charge_key(INVOICE, 2, "memory")
)


def test_opening_a_first_payment_makes_an_attempt() -> None:
    given().when(open_payment()).then(opened(), created())
    given(opened(), created()).when(open_payment()).then()


def test_a_renewal_without_a_method_waits_for_its_payer() -> None:
    renewal = {"purpose": "renewal"}
    given().when(open_payment(**renewal)).then(opened(**renewal))
    given().when(open_payment(**renewal, method=METHOD)).then(
        opened(**renewal), created(**renewal, method=METHOD)
    )


def test_the_intent_is_recorded_once() -> None:
    given(opened(), created()).when(submit()).then(submitted())
    given(*sent).when(submit()).then_refused(AttemptSubmittedAlready)
    given(*sent, canceled()).when(submit()).then_refused(AttemptSubmittedAlready)
    given().when(submit()).then_refused(PaymentNotFound)


def test_the_same_bytes_are_sent_again_while_the_key_is_remembered() -> None:
    soon, late = after(hours=22, minutes=59), after(hours=23)
    given(*in_doubt).when(resubmit(now=soon)).then(resubmitted(resubmitted_at=soon))
    given(*in_doubt).when(resubmit(now=late)).then_refused(ResubmissionTooLate)
    given(*in_doubt, closing()).when(resubmit()).then_refused(PaymentNotWanted)
    given(*waiting).when(resubmit()).then_refused(AttemptSubmittedAlready)
    given(opened(), created()).when(resubmit()).then_refused(AttemptSubmittedAlready)


def test_doubt_is_a_state_and_not_a_failure() -> None:
    given(*sent).when(doubt()).then(unknown())
    given(*in_doubt).when(doubt()).then()
    given(*waiting).when(doubt()).then()
    given(*in_doubt).when(retry()).then_refused(PaymentUnderWay)
    given(*in_doubt).when(retry(account_id=None)).then()


def test_only_the_first_answer_proves_that_nothing_was_created() -> None:
    given(*sent).when(reject()).then(rejected())
    given(*in_doubt).when(reject()).then()
    given(*sent, resubmitted()).when(reject()).then()
    given(*waiting).when(reject()).then()


@pytest.mark.parametrize("history", [sent, in_doubt, waiting], ids=len)
def test_an_observation_moves_forward_only(history: tuple[PaymentEvent, ...]) -> None:
    given(*history).when(observe()).then(succeeded())
    failure = observe(
        status="canceled", reason="insufficient_funds", party="payment_network"
    )
    given(*history).when(failure).then(canceled())
    given(*history, succeeded()).when(observe()).then()
    given(*history, succeeded()).when(observe(status="pending")).then()


def test_what_is_pending_is_so_once() -> None:
    seen = observe(status="pending", confirmation_url="https://pay.example/1")
    given(*in_doubt).when(seen).then(pending())
    given(*waiting).when(seen).then()


def test_the_money_came_when_the_gateway_took_it() -> None:
    late = observe(captured_at=NOON, now=after(hours=5))
    given(*waiting).when(late).then(succeeded(succeeded_at=NOON))
    ahead = observe(captured_at=after(hours=5))
    given(*waiting).when(ahead).then(succeeded(succeeded_at=NOON))


@pytest.mark.parametrize(
    ("history", "seen", "reason"),
    [
        (waiting, {"amount": Money(1_00)}, "amount-mismatch"),
        (waiting, {"ref": "another"}, "another-reference"),
        ((*waiting, canceled()), {}, "terminal-conflict"),
        ((*waiting, succeeded()), {"status": "canceled"}, "terminal-conflict"),
        ((*waiting, succeeded()), {"ref": "another"}, "another-reference"),
        ((*sent, rejected()), {}, "terminal-conflict"),
        ((*in_doubt, absent()), {"status": "pending"}, "terminal-conflict"),
        (waiting, {"attempt_id": SECOND_ATTEMPT}, "unknown-attempt"),
    ],
)
def test_what_does_not_fit_is_put_aside_once(
    history: tuple[PaymentEvent, ...], seen: dict[str, object], reason: str
) -> None:
    aside = quarantined(**seen, reason=reason)
    given(*history).when(observe(**seen)).then(aside)
    given(*history, aside).when(observe(**seen)).then()


def test_another_attempt_only_after_the_last_has_failed() -> None:
    given(*sent, canceled()).when(retry()).then(second)
    given(*sent, rejected()).when(retry()).then(second)
    given(*waiting).when(retry()).then()
    given(*sent, canceled(), second).when(retry()).then()
    given(*waiting, succeeded()).when(retry()).then_refused(PaymentSucceededAlready)
    given(*waiting, succeeded()).when(retry(account_id=None)).then()
    given(*sent).when(retry(account_id=SOMEBODY_ELSE)).then_refused(PaymentNotFound)
    third = retry(account_id=None, method=METHOD)
    given(*sent, canceled(), second, canceled(attempt_id=SECOND_ATTEMPT)).when(
        third
    ).then(
        created(
            attempt_id=attempt_of(PAYMENT, 3),
            attempt_no=3,
            key=charge_key(INVOICE, 3, "memory"),
            method=METHOD,
        )
    )


def test_closing_waits_for_what_is_under_way() -> None:
    given(opened(), created()).when(close()).then(closed())
    given(*sent, canceled()).when(close()).then(closed())
    given(*waiting).when(close()).then(closing())
    given(*waiting, closing()).when(close()).then()
    given(*waiting, succeeded()).when(close()).then()
    given(opened(), created(), closed()).when(submit()).then_refused(PaymentNotWanted)
    given(opened(), closed()).when(retry()).then_refused(PaymentNotWanted)
    given(opened(), closed()).when(retry(account_id=None)).then()


def test_what_was_under_way_ends_it() -> None:
    failure = observe(
        status="canceled", reason="insufficient_funds", party="payment_network"
    )
    given(*waiting, closing()).when(failure).then(canceled(), closed())
    given(*sent, closing()).when(reject()).then(rejected(), closed())
    given(*waiting, closing()).when(observe()).then(succeeded())
    given(*waiting, closing()).when(retry()).then_refused(PaymentNotWanted)


def test_three_clean_looks_a_day_later_prove_that_it_never_arrived() -> None:
    day = timedelta(hours=24)
    given(*in_doubt).when(miss(now=after(minutes=59))).then()
    first, other = after(hours=23), after(hours=23, minutes=30)
    seen = (*in_doubt, not_found(scanned_at=first))
    given(*in_doubt).when(miss(now=first)).then(not_found(scanned_at=first))
    given(*seen).when(miss(now=first + timedelta(minutes=9))).then()
    twice = (*seen, not_found(scanned_at=other))
    at = NOON + day
    given(*seen).when(miss(now=at)).then(not_found(scanned_at=at))
    given(*twice).when(miss(now=at)).then(
        not_found(scanned_at=at), absent(resolved_at=at)
    )
    given(*twice, closing()).when(miss(now=at)).then(
        not_found(scanned_at=at), absent(resolved_at=at), closed(closed_at=at)
    )
    given(*twice, resubmitted(resubmitted_at=other)).when(miss(now=at)).then()
    given(*twice, absent()).when(retry()).then(second)


def test_facts_out_of_nowhere_are_survived() -> None:
    given(canceled(), pending()).when(open_payment()).then(opened(), created())
    stray = pending(attempt_id=SECOND_ATTEMPT)
    given(*sent, stray).when(observe()).then(succeeded())
