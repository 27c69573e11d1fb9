"""Many commands decided on histories that were read together, recorded in one commit.

Each is still handled by itself, once, and answered as if it had come alone: whenever
what others did, of the batch or elsewhere, could matter, it is dispatched anew.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from domain.kernel.messages import Metadata, Receipt
from infra.eventstore.appends import AlreadyHandled, Append, Outcome
from infra.eventstore.cinema import Cinema, receipt, replayed, stream_of
from infra.eventstore.couriers import attempt
from infra.eventstore.faults import is_of_a_message
from infra.eventstore.histories import States
from infra.tracing import small_span, traced

#: An error that is no refusal is ours: somebody has to put it right.
Answer: TypeAlias = Receipt | Exception


class Message(NamedTuple):
    command: object
    metadata: Metadata


class Deliveries:
    def __init__(self, cinema: Cinema) -> None:
        self.cinema = cinema

    def dispatch(self, messages: Sequence[Message]) -> Sequence[Answer]:
        """What came of each. Raises ``TooMuchContention``: then, send them again."""
        histories = States(self.cinema.records)
        try:
            histories.load(stream_of(message.command) for message in messages)
        except Exception as error:
            if not is_of_a_message(error):
                raise
            return [self.anew(message) for message in messages]
        decisions = [self.decided(message, histories) for message in messages]
        appends = [each for each in decisions if each is not None]
        outcomes = iter(self.cinema.records.append_many(appends))
        return [
            self.settled(message, decision, next(outcomes))
            if decision
            else self.anew(message)
            for message, decision in zip(messages, decisions, strict=True)
        ]

    def decided(self, message: Message, histories: States) -> Append | None:
        """None if it failed: it may have, over what will not be, or by repetition."""
        command, metadata = message
        name = type(command).__name__
        try:
            with small_span(f"dispatch {name}", metadata.traceparent):
                return self.cinema.decide(command, traced(metadata), histories)
        except Exception as error:
            if is_of_a_message(error):
                return None
            raise

    def settled(self, message: Message, decision: Append, outcome: Outcome) -> Answer:
        match outcome:
            case range():
                return receipt(decision, outcome)
            case AlreadyHandled(kept=kept):
                return replayed(kept, b"")
            case error if is_of_a_message(error):
                return self.anew(message)
            case _:
                raise outcome

    def anew(self, message: Message) -> Answer:
        try:
            return attempt(self.cinema.dispatch, message.command, message.metadata)
        except Exception as error:
            if is_of_a_message(error):
                return error
            raise
