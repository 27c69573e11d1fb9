"""What can be asked about somebody's wait for a premiere.

``premieres_at`` is the moment of it, as the film's release date says today; None while
it has none.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, FilmId, Names


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitPremiere:
    account_id: AccountId
    film_id: FilmId
    premieres_at: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPremiereWait:
    account_id: AccountId
    film_id: FilmId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncePremiere:
    account_id: AccountId
    film_id: FilmId
    names: Names
    premieres_at: datetime
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPremiereWait:
    """The film is archived."""

    account_id: AccountId
    film_id: FilmId
    now: datetime


PremiereCommand: TypeAlias = (
    AwaitPremiere | WithdrawPremiereWait | AnnouncePremiere | DropPremiereWait
)
