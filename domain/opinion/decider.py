"""What somebody thinks of a film: one rating, as long as they stand by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from domain.kernel.decider import Decider
from domain.kernel.errors import Invalid
from domain.opinion.commands import GiveOpinion, OpinionCommand, WithdrawOpinion
from domain.opinion.events import OpinionEvent, OpinionGiven, OpinionWithdrawn
from domain.viewing_ids import pair_of

LOWEST, HIGHEST = 1, 10


@dataclass(frozen=True, slots=True)
class Silent: ...


@dataclass(frozen=True, slots=True)
class Given:
    rating: int


Opinion: TypeAlias = Silent | Given


class OpinionOutOfRange(Invalid):
    """A rating is a whole number from 1 to 10."""

    pointer = "/rating"


def decide(command: OpinionCommand, state: Opinion) -> Sequence[OpinionEvent]:
    match command:
        case GiveOpinion():
            return give(command, state)
        case WithdrawOpinion():
            return withdraw(command, state)
        case _:
            assert_never(command)


def give(command: GiveOpinion, state: Opinion) -> Sequence[OpinionEvent]:
    if not LOWEST <= command.rating <= HIGHEST:
        raise OpinionOutOfRange
    if state == Given(command.rating):
        return ()
    return (
        OpinionGiven(
            account_id=command.account_id,
            film_id=command.film_id,
            rating=command.rating,
            given_at=command.now,
        ),
    )


def withdraw(command: WithdrawOpinion, state: Opinion) -> Sequence[OpinionEvent]:
    if state == Silent():
        return ()
    return (
        OpinionWithdrawn(
            account_id=command.account_id,
            film_id=command.film_id,
            withdrawn_at=command.now,
        ),
    )


def evolve(_: Opinion, event: OpinionEvent) -> Opinion:
    match event:
        case OpinionGiven(rating=rating):
            return Given(rating)
        case OpinionWithdrawn():
            return Silent()
        case _:
            assert_never(event)


opinion: Decider[OpinionCommand, Opinion, OpinionEvent] = Decider(
    category="opinion",
    key=lambda command: pair_of(command.account_id, command.film_id),
    initial=Silent(),
    decide=decide,
    evolve=evolve,
)
