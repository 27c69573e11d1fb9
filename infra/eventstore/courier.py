"""Brings the commands that a process has issued to the write model.

It delivers at least once; the receipt at the other end makes it exactly once. A command
that meets an error of ours waits, with those of its story that come after it.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from time import sleep
from typing import Any
from uuid import uuid4

from eventsourcing.persistence import IntegrityError

from domain.kernel.errors import DomainError
from domain.kernel.messages import Metadata, Recorded
from infra.eventstore.appends import Append, Checkpoint
from infra.eventstore.deliveries import Answer, Deliveries, Message
from infra.eventstore.feed import Feed, Page, Unreadable
from infra.eventstore.waiting_room import Done, Parked, Turn, WaitingRoom

logger = logging.getLogger(__name__)

PAGE = 1_000
#: How long what a page stumbles over is given before each further try, in seconds.
PAUSES = (0.1, 0.4)


class Undeliverable(Exception):
    """A command met an error that is no refusal."""

    def __init__(self, command: object, error: Exception) -> None:
        name = type(command).__name__
        super().__init__(f"{name} cannot be delivered: {error!r}")


class Courier:
    """Many may run: the position is moved once, by whoever is first."""

    def __init__(
        self,
        name: str,
        feed: Feed,
        kinds: Sequence[type],
        deliveries: Deliveries,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self.name = name
        self.feed = feed
        self.kinds = kinds
        self.deliveries = deliveries
        self.pauses = pauses
        self.room = WaitingRoom(name, feed.recorder, deliveries.cinema.clock)

    def catch_up(self) -> int:
        old = self.position()
        try:
            page = self.feed.read(old, self.kinds, PAGE)
        except Unreadable as error:
            turn = self.room.turn()
            turn.park(error.stream, error.position, error)
            self.move(turn, old, error.position)
            return 1
        if page.facts:
            self.handle(page, old)
        elif page.upto > old:
            self.feed.recorder.move(self.name, page.upto, previous=old)
        return len(page.facts)

    def is_at_rest(self) -> bool:
        return not self.feed.has_more(self.position(), self.kinds)

    def position(self) -> int:
        return self.feed.recorder.position_of(self.name)

    def handle(self, page: Page, old: int) -> None:
        turn = self.room.turn()
        self.deliver(page.facts, turn)
        self.move(turn, old, page.upto)

    def deliver(self, commands: Sequence[Recorded[Any]], turn: Turn) -> None:
        pauses = iter(self.pauses)
        for wave in waves(commands):
            ready = [c for c in wave if turn.admits(c.originator_id, c.position)]
            messages = [Message(each.payload, each.metadata) for each in ready]
            for command, message, answer in zip(
                ready, messages, self.deliveries.dispatch(messages), strict=True
            ):
                if error := self.insist(message, answer, pauses):
                    turn.park(command.originator_id, command.position, error)

    def insist(
        self, message: Message, answer: Answer, pauses: Iterator[float]
    ) -> Undeliverable | None:
        """The pauses are those of a page: what fails a thousand times fails again."""
        while is_failure(answer) and (pause := next(pauses, None)) is not None:
            sleep(pause)
            answer = self.deliveries.anew(message)
        return undeliverable(message, answer)

    def move(self, turn: Turn, old: int, new: int) -> None:
        """Unless another was faster, or a story has been resumed; then, once more."""
        recorder = self.feed.recorder
        if not turn.marks:
            recorder.move(self.name, new, previous=old)
            return
        checkpoint = Checkpoint(self.name, new, previous=old)
        now = self.deliveries.cinema.clock()
        with suppress(IntegrityError):
            recorder.append(Append(turn.stored(), uuid4(), now, move=checkpoint))

    def parked(self) -> list[Parked]:
        return self.room.parked(self.called)

    def resume(self, stream: str, metadata: Metadata, skip: bool = False) -> bool:
        """As ``Parking.resume``: deliver what waits of a story."""
        story = f"{self.feed.name}-{stream.removeprefix(f'{self.name}-')}"

        def handle(positions: Sequence[int]) -> Done:
            commands, failure = self.feed.at(story, positions)
            for number, command in enumerate(commands):
                message = Message(command.payload, command.metadata)
                if error := undeliverable(message, self.deliveries.anew(message)):
                    return Done(number, error)
            return Done(len(commands), failure)

        return self.room.resume(story, metadata, skip, handle)

    def called(self, story: str) -> str:
        return f"{self.name}-{story.removeprefix(f'{self.feed.name}-')}"


def is_failure(answer: Answer) -> bool:
    return isinstance(answer, Exception) and not isinstance(answer, DomainError)


def undeliverable(message: Message, answer: Answer) -> Undeliverable | None:
    """What is refused by then has been overtaken by other facts."""
    if isinstance(answer, DomainError):
        logger.warning("refused: %s: %r", answer, message.command)
    elif isinstance(answer, Exception):
        error = Undeliverable(message.command, answer)
        error.__cause__ = answer
        return error
    return None


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
