"""Brings the commands that a process has issued to the write model.

It delivers at least once; the receipt at the other end makes it exactly once.
"""

import logging
from collections.abc import Iterator, Sequence
from typing import Any

from domain.kernel.errors import DomainError
from domain.kernel.messages import Recorded
from infra.eventstore.deliveries import Deliveries, Message
from infra.eventstore.feed import Feed

logger = logging.getLogger(__name__)

PAGE = 1_000


class Courier:
    """Many may run: the position is moved once, by whoever is first."""

    def __init__(
        self, name: str, feed: Feed, kinds: Sequence[type], deliveries: Deliveries
    ) -> None:
        self.name = name
        self.feed = feed
        self.kinds = kinds
        self.deliveries = deliveries

    def catch_up(self) -> int:
        old = self.position()
        page = self.feed.read(old, self.kinds, PAGE)
        self.deliver(page.facts)
        if page.upto > old:
            self.feed.recorder.move(self.name, page.upto, previous=old)
        return len(page.facts)

    def is_at_rest(self) -> bool:
        return not self.feed.read(self.position(), self.kinds, 1).facts

    def position(self) -> int:
        return self.feed.recorder.position_of(self.name)

    def deliver(self, commands: Sequence[Recorded[Any]]) -> None:
        """What is refused by then has been overtaken by other facts."""
        for wave in waves(commands):
            messages = [Message(each.payload, each.metadata) for each in wave]
            for message, answer in zip(
                messages, self.deliveries.dispatch(messages), strict=True
            ):
                if isinstance(answer, DomainError):
                    logger.warning("refused: %s: %r", answer, message.command)


def waves(commands: Sequence[Recorded[Any]]) -> Iterator[list[Recorded[Any]]]:
    """The first of each instance, then the second of each: an instance's own follow one
    another, while those of different ones go together.
    """
    places: dict[str, int] = {}
    found: list[list[Recorded[Any]]] = []
    for command in commands:
        place = places.get(command.originator_id, 0)
        places[command.originator_id] = place + 1
        if place == len(found):
            found.append([])
        found[place].append(command)
    yield from found
