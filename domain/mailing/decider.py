"""A letter: ordered, tried up to five times, and then with the mail server or dead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import assert_never

from domain.kernel.decider import Decider
from domain.kernel.values import LetterId
from domain.mailing.commands import (
    ConfirmHandover,
    DeferLetter,
    DiscardLetter,
    GiveUpLetter,
    LetterCommand,
    OrderLetter,
    RepeatLetter,
    SubmitLetter,
)
from domain.mailing.events import (
    LetterDeferred,
    LetterDiscarded,
    LetterEvent,
    LetterHandedOver,
    LetterOrdered,
    LetterRepeated,
    LetterSubmitted,
    LetterUndeliverable,
)
from domain.mailing.refusals import (
    AttemptsExhausted,
    LetterInTransit,
    LetterMisworded,
    LetterNotDead,
    LetterNotFound,
    LetterSettled,
)
from domain.mailing.states import (
    Absent,
    Dead,
    Discarded,
    HandedOver,
    InTransit,
    Letter,
    Waiting,
    evolve,
)
from domain.mailing.templates import VARIABLES

MOST_ATTEMPTS = 5
#: How long a claim keeps others away; longer than any conversation with a mail server.
CLAIM = timedelta(seconds=60)


def decide(command: LetterCommand, state: Letter) -> Sequence[LetterEvent]:
    match command:
        case OrderLetter():
            return order(command, state)
        case SubmitLetter():
            return submit(command, state)
        case ConfirmHandover() | DeferLetter() | GiveUpLetter():
            return conclude(command, state)
        case RepeatLetter() | DiscardLetter():
            return settle(command, state)
        case _:
            assert_never(command)


def order(command: OrderLetter, state: Letter) -> Sequence[LetterEvent]:
    """A fact that is told a hundred times is one letter."""
    if command.variables.keys() != VARIABLES[command.template]:
        raise LetterMisworded
    if state != Absent():
        return ()
    return (
        LetterOrdered(
            letter_id=command.letter_id,
            account_id=command.account_id,
            template=command.template,
            variables=command.variables,
            ordered_at=command.now,
        ),
    )


def submit(command: SubmitLetter, state: Letter) -> Sequence[LetterEvent]:
    """An attempt whose answer was lost with its worker counts like any other."""
    id_, now = command.letter_id, command.now
    match state:
        case Absent():
            raise LetterNotFound
        case InTransit(since=since) if now < since + CLAIM:
            raise LetterInTransit
        case InTransit(attempts=attempts) if attempts >= MOST_ATTEMPTS:
            raise AttemptsExhausted
        case InTransit(attempts=attempts) | Waiting(attempts=attempts):
            return (
                LetterSubmitted(letter_id=id_, attempt=attempts + 1, submitted_at=now),
            )
        case HandedOver() | Dead() | Discarded():
            raise LetterSettled
        case _:
            assert_never(state)


def conclude(
    command: ConfirmHandover | DeferLetter | GiveUpLetter, state: Letter
) -> Sequence[LetterEvent]:
    id_, now = command.letter_id, command.now
    match command, state:
        case _, Absent():
            raise LetterNotFound
        case ConfirmHandover(), Waiting() | InTransit() | Dead():
            return (LetterHandedOver(letter_id=id_, handed_over_at=now),)
        case DeferLetter(reason=reason), InTransit(attempts=attempts):
            if attempts >= MOST_ATTEMPTS:
                return (dead(id_, reason, now),)
            return (
                LetterDeferred(
                    letter_id=id_, attempt=attempts, reason=reason, deferred_at=now
                ),
            )
        case GiveUpLetter(reason=reason), Waiting() | InTransit():
            return (dead(id_, reason, now),)
        case _:  # Told again, or too late.
            return ()


def dead(letter_id: LetterId, reason: str, now: datetime) -> LetterEvent:
    return LetterUndeliverable(letter_id=letter_id, reason=reason, given_up_at=now)


def settle(
    command: RepeatLetter | DiscardLetter, state: Letter
) -> Sequence[LetterEvent]:
    id_, now = command.letter_id, command.now
    match command, state:
        case _, Absent():
            raise LetterNotFound
        case RepeatLetter(), Dead(round=round_):
            return (LetterRepeated(letter_id=id_, round=round_ + 1, repeated_at=now),)
        case DiscardLetter(), Dead():
            return (LetterDiscarded(letter_id=id_, discarded_at=now),)
        case DiscardLetter(), Discarded():
            return ()
        case _:
            raise LetterNotDead


letter: Decider[LetterCommand, Letter, LetterEvent] = Decider(
    category="mailing",
    key=lambda command: command.letter_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
