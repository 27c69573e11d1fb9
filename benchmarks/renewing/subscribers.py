"""Subscriptions by the million: those that are due with their histories, the rest as
rows of the read models, which is all that is read of what is not due.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from psycopg.sql import SQL, Identifier

from domain.billing_ids import invoice_of
from domain.kernel.messages import Metadata
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
from domain.payment_method.commands import AttachPaymentMethod
from domain.subscription.commands import (
    AnnounceRenewal,
    ConfirmPeriod,
    SetMethod,
    StartSubscription,
)
from infra.bootstrap import System
from infra.eventstore.deliveries import Deliveries, Message
from infra.stories import STORIES

SPACE = UUID("6f2d3b0c-4f8e-4b7e-9c57-6d0d1c1f6a10")
TERMS = Terms(
    plan_id=PlanId(uuid5(SPACE, "plan")),
    price_version=1,
    names=Names(ru="Месяц", en="Monthly"),
    price=Money(39_900),
    vat_percent=22,
    interval=Interval("month", 1),
)
MONTH = timedelta(days=31)
PAGE = 1_000

#: Nobody is to begin before everybody is there.
HOLD = "UPDATE read.alarms SET due = due + interval '1 day' WHERE due < now()"
LET_GO = """
UPDATE read.alarms SET due = due - interval '1 day'
WHERE due > now() + interval '22 hours' AND due <= now() + interval '1 day'
    AND ends_at < now()
"""
#: The rest has its ends in the month that begins in an hour.
OTHERS = """
INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table},
    to_jsonb(one) || jsonb_build_object({key}, gen_random_uuid()) || {changes}
)).* FROM (SELECT * FROM {table} WHERE {condition} LIMIT 1) AS one,
    generate_series(1, {number}) AS number
"""
IN_A_MONTH = """
jsonb_build_object({column}, now() + interval '1 hour' + random() * interval '30 days')
"""


def commands(number: int, ends: datetime) -> Iterator[object]:
    """What has made one that has a card and has been told that it is renewed."""
    subscription_id = SubscriptionId(uuid5(SPACE, f"subscription {number}"))
    account_id = AccountId(uuid5(SPACE, f"account {number}"))
    method_id = PaymentMethodId(uuid5(SPACE, f"method {number}"))
    began = month_before(ends)
    method = MethodOnFile(
        payment_method_id=method_id,
        gateway="yookassa",
        ref=f"card-{number}",
        title="Card *4444",
    )
    yield StartSubscription(
        subscription_id=subscription_id,
        account_id=account_id,
        terms=TERMS,
        gateway="yookassa",
        time_zone="Europe/Moscow",
        auto_renew=True,
        now=began,
    )
    yield AttachPaymentMethod(
        payment_method_id=method_id,
        account_id=account_id,
        subscription_id=subscription_id,
        gateway="yookassa",
        ref=method.ref,
        kind="bank_card",
        title=method.title,
        now=began,
    )
    yield SetMethod(subscription_id=subscription_id, method=method, now=began)
    yield ConfirmPeriod(
        subscription_id=subscription_id,
        invoice_id=invoice_of(subscription_id, 0, "first"),
        period_no=0,
        paid_at=began,
        now=began,
    )
    yield AnnounceRenewal(subscription_id=subscription_id, now=ends - timedelta(days=3))


def month_before(ends: datetime) -> datetime:
    """As the calendar has it."""
    last = ends.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(ends.day, last.day))


def make_due(system: System, number: int) -> None:
    """So many whose periods have ended in the hour before now. No process hears of it:
    their first periods are long over.
    """
    deliveries = Deliveries(system.cinema)
    now = system.clock().replace(microsecond=0)
    for first in range(0, number, PAGE):
        ends = [
            now - timedelta(seconds=3600 * n / number)
            for n in range(first, min(first + PAGE, number))
        ]
        stories = [[*commands(first + n, end)] for n, end in enumerate(ends)]
        for step in zip(*stories, strict=True):
            send(deliveries, step)
    for story in STORIES:
        recorder = system.cinema.beside(story.name)
        before = recorder.position_of(system.log.name)
        recorder.move(system.log.name, system.log.head(), previous=before)


def send(deliveries: Deliveries, step: Sequence[object]) -> None:
    messages = [
        Message(each, Metadata.root(uuid5(SPACE, repr(each)), "benchmark"))
        for each in step
    ]
    for answer in deliveries.dispatch(messages):
        if isinstance(answer, Exception):
            raise answer


def add_others(system: System, number: int) -> None:
    """Rows like those that are there, but due later."""
    for name, key, column, condition in (
        ("subscriptions", "subscription_id", "period_end", "status = 'active'"),
        ("alarms", "subject", "due", "due IS NOT NULL"),
    ):
        query = SQL(OTHERS).format(
            table=Identifier("read", name),
            key=key,
            changes=SQL(IN_A_MONTH).format(column=column),
            condition=SQL(condition),
            number=number,
        )
        with system.pool.connection() as connection:
            connection.execute("SET statement_timeout = 0")
            connection.execute(query)
            connection.execute(SQL("ANALYZE {}").format(Identifier("read", name)))
            connection.execute("RESET statement_timeout")


def hold(system: System) -> None:
    with system.pool.connection() as connection:
        connection.execute(HOLD)


def let_go(system: System) -> None:
    with system.pool.connection() as connection:
        connection.execute(LET_GO)
