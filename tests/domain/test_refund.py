"""One refund on its way: sent once, settled once, never forgotten."""

import pytest

from domain.kernel.values import Money
from domain.refund.decider import refund
from domain.refund.refusals import (
    RefundNotFound,
    RefundResubmissionTooLate,
    RefundSubmittedAlready,
)
from tests.examples.billing import after
from tests.examples.refunds import (
    EMAIL,
    REF,
    addressed,
    attention,
    canceled,
    doubt,
    miss,
    not_seen,
    observe,
    pending,
    reject,
    request,
    requested,
    resubmit,
    resubmitted,
    submit,
    submitted,
    succeeded,
    unknown,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(refund)
sent = (requested(), submitted())
in_doubt = (*sent, unknown())
waiting = (*sent, pending())


def test_it_is_requested_once() -> None:
    given().when(request()).then(requested())
    given(requested()).when(request()).then()
    given().when(submit()).then_refused(RefundNotFound)


def test_the_intent_is_recorded_once() -> None:
    given(requested()).when(submit()).then(submitted())
    given(*sent).when(submit()).then_refused(RefundSubmittedAlready)
    given(*sent, succeeded()).when(submit()).then_refused(RefundSubmittedAlready)


def test_the_address_of_the_receipt_is_kept_apart_from_the_request() -> None:
    given(requested()).when(submit(email=EMAIL)).then(addressed(), submitted())


def test_it_is_sent_again_while_the_gateway_remembers_the_key() -> None:
    early, late = after(hours=22), after(hours=23)
    given(*in_doubt).when(resubmit(now=early)).then(resubmitted(resubmitted_at=early))
    given(*sent).when(resubmit(now=early)).then(resubmitted(resubmitted_at=early))
    given(*in_doubt).when(resubmit(now=late)).then_refused(RefundResubmissionTooLate)
    given(*waiting).when(resubmit()).then_refused(RefundSubmittedAlready)


def test_doubt_is_no_failure() -> None:
    given(*sent).when(doubt()).then(unknown())
    given(*in_doubt).when(doubt()).then()
    given(*in_doubt).when(observe()).then(succeeded())


def test_only_the_first_answer_can_be_a_refusal() -> None:
    refused = canceled(ref=None, reason="invalid_request", party="gateway")
    told = attention(reason="invalid_request", detail="no")
    given(*sent).when(reject()).then(refused, told)
    given(*sent, resubmitted()).when(reject()).then()
    given(*in_doubt).when(reject()).then()


def test_what_the_gateway_shows_is_taken_in_any_order() -> None:
    given(*sent).when(observe(status="pending")).then(pending())
    given(*waiting).when(observe(status="pending")).then()
    given(*waiting).when(observe()).then(succeeded())
    given(*waiting, succeeded()).when(observe()).then()
    given(*waiting, succeeded()).when(observe(status="pending")).then()


def test_one_that_is_canceled_needs_a_person() -> None:
    no_money = observe(
        status="canceled", reason="insufficient_funds", party="refund_network"
    )
    given(*waiting).when(no_money).then(canceled(), attention())
    given(*waiting, canceled(), attention()).when(no_money).then()


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        ({"amount": Money(1)}, "amount-mismatch"),
        ({"charge_ref": "another"}, "another-charge"),
        ({"ref": "another"}, "another-reference"),
    ],
)
def test_what_does_not_fit_is_told_once(seen: dict[str, object], reason: str) -> None:
    detail = f"{seen.get('ref', REF)} succeeded"
    told = attention(reason=reason, detail=detail)
    given(*waiting).when(observe(**seen)).then(told)
    given(*waiting, told).when(observe(**seen)).then()


def test_a_gateway_that_changes_its_mind_needs_a_person() -> None:
    told = attention(reason="terminal-conflict", detail=f"{REF} canceled")
    given(*waiting, succeeded()).when(observe(status="canceled")).then(told)


def test_what_never_arrived_is_known_after_a_day() -> None:
    given(*in_doubt).when(miss(now=after(minutes=59))).then()
    first, second, third = after(hours=1), after(hours=2), after(hours=24)
    given(*in_doubt).when(miss(now=first)).then(not_seen(scanned_at=first))
    seen = (not_seen(scanned_at=first), not_seen(scanned_at=second))
    gone = {"reason": "never_received", "party": "gateway"}
    given(*in_doubt, *seen).when(miss(now=third)).then(
        not_seen(scanned_at=third),
        canceled(**gone, ref=None, canceled_at=third),
        attention(reason="never_received", since=third),
    )
    given(*in_doubt, *seen).when(miss(now=after(hours=2, minutes=9))).then()
    given(*waiting).when(miss(now=third)).then()
