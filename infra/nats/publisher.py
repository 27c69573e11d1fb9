"""Follows the log and publishes what it finds. The position moves after the ack.

What cannot be read or put into words waits, and what comes after it in its stream: who
listens is told of each thing in the order in which it happened.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias
from uuid import uuid4

from eventsourcing.persistence import IntegrityError

from domain.kernel.messages import Metadata, Recorded
from infra.eventstore.appends import Append
from infra.eventstore.feed import Feed, Unreadable
from infra.eventstore.waiting_room import Done, Parked, Turn, WaitingRoom
from infra.nats.bus import Bus, Message
from infra.tracing import span

PAGE = 500

Compose: TypeAlias = Callable[[Recorded[Any]], Message]


class Unspeakable(Exception):
    """A fact could not be put into a message: an error of ours."""

    def __init__(self, fact: Recorded[Any], error: Exception) -> None:
        name = type(fact.payload).__name__
        super().__init__(f"{name} at {fact.position} cannot be told: {error!r}")


class Publisher:
    """A page that fails is published again: the ids make the repetition harmless."""

    def __init__(
        self,
        name: str,
        feed: Feed,
        kinds: Sequence[type],
        compose: Compose,
        bus: Bus,
        room: WaitingRoom,
    ) -> None:
        self.name = name
        self.feed = feed
        self.kinds = kinds
        self.compose = compose
        self.bus = bus
        self.room = room

    def catch_up(self) -> int:
        after = self.position()
        try:
            page = self.feed.read(after, self.kinds, PAGE)
        except Unreadable as error:
            turn = self.room.turn()
            turn.park(error.stream, error.position, error)
            self.leave(turn, after, error.position)
            return 1
        if page.facts:
            turn = self.room.turn()
            self.publish([*self.composed(page.facts, turn)])
            self.leave(turn, after, page.upto)
        elif page.upto > after:
            self.move(page.upto, previous=after)
        return len(page.facts)

    def is_at_rest(self) -> bool:
        return not self.feed.has_more(self.position(), self.kinds)

    def composed(
        self, facts: Sequence[Recorded[Any]], turn: Turn
    ) -> Iterator[tuple[Recorded[Any], Message]]:
        for fact in facts:
            stream, position = fact.originator_id, fact.position
            if turn.admits(stream, position):
                try:
                    yield fact, self.told(fact)
                except Unspeakable as error:
                    turn.park(stream, position, error)

    def told(self, fact: Recorded[Any]) -> Message:
        try:
            return self.compose(fact)
        except Exception as error:
            raise Unspeakable(fact, error) from error

    def publish(self, told: Sequence[tuple[Recorded[Any], Message]]) -> None:
        causes = (fact.metadata.traceparent for fact, _ in told)
        with span(f"publish {self.name}", causes=causes, events=len(told)):
            self.bus.publish([message for _, message in told])

    def leave(self, turn: Turn, after: int, upto: int) -> None:
        """What waits is noted before the position moves; twice noted, it waits once.

        If another instance has noted something meanwhile, the page is read again.
        """
        if turn.marks:
            append = Append(turn.stored(), uuid4(), self.room.clock())
            try:
                self.room.recorder.append(append)
            except IntegrityError:
                return
        self.move(upto, previous=after)

    def move(self, position: int, previous: int) -> None:
        """Unless another instance was here first. That is as good."""
        self.feed.recorder.move(self.name, position, previous)

    def position(self) -> int:
        return self.feed.recorder.position_of(self.name)

    def parked(self) -> list[Parked]:
        return self.room.parked(lambda stream: f"{self.name}-{stream}")

    def resume(self, stream: str, metadata: Metadata, skip: bool = False) -> bool:
        """As ``Parking.resume``: publish what waits."""
        source = stream.removeprefix(f"{self.name}-")

        def handle(positions: Sequence[int]) -> Done:
            facts, failure = self.feed.at(source, positions)
            for number, fact in enumerate(facts):
                try:
                    self.publish([(fact, self.told(fact))])
                except Unspeakable as error:
                    return Done(number, error)
            return Done(len(facts), failure)

        return self.room.resume(source, metadata, skip, handle)
