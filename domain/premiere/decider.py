"""Somebody waits for a film's premiere, and is told once when it is here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, assert_never

from domain.kernel.decider import Decider
from domain.kernel.errors import Rejected
from domain.premiere.commands import (
    AnnouncePremiere,
    AwaitPremiere,
    DropPremiereWait,
    PremiereCommand,
    WithdrawPremiereWait,
)
from domain.premiere.events import (
    DropReason,
    PremiereAwaited,
    PremiereCame,
    PremiereEvent,
    PremiereWaitDropped,
    PremiereWaitWithdrawn,
)
from domain.viewing_ids import pair_of


@dataclass(frozen=True, slots=True)
class Unawaited: ...


@dataclass(frozen=True, slots=True)
class Awaited:
    since: datetime


Premiere: TypeAlias = Unawaited | Awaited


class PremierePassed(Rejected):
    """The film has had its premiere; there is nothing to wait for."""


def decide(command: PremiereCommand, state: Premiere) -> Sequence[PremiereEvent]:
    match command:
        case AwaitPremiere():
            return await_it(command, state)
        case WithdrawPremiereWait():
            return withdraw(command, state)
        case AnnouncePremiere():
            return announce(command, state)
        case DropPremiereWait():
            return drop(command, state, "film_archived")
        case _:
            assert_never(command)


def await_it(command: AwaitPremiere, state: Premiere) -> Sequence[PremiereEvent]:
    if command.premieres_at is not None and command.premieres_at <= command.now:
        raise PremierePassed
    if isinstance(state, Awaited):
        return ()
    return (
        PremiereAwaited(
            account_id=command.account_id,
            film_id=command.film_id,
            awaited_at=command.now,
        ),
    )


def withdraw(command: WithdrawPremiereWait, state: Premiere) -> Sequence[PremiereEvent]:
    if not isinstance(state, Awaited):
        return ()
    return (
        PremiereWaitWithdrawn(
            account_id=command.account_id,
            film_id=command.film_id,
            withdrawn_at=command.now,
        ),
    )


def announce(command: AnnouncePremiere, state: Premiere) -> Sequence[PremiereEvent]:
    """Early, it was put off meanwhile; a date in the past is a correction, no news."""
    if not isinstance(state, Awaited) or command.now < command.premieres_at:
        return ()
    if command.premieres_at <= state.since:
        return drop(command, state, "released_before")
    return (
        PremiereCame(
            account_id=command.account_id,
            film_id=command.film_id,
            names=command.names,
            premiered_at=command.premieres_at,
            came_at=command.now,
        ),
    )


def drop(
    command: AnnouncePremiere | DropPremiereWait, state: Premiere, reason: DropReason
) -> Sequence[PremiereEvent]:
    if not isinstance(state, Awaited):
        return ()
    return (
        PremiereWaitDropped(
            account_id=command.account_id,
            film_id=command.film_id,
            reason=reason,
            dropped_at=command.now,
        ),
    )


def evolve(_: Premiere, event: PremiereEvent) -> Premiere:
    match event:
        case PremiereAwaited(awaited_at=since):
            return Awaited(since)
        case PremiereWaitWithdrawn() | PremiereWaitDropped() | PremiereCame():
            return Unawaited()
        case _:
            assert_never(event)


premiere: Decider[PremiereCommand, Premiere, PremiereEvent] = Decider(
    category="premiere",
    key=lambda command: pair_of(command.account_id, command.film_id),
    initial=Unawaited(),
    decide=decide,
    evolve=evolve,
)
