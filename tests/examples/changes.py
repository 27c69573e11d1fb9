"""Other plans and other prices: Premium for Standard, a year for months."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from domain.billing_ids import change_invoice
from domain.kernel.values import Interval, Money, Names, PlanId, Proration
from domain.proration import credit_of
from domain.subscription.change_commands import (
    ChangePlan,
    ConfirmPlanChange,
    RejectPlanChange,
    RevokePlanChange,
    SchedulePlanChange,
    SchedulePriceChange,
)
from domain.subscription.change_events import (
    PlanChanged,
    PlanChangePaidLate,
    PlanChangeRejected,
    PlanChangeRequested,
    PlanChangeRevoked,
    PlanChangeScheduled,
    PriceChangeScheduled,
)
from tests.examples import NOON, example
from tests.examples.billing import ACCOUNT, SUBSCRIPTION, TERMS
from tests.examples.subscriptions import ANCHOR, APRIL, FIRST, MAY

PREMIUM = replace(
    TERMS,
    plan_id=PlanId(UUID(int=109)),
    names=Names(ru="Премиум", en="Premium"),
    price=Money(599_00),
)
BASIC = replace(
    TERMS,
    plan_id=PlanId(UUID(int=110)),
    names=Names(ru="Базовый", en="Basic"),
    price=Money(199_00),
)
YEARLY = replace(
    TERMS,
    plan_id=PlanId(UUID(int=111)),
    names=Names(ru="Год", en="A year"),
    price=Money(3499_00),
    interval=Interval("year"),
)
DEARER = replace(TERMS, price_version=2, price=Money(499_00))

CHANGE = UUID(int=112)
CHANGE_INVOICE = change_invoice(SUBSCRIPTION, 0, CHANGE)
#: A month of 31 days begins at noon.
AFTER_TEN_DAYS = NOON + timedelta(days=10)
TEN_DAYS = Proration(elapsed=10 * 86_400, total=31 * 86_400)
CREDIT = credit_of(TERMS, TEN_DAYS)
UPGRADE_COSTS = Money(135_48)

ONE = {"subscription_id": SUBSCRIPTION}
WHOSE = ONE | {"account_id": ACCOUNT}

change_plan = example(
    ChangePlan,
    **WHOSE,
    change_id=CHANGE,
    terms=PREMIUM,
    amount=UPGRADE_COSTS,
    effective_at=AFTER_TEN_DAYS,
    now=AFTER_TEN_DAYS,
)
change_requested = example(
    PlanChangeRequested,
    **WHOSE,
    change_id=CHANGE,
    invoice_id=CHANGE_INVOICE,
    from_terms=TERMS,
    terms=PREMIUM,
    period_no=0,
    credit=CREDIT,
    proration=TEN_DAYS,
    amount=UPGRADE_COSTS,
    gateway="memory",
    method=None,
    effective_at=AFTER_TEN_DAYS,
    requested_at=AFTER_TEN_DAYS,
)
confirm_change = example(
    ConfirmPlanChange,
    **ONE,
    change_id=CHANGE,
    invoice_id=CHANGE_INVOICE,
    paid_at=AFTER_TEN_DAYS,
    now=AFTER_TEN_DAYS,
)
plan_changed = example(
    PlanChanged,
    **WHOSE,
    at="now",
    change_id=CHANGE,
    invoice_id=CHANGE_INVOICE,
    from_terms=TERMS,
    terms=PREMIUM,
    anchor=ANCHOR,
    anchor_no=0,
    period_no=0,
    period=FIRST,
    effective_at=AFTER_TEN_DAYS,
    changed_at=AFTER_TEN_DAYS,
)
reject_change = example(
    RejectPlanChange, **ONE, change_id=CHANGE, reason="declined", now=AFTER_TEN_DAYS
)
change_rejected = example(
    PlanChangeRejected,
    **WHOSE,
    change_id=CHANGE,
    invoice_id=CHANGE_INVOICE,
    terms=PREMIUM,
    amount=UPGRADE_COSTS,
    reason="declined",
    rejected_at=AFTER_TEN_DAYS,
)
change_paid_late = example(
    PlanChangePaidLate, **WHOSE, invoice_id=CHANGE_INVOICE, paid_at=AFTER_TEN_DAYS
)
schedule_change = example(SchedulePlanChange, **WHOSE, terms=BASIC, now=AFTER_TEN_DAYS)
change_scheduled = example(
    PlanChangeScheduled,
    **WHOSE,
    from_terms=TERMS,
    terms=BASIC,
    change_at=APRIL,
    scheduled_at=AFTER_TEN_DAYS,
)
revoke_change = example(RevokePlanChange, **WHOSE, now=AFTER_TEN_DAYS)
change_revoked = example(
    PlanChangeRevoked, **WHOSE, terms=BASIC, revoked_at=AFTER_TEN_DAYS
)
schedule_price = example(
    SchedulePriceChange, **ONE, terms=DEARER, migrate_at=MAY, now=NOON
)
price_scheduled = example(
    PriceChangeScheduled,
    **WHOSE,
    from_terms=TERMS,
    terms=DEARER,
    migrate_at=MAY,
    change_at=MAY,
    scheduled_at=NOON,
)
