"""Follows the log and publishes what it finds. The position moves after the ack."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from domain.kernel.messages import Recorded
from infra.eventstore.feed import Feed
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
    ) -> None:
        self.name = name
        self.feed = feed
        self.kinds = kinds
        self.compose = compose
        self.bus = bus

    def catch_up(self) -> int:
        after = self.position()
        page = self.feed.read(after, self.kinds, PAGE)
        if page.facts:
            self.publish(page.facts)
        if page.upto > after:
            self.move(page.upto, previous=after)
        return len(page.facts)

    def is_at_rest(self) -> bool:
        after = self.position()
        return not self.feed.read(after, self.kinds, 1).facts

    def publish(self, facts: Sequence[Recorded[Any]]) -> None:
        causes = (fact.metadata.traceparent for fact in facts)
        with span(f"publish {self.name}", causes=causes, events=len(facts)):
            self.bus.publish([self.compose(fact) for fact in facts])

    def move(self, position: int, previous: int) -> None:
        """Unless another instance was here first. That is as good."""
        self.feed.recorder.move(self.name, position, previous)

    def position(self) -> int:
        return self.feed.recorder.position_of(self.name)
