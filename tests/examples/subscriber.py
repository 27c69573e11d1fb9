"""What happens to a subscriber: the facts that letters are about."""

from datetime import timedelta
from uuid import UUID

from domain.kernel.values import (
    AccountId,
    Interval,
    InvoiceId,
    MethodOnFile,
    Money,
    Names,
    PaymentId,
    PaymentMethodId,
    Period,
    PlanId,
    SubscriptionId,
    Terms,
)
from domain.payment.events import AttemptCanceled, AttemptRejected, PaymentSucceeded
from domain.subscription.events import (
    CancellationRevoked,
    CancellationScheduled,
    PeriodPaid,
    RenewalAnnounced,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionExpired,
    SubscriptionPastDue,
    SubscriptionRecovered,
    SubscriptionStarted,
    SubscriptionSuspended,
)
from tests.examples import NOON, example

ACCOUNT = AccountId(UUID(int=22))
SUBSCRIPTION = SubscriptionId(UUID(int=31))
INVOICE = InvoiceId(UUID(int=32))
PAYMENT = PaymentId(UUID(int=33))
PRICE = Money(39900)
MONTH = timedelta(days=31)
PERIOD = Period(NOON, NOON + MONTH)
TERMS = Terms(
    plan_id=PlanId(UUID(int=34)),
    price_version=1,
    names=Names(ru="Стандарт", en="Standard"),
    price=PRICE,
    vat_percent=22,
    interval=Interval("month"),
)
METHOD = MethodOnFile(
    payment_method_id=PaymentMethodId(UUID(int=35)),
    gateway="sandbox",
    ref="ref",
    title="Bank card *4444",
)

WHOSE = {"subscription_id": SUBSCRIPTION, "account_id": ACCOUNT}
ATTEMPT = {
    **WHOSE,
    "payment_id": PAYMENT,
    "invoice_id": INVOICE,
    "purpose": "first",
    "attempt_id": UUID(int=36),
    "amount": PRICE,
    "off_session": False,
}

started = example(
    SubscriptionStarted,
    **WHOSE,
    terms=TERMS,
    gateway="sandbox",
    time_zone="Europe/Moscow",
    auto_renew=True,
    started_at=NOON,
)
activated = example(
    SubscriptionActivated,
    **WHOSE,
    terms=TERMS,
    invoice_id=INVOICE,
    anchor=NOON,
    period=PERIOD,
    activated_at=NOON,
)
announced = example(
    RenewalAnnounced,
    **WHOSE,
    terms=TERMS,
    period_no=1,
    renews_at=PERIOD.end,
    method=METHOD,
    announced_at=NOON,
)
period_paid = example(
    PeriodPaid,
    **WHOSE,
    terms=TERMS,
    invoice_id=INVOICE,
    period_no=1,
    period=PERIOD,
    paid_at=NOON,
)
past_due = example(
    SubscriptionPastDue,
    **WHOSE,
    invoice_id=INVOICE,
    period_no=1,
    reason="insufficient_funds",
    next_step_at=NOON + timedelta(days=1),
    grace_until=NOON + timedelta(days=3),
    final_at=NOON + timedelta(days=14),
    since=NOON,
)
suspended = example(
    SubscriptionSuspended, **WHOSE, invoice_id=INVOICE, suspended_at=NOON
)
recovered = example(
    SubscriptionRecovered,
    **WHOSE,
    terms=TERMS,
    invoice_id=INVOICE,
    period_no=1,
    anchor=NOON,
    anchor_no=0,
    period=PERIOD,
    recovered_at=NOON,
)
expired = example(
    SubscriptionExpired, **WHOSE, reason="unpaid", invoice_id=INVOICE, expired_at=NOON
)
scheduled = example(
    CancellationScheduled,
    **WHOSE,
    reason="by_subscriber",
    cancel_at=PERIOD.end,
    scheduled_at=NOON,
)
revoked = example(CancellationRevoked, **WHOSE, revoked_at=NOON)
canceled = example(
    SubscriptionCanceled,
    **WHOSE,
    reason="by_subscriber",
    invoice_id=None,
    canceled_at=NOON,
)
declined = example(
    AttemptCanceled,
    **ATTEMPT,
    ref="ref",
    reason="insufficient_funds",
    party="payment_network",
    method=None,
    canceled_at=NOON,
)
rejected = example(
    AttemptRejected,
    **ATTEMPT,
    reason="invalid_request",
    detail="",
    method=None,
    rejected_at=NOON,
)
succeeded = example(
    PaymentSucceeded,
    **ATTEMPT,
    gateway="sandbox",
    ref="ref",
    card=None,
    succeeded_at=NOON,
)
