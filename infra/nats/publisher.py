"""Follows the log and publishes what it finds. The position moves after the ack."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from eventsourcing.persistence import IntegrityError, Tracking

from domain.kernel.messages import Recorded
from infra.eventstore.feed import Feed
from infra.eventstore.tracking import Tracker, has_come_to
from infra.nats.bus import Bus, Message
from infra.tracing import span

PAGE = 500

Compose: TypeAlias = Callable[[Recorded[Any]], Message]


class Publisher:
    """A page that fails is published again: the ids make the repetition harmless."""

    def __init__(
        self,
        name: str,
        feed: Feed,
        kinds: Sequence[type],
        compose: Compose,
        bus: Bus,
        tracking: Tracker,
    ) -> None:
        self.name = name
        self.feed = feed
        self.kinds = kinds
        self.compose = compose
        self.bus = bus
        self.tracking = tracking

    def catch_up(self) -> int:
        after = self.tracking.max_tracking_id(self.feed.name) or 0
        page = self.feed.read(after, self.kinds, PAGE)
        if page.facts:
            self.publish(page.facts)
        if page.upto > after:
            self.move_to(page.upto)
        return len(page.facts)

    def is_at_rest(self) -> bool:
        after = self.tracking.max_tracking_id(self.feed.name) or 0
        return not self.feed.read(after, self.kinds, 1).facts

    def publish(self, facts: Sequence[Recorded[Any]]) -> None:
        causes = (fact.metadata.traceparent for fact in facts)
        with span(f"publish {self.name}", causes=causes, events=len(facts)):
            self.bus.publish([self.compose(fact) for fact in facts])

    def move_to(self, position: int) -> None:
        try:
            self.tracking.insert_tracking(Tracking(self.feed.name, position))
        except IntegrityError:
            # Another instance may have been here first. That is as good.
            if not has_come_to(self.tracking, self.feed.name, position):
                raise
