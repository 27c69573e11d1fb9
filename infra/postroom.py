"""Takes letters from the queue, one at a time, until each is settled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from random import SystemRandom
from typing import Any
from uuid import UUID

from domain.kernel.errors import DomainError
from domain.kernel.messages import Clock, Receipt, Recorded
from domain.mailing.commands import GiveUpLetter
from domain.mailing.decider import CLAIM, letter
from domain.mailing.events import LetterOrdered, LetterRepeated
from domain.mailing.refusals import AttemptsExhausted, LetterInTransit
from domain.mailing.states import InTransit, Letter, Waiting
from infra.eventstore.cinema import Cinema
from infra.eventstore.couriers import attempt, walk
from infra.nats.bus import Message
from infra.nats.queue import Taken, WorkQueue
from infra.smtp.sender import SmtpMailer
from infra.tracing import span
from processes.posting import Order
from processes.reactor import Reactor

TO_BE_POSTED: Sequence[type] = (LetterOrdered, LetterRepeated)
PATIENCE = 1.0
FIRST_DELAY, GROWTH, JITTER = 10.0, 4.0, 0.25
LOST = "Five attempts ended without an answer."

chance = SystemRandom()


def reference(fact: Recorded[LetterOrdered | LetterRepeated]) -> Message:
    """What the queue holds of a letter: which one, and nothing else."""
    id_ = fact.payload.letter_id
    round_ = fact.payload.round if isinstance(fact.payload, LetterRepeated) else 1
    return Message(subject="letters.post", id=f"{id_} {round_}", body=id_.bytes)


def delay_after(attempt: int) -> float:
    """10 s, 40 s, 160 s, 640 s, each a little more or less."""
    usual = FIRST_DELAY * GROWTH ** max(attempt - 1, 0)
    return usual * chance.uniform(1 - JITTER, 1 + JITTER)


@dataclass(slots=True, kw_only=True)
class Postman:
    """A worker. Several may share a queue, each with a mailer of its own."""

    name: str
    queue: WorkQueue
    mailer: SmtpMailer
    posting: Reactor[LetterOrdered, Order]
    cinema: Cinema
    clock: Clock
    patience: float = PATIENCE
    #: In seconds: between two tries, and how long another's claim is respected.
    delay: Callable[[int], float] = delay_after
    claim: float = CLAIM.total_seconds()

    def catch_up(self) -> int:
        """While the mail server is away nothing is taken, so nothing is used up.

        Raises ``MailServerUnreachable``, ``BusUnavailable``.
        """
        self.mailer.ready()
        taken = self.queue.take(self.patience)
        if taken is None:
            return 0
        self.deliver(taken)
        return 1

    def is_at_rest(self) -> bool:
        return self.queue.is_empty()

    def deliver(self, taken: Taken) -> None:
        """The outcome is recorded before the queue is told."""
        stream = f"{letter.category}-{UUID(bytes=taken.body)}"
        before = self.cinema.stream(stream)
        if is_open(state_of(before)):
            with span("post letter", cause=before[0].metadata.traceparent):
                self.post(before)
        match state_of(self.cinema.stream(stream)):
            case Waiting(attempts=attempts):
                taken.later(self.delay(attempts))
            case InTransit():
                taken.later(self.claim)
            case _:
                taken.done()

    def post(self, history: Sequence[Recorded[Any]]) -> None:
        ordered = history[0]
        step = f"posting {len(history)}"
        numbers = count()

        def record(command: Order) -> DomainError | None:
            metadata = ordered.metadata.follow(f"{step} {next(numbers)}")
            answer = attempt(self.cinema.dispatch, command, metadata)
            if isinstance(answer, AttemptsExhausted):
                self.give_up(ordered, f"{step} lost")
            return answer if isinstance(answer, DomainError) else claimed(answer)

        walk(self.posting.react(ordered.payload), record)

    def give_up(self, ordered: Recorded[LetterOrdered], step: str) -> None:
        id_ = ordered.payload.letter_id
        command = GiveUpLetter(letter_id=id_, reason=LOST, now=self.clock())
        self.cinema.dispatch(command, ordered.metadata.follow(step))


def claimed(receipt: Receipt) -> DomainError | None:
    """A step that is already in the log is another worker's."""
    return LetterInTransit() if receipt.replayed else None


def state_of(history: Sequence[Recorded[Any]]) -> Letter:
    return letter.fold(event.payload for event in history)


def is_open(state: Letter) -> bool:
    return isinstance(state, Waiting | InTransit)
