"""Plans, orders, invoices; and whom and what all of billing is about."""

from datetime import datetime, timedelta
from uuid import UUID

from domain.billing_ids import attempt_of, invoice_of, payment_of
from domain.invoice.commands import (
    FinalizeInvoice,
    MarkUncollectible,
    NumberInvoice,
    PayInvoice,
    ReportUnexpectedPayment,
    VoidInvoice,
)
from domain.invoice.events import (
    InvoiceFinalized,
    InvoiceMarkedUncollectible,
    InvoiceNumbered,
    InvoicePaid,
    InvoiceVoided,
    Line,
    UnexpectedPaymentReceived,
)
from domain.kernel.values import (
    AccountId,
    Interval,
    MethodOnFile,
    Money,
    Names,
    PaymentMethodId,
    PlanId,
    SubscriptionId,
    Terms,
)
from domain.plan.commands import (
    AddPlan,
    ArchivePlan,
    RepricePlan,
    RepriceSubscribers,
    SetPlanStreams,
)
from domain.plan.events import (
    PlanAdded,
    PlanArchived,
    PlanRepriced,
    PlanStreamsSet,
    SubscribersRepriced,
)
from domain.subscriber.commands import ClaimSubscriber, ReleaseSubscriber
from domain.subscriber.events import SubscriberClaimed, SubscriberReleased
from tests.examples import NOON, example

ACCOUNT = AccountId(UUID(int=101))
SOMEBODY_ELSE = AccountId(UUID(int=102))
PLAN = PlanId(UUID(int=103))
SUBSCRIPTION = SubscriptionId(UUID(int=104))
OTHER_SUBSCRIPTION = SubscriptionId(UUID(int=105))
INVOICE = invoice_of(SUBSCRIPTION, 0, "first")
RENEWAL_INVOICE = invoice_of(SUBSCRIPTION, 1, "renewal")
PAYMENT = payment_of(INVOICE)
RENEWAL_PAYMENT = payment_of(RENEWAL_INVOICE)
ATTEMPT = attempt_of(PAYMENT, 1)
SECOND_ATTEMPT = attempt_of(PAYMENT, 2)
METHOD_ID = PaymentMethodId(UUID(int=106))

NAMES = Names(ru="Подписка на месяц", en="Monthly")
MONTH = Interval("month")
PRICE = Money(399_00)
TERMS = Terms(
    plan_id=PLAN,
    price_version=1,
    names=NAMES,
    price=PRICE,
    vat_percent=22,
    interval=MONTH,
)
METHOD = MethodOnFile(
    payment_method_id=METHOD_ID, gateway="memory", ref="m-1", title="Card *4444"
)


def after(**much: float) -> datetime:
    return NOON + timedelta(**much)


add_plan = example(
    AddPlan,
    plan_id=PLAN,
    names=NAMES,
    interval=MONTH,
    price=PRICE,
    vat_percent=22,
    now=NOON,
)
plan_added = example(
    PlanAdded,
    plan_id=PLAN,
    names=NAMES,
    interval=MONTH,
    price=PRICE,
    vat_percent=22,
    added_at=NOON,
)
reprice = example(
    RepricePlan, plan_id=PLAN, price=Money(499_00), vat_percent=22, now=NOON
)
repriced = example(
    PlanRepriced,
    plan_id=PLAN,
    price_version=2,
    price=Money(499_00),
    vat_percent=22,
    repriced_at=NOON,
)
reprice_subscribers = example(
    RepriceSubscribers, plan_id=PLAN, migrate_at=after(days=30), now=NOON
)
subscribers_repriced = example(
    SubscribersRepriced,
    plan_id=PLAN,
    terms=TERMS,
    migrate_at=after(days=30),
    scheduled_at=NOON,
)
set_streams = example(SetPlanStreams, plan_id=PLAN, streams=4, now=NOON)
streams_set = example(PlanStreamsSet, plan_id=PLAN, streams=4, set_at=NOON)
archive_plan = example(ArchivePlan, plan_id=PLAN, now=NOON)
plan_archived = example(PlanArchived, plan_id=PLAN, archived_at=NOON)

ORDER = {
    "account_id": ACCOUNT,
    "subscription_id": SUBSCRIPTION,
    "terms": TERMS,
    "gateway": "memory",
    "time_zone": "Europe/Moscow",
    "auto_renew": True,
}
claim = example(ClaimSubscriber, **ORDER, now=NOON)
claimed = example(SubscriberClaimed, **ORDER, claimed_at=NOON)
release = example(
    ReleaseSubscriber, account_id=ACCOUNT, subscription_id=SUBSCRIPTION, now=NOON
)
released = example(
    SubscriberReleased,
    account_id=ACCOUNT,
    subscription_id=SUBSCRIPTION,
    released_at=NOON,
)

OF_INVOICE = {
    "invoice_id": INVOICE,
    "account_id": ACCOUNT,
    "subscription_id": SUBSCRIPTION,
}
LINE = Line(
    plan_id=PLAN,
    price_version=1,
    names=NAMES,
    amount=PRICE,
    vat=Money(71_95),
    vat_percent=22,
)
finalize = example(
    FinalizeInvoice,
    **OF_INVOICE,
    kind="first",
    period_no=0,
    terms=TERMS,
    due_at=NOON,
    now=NOON,
)
finalized = example(
    InvoiceFinalized,
    **OF_INVOICE,
    kind="first",
    period_no=0,
    lines=(LINE,),
    total=PRICE,
    vat=Money(71_95),
    due_at=NOON,
    finalized_at=NOON,
)
give_number = example(
    NumberInvoice, invoice_id=INVOICE, series="CIN-2026", serial=7, now=NOON
)
numbered = example(
    InvoiceNumbered,
    invoice_id=INVOICE,
    account_id=ACCOUNT,
    series="CIN-2026",
    serial=7,
    number="CIN-2026-000007",
    numbered_at=NOON,
)
pay = example(
    PayInvoice, invoice_id=INVOICE, payment_id=PAYMENT, paid_at=NOON, now=NOON
)
invoice_paid = example(
    InvoicePaid,
    **OF_INVOICE,
    kind="first",
    period_no=0,
    payment_id=PAYMENT,
    total=PRICE,
    vat=Money(71_95),
    paid_at=NOON,
)
void = example(VoidInvoice, invoice_id=INVOICE, reason="canceled", now=NOON)
voided = example(InvoiceVoided, **OF_INVOICE, reason="canceled", voided_at=NOON)
mark_uncollectible = example(MarkUncollectible, invoice_id=INVOICE, now=NOON)
uncollectible = example(InvoiceMarkedUncollectible, **OF_INVOICE, marked_at=NOON)
report = example(ReportUnexpectedPayment, invoice_id=INVOICE, now=NOON)
unexpected = example(
    UnexpectedPaymentReceived,
    **OF_INVOICE,
    payment_id=PAYMENT,
    amount=PRICE,
    received_at=NOON,
)
