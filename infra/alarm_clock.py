"""Turns what has fallen due into commands. A clock that stopped a week catches up."""

from datetime import datetime
from typing import Any, TypeAlias, assert_never
from uuid import UUID, uuid5

from psycopg import Connection

from domain.kernel.messages import Clock, Dispatch, Metadata
from domain.kernel.values import PaymentId, SubscriptionId
from domain.payment.commands import ClosePayment
from domain.subscription.commands import AnnounceRenewal, EndPeriod, TakeDunningStep
from infra.eventstore.couriers import hand_over
from infra.projection_engine.postgres import Pool
from projections.alarms import Kind

BATCH = 100

Order: TypeAlias = ClosePayment | AnnounceRenewal | EndPeriod | TakeDunningStep

DUE = """
SELECT subject, kind, due FROM read.alarms AS alarm
WHERE due <= %s AND NOT EXISTS (
    SELECT FROM work.rung
    WHERE (subject, kind, due) = (alarm.subject, alarm.kind, alarm.due)
)
ORDER BY due LIMIT %s FOR UPDATE SKIP LOCKED
"""
IS_DUE = """
SELECT EXISTS (
    SELECT FROM read.alarms AS alarm
    WHERE due <= %s AND NOT EXISTS (
        SELECT FROM work.rung
        WHERE (subject, kind, due) = (alarm.subject, alarm.kind, alarm.due)
    )
)
"""
RING = "INSERT INTO work.rung (subject, kind, due) VALUES (%s, %s, %s)"


class AlarmClock:
    """Many may run. An alarm is rung by one of them, and crashed over at worst twice:
    its command has the same id each time.
    """

    name = "alarm_clock"

    def __init__(self, pool: Pool, dispatch: Dispatch, clock: Clock) -> None:
        self.pool = pool
        self.dispatch = dispatch
        self.clock = clock

    def catch_up(self) -> int:
        now = self.clock()
        with self.pool.connection() as connection, connection.transaction():
            due = connection.execute(DUE, (now, BATCH)).fetchall()
            for alarm in due:
                self.ring(connection, alarm, now)
        return len(due)

    def is_at_rest(self) -> bool:
        with self.pool.connection() as connection:
            [(is_due,)] = connection.execute(IS_DUE, (self.clock(),)).fetchall()
        return not is_due

    def ring(
        self, connection: Connection[Any], alarm: tuple[Any, ...], now: datetime
    ) -> None:
        subject, kind, due = alarm
        message_id = uuid5(subject, f"{kind} {due.isoformat()}")
        order = order_of(subject, kind, now)
        hand_over(self.dispatch, order, Metadata.root(message_id, self.name))
        connection.execute(RING, alarm)


def order_of(subject: UUID, kind: Kind, now: datetime) -> Order:
    match kind:
        case "checkout_expires":
            return ClosePayment(
                payment_id=PaymentId(subject), reason="abandoned", now=now
            )
        case "renewal_notice":
            return AnnounceRenewal(subscription_id=SubscriptionId(subject), now=now)
        case "period_ends":
            return EndPeriod(subscription_id=SubscriptionId(subject), now=now)
        case "dunning_step":
            return TakeDunningStep(subscription_id=SubscriptionId(subject), now=now)
        case _:
            assert_never(kind)
