"""Turns what has fallen due into commands. A clock that stopped a week catches up."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID, uuid5

from domain.kernel.messages import Clock, Metadata
from domain.kernel.values import PaymentId, SubscriptionId
from domain.payment.commands import ClosePayment
from domain.subscription.commands import AnnounceRenewal, EndPeriod, TakeDunningStep
from domain.subscription.standing_commands import EndPause
from domain.subscription.trial_commands import RemindOfTrialEnd
from infra.eventstore.courier import undeliverable
from infra.eventstore.deliveries import Deliveries, Message
from infra.projection_engine.postgres import Pool
from projections.alarm_times import Kind

BATCH = 500

Alarm: TypeAlias = tuple[UUID, Kind, datetime]
Order: TypeAlias = (
    ClosePayment
    | AnnounceRenewal
    | RemindOfTrialEnd
    | EndPeriod
    | EndPause
    | TakeDunningStep
)

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
RING = """
INSERT INTO work.rung (subject, kind, due)
SELECT * FROM unnest(%s::uuid[], %s::text[], %s::timestamptz[])
"""

logger = logging.getLogger(__name__)


class AlarmClock:
    """Many may run. An alarm is rung by one of them, and crashed over at worst twice:
    its command has the same id each time.
    """

    name = "alarm_clock"

    def __init__(self, pool: Pool, deliveries: Deliveries, clock: Clock) -> None:
        self.pool = pool
        self.deliveries = deliveries
        self.clock = clock

    def catch_up(self) -> int:
        """How many have rung. One that fails goes on being due."""
        now = self.clock()
        with self.pool.connection() as connection, connection.transaction():
            due = connection.execute(DUE, (now, BATCH)).fetchall()
            rung = self.ring(due, now) if due else []
            if rung:
                connection.execute(RING, [*map(list, zip(*rung, strict=True))])
        return len(rung)

    def is_at_rest(self) -> bool:
        with self.pool.connection() as connection:
            [(is_due,)] = connection.execute(IS_DUE, (self.clock(),)).fetchall()
        return not is_due

    def ring(self, due: Sequence[Alarm], now: datetime) -> Sequence[Alarm]:
        """All in one commit; which of them need not ring again."""
        messages = [
            Message(order_of(s, k, now), metadata_of(s, k, d)) for s, k, d in due
        ]
        rung = []
        for alarm, message, answer in zip(
            due, messages, self.deliveries.dispatch(messages), strict=True
        ):
            if error := undeliverable(message, answer):
                logger.error("%s", error, exc_info=error)
            else:
                rung.append(alarm)
        return rung


def metadata_of(subject: UUID, kind: Kind, due: datetime) -> Metadata:
    """The same each time it rings."""
    message_id = uuid5(subject, f"{kind} {due.isoformat()}")
    return Metadata.root(message_id, AlarmClock.name)


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
        case "trial_notice":
            return RemindOfTrialEnd(subscription_id=SubscriptionId(subject), now=now)
        case "pause_ends":
            return EndPause(subscription_id=SubscriptionId(subject), now=now)
        case "dunning_step":
            return TakeDunningStep(subscription_id=SubscriptionId(subject), now=now)
        case _:
            assert_never(kind)
