"""What a letter can be, and how it became so."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

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


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True)
class Waiting:
    attempts: int = 0
    round: int = 1


@dataclass(frozen=True, slots=True)
class InTransit:
    """Handed to the mail server, whose answer is not known (yet)."""

    attempts: int
    round: int
    since: datetime


@dataclass(frozen=True, slots=True)
class HandedOver: ...


@dataclass(frozen=True, slots=True)
class Dead:
    round: int


@dataclass(frozen=True, slots=True)
class Discarded: ...


Letter: TypeAlias = Absent | Waiting | InTransit | HandedOver | Dead | Discarded


def evolve(state: Letter, event: LetterEvent) -> Letter:
    match event:
        case LetterOrdered():
            return Waiting()
        case LetterSubmitted(attempt=attempt, submitted_at=now):
            return InTransit(attempt, round_of(state), now)
        case LetterDeferred(attempt=attempt):
            return Waiting(attempt, round_of(state))
        case LetterHandedOver():
            return HandedOver()
        case LetterUndeliverable():
            return Dead(round_of(state))
        case LetterRepeated(round=round_):
            return Waiting(0, round_)
        case LetterDiscarded():
            return Discarded()
        case _:
            assert_never(event)


def round_of(state: Letter) -> int:
    return state.round if isinstance(state, Waiting | InTransit | Dead) else 1
