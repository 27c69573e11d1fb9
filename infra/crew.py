"""Works on what is due, many side by side: each in a thread that waits for the world.

What they want recorded is recorded by the crew, for all of them in one commit, before
any goes on. Whoever dies loses its claims at once, who hangs in a minute, and another
one goes on from what is recorded.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeAlias, TypeVar
from uuid import uuid4

from domain.kernel.errors import DomainError
from domain.kernel.messages import Clock, Metadata, Receipt
from infra.claims import Claimed, Claims, Due
from infra.eventstore.deliveries import Answer, Deliveries, Message
from infra.tracing import small_span
from processes.reactor import Reactor, Steps

C = TypeVar("C")
D = TypeVar("D", bound=Due)

logger = logging.getLogger(__name__)

#: Seconds. While all wait for the world, it is looked this often for more to do.
PATIENCE = 0.1


@dataclass(frozen=True, slots=True)
class Trade(Generic[D, C]):
    """What a crew works on, and how."""

    name: str
    reactor: Reactor[D, C]
    claims: Claims[D]
    #: The category of the streams of which ``Due.version`` is the version.
    category: str
    #: What leaves it at a stage that the row does not show yet.
    stages: Mapping[type, str]
    #: Seconds until the next look, when the last one brought no news, by stage.
    pauses: Mapping[str, Sequence[int]]

    def pause(self, left: Claimed) -> timedelta:
        pauses = self.pauses.get(left.stage) or self.pauses[""]
        return timedelta(seconds=pauses[min(left.tries, len(pauses) - 1)])


@dataclass(slots=True)
class Errand(Generic[D, C]):
    """One thing that is being worked on, in whichever thread is free."""

    claimed: Claimed
    due: D
    steps: Steps[C]
    version: int
    stage: str
    #: What it wants recorded before it goes on; None at its end.
    order: C | None = None
    failure: Exception | None = None

    def go_on(self, answer: Answer | None) -> None:
        refusal = answer if isinstance(answer, DomainError) else None
        try:
            self.order = self.steps.send(refusal)
        except StopIteration:
            self.order = None

    def left(self) -> Claimed:
        was = self.claimed
        is_as_it_was = was.stage == self.due.stage == self.stage
        tries = was.tries + 1 if is_as_it_was else 0
        return Claimed(was.id, self.version, self.stage, tries)


Task: TypeAlias = tuple[Errand[D, C], Answer | None]


class Crew(Generic[D, C]):
    """A follower; as many errands are under way at once as there are ``hands``."""

    def __init__(
        self, trade: Trade[D, C], deliveries: Deliveries, clock: Clock, hands: int
    ) -> None:
        self.name = trade.name
        self.trade = trade
        self.deliveries = deliveries
        self.clock = clock
        self.hands = hands
        self.under_way = 0
        self.threads = 0
        self.tasks: SimpleQueue[Task[D, C] | None] = SimpleQueue()
        self.back: SimpleQueue[Errand[D, C]] = SimpleQueue()

    def catch_up(self) -> int:
        """Begin what is due, and record what those who are back have to say."""
        if self.under_way < self.hands:
            self.begin()
        if self.under_way:
            return self.record(self.returned())
        self.dismiss()
        return 0

    def finish(self) -> None:
        """Begin nothing more, and see the end of what is under way."""
        while self.under_way:
            self.record(self.returned())
        self.dismiss()

    def is_at_rest(self) -> bool:
        return not self.trade.claims.is_open(self.clock())

    def begin(self) -> None:
        free = self.hands - self.under_way
        settled = []
        for claimed, due in self.trade.claims.claim(free, self.clock()):
            if due is None:
                settled.append(replace(claimed, tries=0))
            else:
                steps = self.trade.reactor.react(due)
                self.send(Errand(claimed, due, steps, due.version, due.stage), None)
        self.release(settled)

    def send(self, errand: Errand[D, C], answer: Answer | None) -> None:
        self.under_way += 1
        if self.threads < self.under_way:
            self.threads += 1
            Thread(target=self.work, name=self.name, daemon=True).start()
        self.tasks.put((errand, answer))

    def dismiss(self) -> None:
        while self.threads:
            self.threads -= 1
            self.tasks.put(None)

    def work(self) -> None:
        """In each thread: go on until there is something to record."""
        while task := self.tasks.get():
            errand, answer = task
            name = f"{self.name} {errand.due.stage}"
            try:
                with small_span(name, errand.due.traceparent):
                    errand.go_on(answer)
            except Exception as error:
                errand.failure = error
            self.back.put(errand)

    def returned(self) -> Sequence[Errand[D, C]]:
        """All who are back, when one is; nobody if all take long."""
        found: list[Errand[D, C]] = []
        try:
            found.append(self.back.get(timeout=PATIENCE))
            while True:
                found.append(self.back.get_nowait())
        except Empty:
            self.under_way -= len(found)
        return found

    def record(self, errands: Sequence[Errand[D, C]]) -> int:
        """What cannot be recorded now is done again, from what was recorded before."""
        messages, waiting, done = [], [], []
        for errand in errands:
            if errand.failure:
                logger.error("%s fails", self.name, exc_info=errand.failure)
            elif errand.order is None:
                done.append(errand.left())
            else:
                waiting.append(errand)
                messages.append(
                    Message(errand.order, metadata_of(self.name, errand.due))
                )
        answers = self.deliveries.dispatch(messages) if messages else ()
        for errand, answer in zip(waiting, answers, strict=True):
            self.hear(errand, answer)
        self.release(done)
        return len(errands) or 1

    def hear(self, errand: Errand[D, C], answer: Answer) -> None:
        if isinstance(answer, Receipt):
            if answer.stream == f"{self.trade.category}-{errand.claimed.id}":
                errand.version = max(errand.version, answer.version)
        elif not isinstance(answer, DomainError):
            logger.error("%s cannot go on", self.name, exc_info=answer)
            return
        errand.stage = self.trade.stages.get(type(errand.order), errand.stage)
        self.send(errand, answer)

    def release(self, left: Sequence[Claimed]) -> None:
        if left:
            now = self.clock()
            self.trade.claims.release([(c, now + self.trade.pause(c)) for c in left])


def metadata_of(actor: str, due: Due) -> Metadata:
    """Each run asks anew: what has been settled meanwhile, the stream knows."""
    return Metadata(
        message_id=uuid4(),
        correlation_id=due.correlation_id,
        causation_id=due.causation_id,
        actor=actor,
        traceparent=due.traceparent,
    )
