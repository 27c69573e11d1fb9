"""What becomes of somebody's wish to be told of a film's premiere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from domain.kernel.values import AccountId, FilmId, Names

DropReason: TypeAlias = Literal["film_archived", "released_before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiereAwaited:
    """On whatever day it will be: when that is, is the film's to say."""

    account_id: AccountId
    film_id: FilmId
    awaited_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiereWaitWithdrawn:
    """They do not want to be told any more."""

    account_id: AccountId
    film_id: FilmId
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiereWaitDropped:
    """There will be no premiere, or it was before anybody asked."""

    account_id: AccountId
    film_id: FilmId
    reason: DropReason
    dropped_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiereCame:
    """The day they waited for is here. ``names`` are the film's as of then."""

    account_id: AccountId
    film_id: FilmId
    names: Names
    premiered_at: datetime
    came_at: datetime


PremiereEvent: TypeAlias = (
    PremiereAwaited | PremiereWaitWithdrawn | PremiereWaitDropped | PremiereCame
)
