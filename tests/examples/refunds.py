"""Refunds: their part of the payment, their way through the gateway, what follows."""

from uuid import UUID

from domain.billing_ids import credit_note_of, refund_key, refund_of
from domain.invoice.commands import IssueCreditNote
from domain.invoice.events import CreditedLine, CreditNoteIssued
from domain.kernel.values import Money
from domain.payment.refund_commands import (
    ReleaseRefund,
    ReserveRefund,
    SettleRefund,
)
from domain.payment.refund_events import (
    PaymentRefunded,
    RefundReleased,
    RefundReserved,
)
from domain.refund.commands import (
    DoubtRefund,
    MissRefund,
    ObserveRefund,
    RejectRefund,
    RequestRefund,
    ResubmitRefund,
    SubmitRefund,
)
from domain.refund.events import (
    RefundCanceled,
    RefundNeedsAttention,
    RefundNotSeen,
    RefundOutcomeUnknown,
    RefundPending,
    RefundReceiptAddressed,
    RefundRequested,
    RefundResubmitted,
    RefundSubmitted,
    RefundSucceeded,
)
from domain.subscription.commands import EndForRefund
from tests.examples import NOON, example
from tests.examples.billing import (
    ACCOUNT,
    INVOICE,
    NAMES,
    PAYMENT,
    PRICE,
    SUBSCRIPTION,
)
from tests.examples.payments import REF as CHARGE

REFUND = refund_of(PAYMENT, "1")
SECOND_REFUND = refund_of(PAYMENT, "2")
REF, REQUEST, EMAIL = "refund-1", '{"amount": 39900}', "anna@cinema.example"
WHY = "The film would not play"

OF_PAYMENT = {
    "payment_id": PAYMENT,
    "invoice_id": INVOICE,
    "subscription_id": SUBSCRIPTION,
    "account_id": ACCOUNT,
}
ASKED = OF_PAYMENT | {
    "refund_id": REFUND,
    "names": NAMES,
    "gateway": "memory",
    "charge_ref": CHARGE,
    "amount": PRICE,
    "reason": WHY,
}
ONE = {"refund_id": REFUND}
BOTH = ONE | {"payment_id": PAYMENT}

reserve = example(ReserveRefund, **BOTH, reason=WHY, now=NOON)
reserved = example(
    RefundReserved,
    **ASKED,
    cause="staff",
    access="policy",
    retry_of=None,
    reserved_at=NOON,
)
release = example(ReleaseRefund, **BOTH, now=NOON)
released = example(
    RefundReleased, **BOTH, account_id=ACCOUNT, amount=PRICE, released_at=NOON
)
settle = example(SettleRefund, **BOTH, now=NOON)
paid_back = example(
    PaymentRefunded,
    **OF_PAYMENT,
    refund_id=REFUND,
    amount=PRICE,
    refunded_total=PRICE,
    captured=PRICE,
    cause="staff",
    reason=WHY,
    access="policy",
    refunded_at=NOON,
)

request = example(RequestRefund, **ASKED, now=NOON)
requested = example(RefundRequested, **ASKED, key=refund_key(REFUND), requested_at=NOON)
submit = example(SubmitRefund, **ONE, request=REQUEST, now=NOON)
addressed = example(
    RefundReceiptAddressed, **ONE, account_id=ACCOUNT, email=EMAIL, addressed_at=NOON
)
submitted = example(RefundSubmitted, **ONE, request=REQUEST, submitted_at=NOON)
resubmit = example(ResubmitRefund, **ONE, now=NOON)
resubmitted = example(RefundResubmitted, **ONE, resubmitted_at=NOON)
doubt = example(DoubtRefund, **ONE, cause="timeout", now=NOON)
unknown = example(RefundOutcomeUnknown, **ONE, cause="timeout", since=NOON)
miss = example(MissRefund, **ONE, now=NOON)
not_seen = example(RefundNotSeen, **ONE, scanned_at=NOON)
reject = example(RejectRefund, **ONE, reason="invalid_request", detail="no", now=NOON)
observe = example(
    ObserveRefund,
    **ONE,
    ref=REF,
    charge_ref=CHARGE,
    status="succeeded",
    amount=PRICE,
    now=NOON,
)
pending = example(RefundPending, **ONE, account_id=ACCOUNT, ref=REF, since=NOON)
succeeded = example(
    RefundSucceeded,
    **OF_PAYMENT,
    refund_id=REFUND,
    gateway="memory",
    ref=REF,
    amount=PRICE,
    succeeded_at=NOON,
)
canceled = example(
    RefundCanceled,
    **BOTH,
    account_id=ACCOUNT,
    ref=REF,
    amount=PRICE,
    reason="insufficient_funds",
    party="refund_network",
    canceled_at=NOON,
)
attention = example(
    RefundNeedsAttention,
    **BOTH,
    account_id=ACCOUNT,
    reason="insufficient_funds",
    detail="",
    since=NOON,
)

NOTE = {
    "credit_note_id": credit_note_of(REFUND),
    "invoice_id": INVOICE,
    "refund_id": REFUND,
    "amount": PRICE,
    "disposition": "refund",
    "reason": WHY,
}
CREDITED = CreditedLine(names=NAMES, amount=PRICE, vat=Money(7195), vat_percent=22)
issue_note = example(IssueCreditNote, **NOTE, now=NOON)
note_issued = example(
    CreditNoteIssued,
    **NOTE,
    account_id=ACCOUNT,
    subscription_id=SUBSCRIPTION,
    vat=Money(7195),
    lines=(CREDITED,),
    issued_at=NOON,
)
end_for_refund = example(
    EndForRefund, subscription_id=SUBSCRIPTION, invoice_id=INVOICE, now=NOON
)


def note(number: int) -> UUID:
    return credit_note_of(refund_of(PAYMENT, str(number)))
