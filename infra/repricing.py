"""Tells those who have a plan of the price that they are moved to: a page at a time.

It keeps no place of its own. Who is still to be told is what the read models say, and
whoever starts looks at all of them once. Somebody who comes to a plan at an old price
later, by paying an old checkout, keeps that price until subscribers are moved again.
"""

import logging
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from domain.kernel.errors import DomainError
from domain.kernel.messages import Metadata, Recorded
from domain.kernel.values import SubscriptionId
from domain.plan.events import SubscribersRepriced
from domain.subscription.change_commands import SchedulePriceChange
from domain.subscription.prices import NOTICE
from infra.eventstore.cinema import Cinema
from infra.eventstore.deliveries import Deliveries, Message
from infra.postgres.exclusive import AlreadyUnderWay, exclusive
from infra.projection_engine.postgres import Pool

logger = logging.getLogger(__name__)

PAGE = 500
FIRST = UUID(int=0)

PLANS = """
SELECT plan_id, moving_to FROM read.plans
WHERE moving_to IS NOT NULL ORDER BY moving_at, plan_id
"""
KNOWN = """
SELECT coalesce(min(position), 0) FROM read.projection WHERE name = 'subscriptions'
"""
SUBSCRIBERS = """
SELECT subscription_id FROM read.subscriptions
WHERE plan_id = %s AND subscription_id > %s AND ended_at IS NULL
    AND status <> 'incomplete' AND (terms ->> 'price_version')::integer < %s
    AND next_terms IS NULL
ORDER BY subscription_id LIMIT %s
"""


class Repricing:
    """Many may run, one at a time; what two of them do is done once."""

    name = "repricing"

    def __init__(
        self, pool: Pool, cinema: Cinema, deliveries: Deliveries, page: int = PAGE
    ) -> None:
        self.pool = pool
        self.cinema = cinema
        self.deliveries = deliveries
        self.page = page
        #: Of plans and the version of their price: everybody has been told.
        self.done: set[tuple[UUID, int]] = set()
        self.after = FIRST

    def catch_up(self) -> int:
        moving = next(iter(self.moving()), None)
        if moving is None:
            return 0
        try:
            with exclusive(self.pool, self.name):
                return self.go_on(*moving)
        except AlreadyUnderWay:
            return 0

    def is_at_rest(self) -> bool:
        return not self.moving()

    def moving(self) -> Sequence[tuple[UUID, int]]:
        with self.pool.connection() as connection:
            found: list[Any] = connection.execute(PLANS).fetchall()
        return [plan for plan in found if plan not in self.done]

    def go_on(self, plan_id: UUID, version: int) -> int:
        """Once all who had the plan by then are known."""
        decision = self.decision(plan_id)
        question = (plan_id, self.after, version, self.page)
        with self.pool.connection() as connection:
            [(known,)] = connection.execute(KNOWN).fetchall()
            if known < decision.position:
                return 0
            found = connection.execute(SUBSCRIBERS, question).fetchall()
        subscribers = [id_ for (id_,) in found]
        if subscribers:
            self.tell(subscribers, decision)
        if len(subscribers) < self.page:
            self.done.add((plan_id, version))
            self.after = FIRST
        else:
            self.after = subscribers[-1]
        return 1

    def decision(self, plan_id: UUID) -> Recorded[SubscribersRepriced]:
        history = self.cinema.stream(f"plan-{plan_id}")
        return [e for e in history if isinstance(e.payload, SubscribersRepriced)][-1]

    def tell(
        self, subscribers: Sequence[UUID], decision: Recorded[SubscribersRepriced]
    ) -> None:
        """Whoever is told late has as much time as the others."""
        now = self.cinema.clock()
        messages = [
            Message(
                SchedulePriceChange(
                    subscription_id=SubscriptionId(id_),
                    terms=decision.payload.terms,
                    migrate_at=max(decision.payload.migrate_at, now + NOTICE),
                    now=now,
                ),
                metadata_of(decision, id_),
            )
            for id_ in subscribers
        ]
        for message, answer in zip(
            messages, self.deliveries.dispatch(messages), strict=True
        ):
            if isinstance(answer, DomainError):
                logger.warning("refused: %s: %r", answer, message.command)
            elif isinstance(answer, Exception):
                raise answer


def metadata_of(
    decision: Recorded[SubscribersRepriced], subscription_id: UUID
) -> Metadata:
    """The same for the same subscriber and decision."""
    cause = decision.metadata
    return Metadata(
        message_id=uuid5(subscription_id, f"price {cause.message_id}"),
        correlation_id=cause.correlation_id,
        causation_id=cause.message_id,
        actor=Repricing.name,
        reason=cause.reason,
    )
