"""Payments and their attempts."""

from domain.billing_ids import charge_key
from domain.payment.commands import (
    ClosePayment,
    DoubtAttempt,
    MissAttempt,
    ObserveCharge,
    OpenPayment,
    RejectAttempt,
    ResubmitAttempt,
    RetryPayment,
    SubmitAttempt,
)
from domain.payment.events import (
    AttemptCanceled,
    AttemptCreated,
    AttemptNotFound,
    AttemptOutcomeUnknown,
    AttemptPending,
    AttemptRejected,
    AttemptResolvedAbsent,
    AttemptResubmitted,
    AttemptSubmitted,
    Card,
    ChargeQuarantined,
    PaymentClosed,
    PaymentClosureRequested,
    PaymentOpened,
    PaymentSucceeded,
)
from tests.examples import NOON, example
from tests.examples.billing import (
    ACCOUNT,
    ATTEMPT,
    INVOICE,
    NAMES,
    PAYMENT,
    PRICE,
    SUBSCRIPTION,
)

REF, REQUEST = "charge-1", '{"amount": 39900}'
CARD = Card(ref="m-1", kind="bank_card", title="Card *4444", saved=True)
PARTIES = {
    "payment_id": PAYMENT,
    "invoice_id": INVOICE,
    "subscription_id": SUBSCRIPTION,
    "account_id": ACCOUNT,
    "purpose": "first",
}
OPENING = PARTIES | {
    "names": NAMES,
    "amount": PRICE,
    "gateway": "memory",
    "save_method": True,
}
ONE = {"payment_id": PAYMENT, "attempt_id": ATTEMPT}
FAILED = PARTIES | {"attempt_id": ATTEMPT, "method": None, "off_session": False}

open_payment = example(OpenPayment, **OPENING, method=None, now=NOON)
opened = example(PaymentOpened, **OPENING, opened_at=NOON)
created = example(
    AttemptCreated,
    **OPENING,
    attempt_id=ATTEMPT,
    attempt_no=1,
    key=charge_key(INVOICE, 1, "memory"),
    method=None,
    created_at=NOON,
)
retry = example(RetryPayment, payment_id=PAYMENT, account_id=ACCOUNT, now=NOON)
submit = example(SubmitAttempt, **ONE, request=REQUEST, now=NOON)
submitted = example(AttemptSubmitted, **ONE, request=REQUEST, submitted_at=NOON)
resubmit = example(ResubmitAttempt, **ONE, now=NOON)
resubmitted = example(AttemptResubmitted, **ONE, resubmitted_at=NOON)
doubt = example(DoubtAttempt, **ONE, cause="timeout", now=NOON)
unknown = example(AttemptOutcomeUnknown, **ONE, cause="timeout", since=NOON)
miss = example(MissAttempt, **ONE, now=NOON)
not_found = example(AttemptNotFound, **ONE, scanned_at=NOON)
observe = example(
    ObserveCharge, **ONE, ref=REF, status="succeeded", amount=PRICE, now=NOON
)
pending = example(
    AttemptPending,
    **ONE,
    subscription_id=SUBSCRIPTION,
    account_id=ACCOUNT,
    ref=REF,
    confirmation_url="https://pay.example/1",
    since=NOON,
)
succeeded = example(
    PaymentSucceeded,
    **PARTIES,
    attempt_id=ATTEMPT,
    gateway="memory",
    ref=REF,
    amount=PRICE,
    card=None,
    off_session=False,
    succeeded_at=NOON,
)
canceled = example(
    AttemptCanceled,
    **FAILED,
    ref=REF,
    amount=PRICE,
    reason="insufficient_funds",
    party="payment_network",
    canceled_at=NOON,
)
reject = example(RejectAttempt, **ONE, reason="invalid_request", detail="no", now=NOON)
rejected = example(
    AttemptRejected,
    **FAILED,
    amount=PRICE,
    reason="invalid_request",
    detail="no",
    rejected_at=NOON,
)
absent = example(AttemptResolvedAbsent, **FAILED, resolved_at=NOON)
close = example(ClosePayment, payment_id=PAYMENT, reason="canceled", now=NOON)
closing = example(
    PaymentClosureRequested, payment_id=PAYMENT, reason="canceled", requested_at=NOON
)
closed = example(PaymentClosed, **PARTIES, reason="canceled", closed_at=NOON)
quarantined = example(
    ChargeQuarantined,
    payment_id=PAYMENT,
    account_id=ACCOUNT,
    attempt_id=ATTEMPT,
    ref=REF,
    status="succeeded",
    amount=PRICE,
    reason="amount-mismatch",
    observed_at=NOON,
)
