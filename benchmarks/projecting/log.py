"""A log of subscriptions' lives, written straight into the table of events."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zlib import crc32

import msgspec
from psycopg import Connection

from domain.kernel.messages import Metadata
from domain.kernel.values import (
    AccountId,
    Interval,
    InvoiceId,
    MethodOnFile,
    Money,
    Names,
    PaymentMethodId,
    Period,
    PlanId,
    SubscriptionId,
    Terms,
)
from domain.subscription.events import (
    AutoRenewalSwitched,
    CancellationRevoked,
    CancellationScheduled,
    PeriodOpened,
    PeriodPaid,
    SubscriptionActivated,
    SubscriptionMethodSet,
    SubscriptionStarted,
)
from infra.projection_engine.store import PARTITIONS

#: How many events a life has.
LIFE = 10
START = datetime(2026, 1, 1, tzinfo=UTC)
MONTH = timedelta(days=30)
ACCOUNT, PLAN = AccountId(UUID(int=1)), PlanId(UUID(int=2))
INVOICE = InvoiceId(UUID(int=3))
TERMS = Terms(
    plan_id=PLAN,
    price_version=1,
    names=Names(ru="Месяц", en="Month"),
    price=Money(39_900),
    vat_percent=20,
    interval=Interval("month"),
)
METHOD = MethodOnFile(
    payment_method_id=PaymentMethodId(UUID(int=4)),
    gateway="sandbox",
    ref="method-4",
    title="Visa 1111",
)
COPY = """
COPY es.cinema_events (position, stream, version, type, recorded_at, command_id,
    partition, metadata, payload) FROM STDIN (FORMAT binary)
"""
TYPES = (
    "int8",
    "text",
    "int8",
    "text",
    "timestamptz",
    "uuid",
    "int2",
    "bytea",
    "bytea",
)


def life(id_: SubscriptionId) -> Iterator[object]:
    """Somebody who hesitates. Four of the ten carry the terms and are long."""
    subject: dict[str, Any] = {"subscription_id": id_, "account_id": ACCOUNT}
    yield SubscriptionStarted(
        **subject,
        terms=TERMS,
        gateway="sandbox",
        time_zone="Europe/Moscow",
        auto_renew=True,
        started_at=START,
    )
    charged: dict[str, Any] = {**subject, "terms": TERMS, "invoice_id": INVOICE}
    period = Period(START, START + MONTH)
    yield SubscriptionActivated(
        **charged, anchor=START, period=period, activated_at=START
    )
    yield SubscriptionMethodSet(**subject, method=METHOD, set_at=START)
    end = period.end
    for enabled in (False, True):
        yield AutoRenewalSwitched(**subject, enabled=enabled, switched_at=START)
    yield CancellationScheduled(
        **subject, reason="by_subscriber", cancel_at=end, scheduled_at=START
    )
    yield CancellationRevoked(**subject, revoked_at=START)
    charged |= {"period_no": 1, "period": Period(end, end + MONTH)}
    yield PeriodOpened(
        **charged,
        gateway="sandbox",
        method=METHOD,
        due_since=end,
        grace_until=end + timedelta(days=1),
        opened_at=end,
    )
    yield PeriodPaid(**charged, paid_at=end)
    yield CancellationScheduled(
        **subject, reason="by_subscriber", cancel_at=end + MONTH, scheduled_at=end
    )


def ids(number: int) -> list[UUID]:
    """As far apart as real ones are."""
    return [
        UUID(int=(n * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128)
        for n in range(number)
    ]


def places(number: int, is_scattered: bool) -> Iterator[tuple[int, int]]:
    """Of each event: whose, and which of its life. Scattered: each of another one."""
    lives = number // LIFE
    if is_scattered:
        return ((whose, step) for step in range(LIFE) for whose in range(lives))
    return ((whose, step) for whose in range(lives) for step in range(LIFE))


def write(connection: Connection[Any], number: int, is_scattered: bool) -> None:
    """So many events; whoever could follow them has read nothing."""
    template = SubscriptionId(UUID(int=0))
    told = [(type(e).__name__, msgspec.json.encode(e)) for e in life(template)]
    mark = str(template).encode()
    metadata = msgspec.json.encode(Metadata.root(UUID(int=9), "benchmark"))
    subscribers = ids(number // LIFE)
    connection.execute("TRUNCATE es.cinema_events")
    with connection.cursor().copy(COPY) as copy:
        copy.set_types(TYPES)
        for position, (whose, step) in enumerate(places(number, is_scattered), 1):
            id_ = subscribers[whose]
            kind, payload = told[step]
            stream = f"subscription-{id_}"
            copy.write_row(
                (
                    position,
                    stream,
                    step + 1,
                    kind,
                    START,
                    id_,
                    crc32(stream.encode()) % PARTITIONS,
                    metadata,
                    payload.replace(mark, str(id_).encode()),
                )
            )
    connection.execute("VACUUM (ANALYZE, FREEZE) es.cinema_events")
    connection.execute("CHECKPOINT")
