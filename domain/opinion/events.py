"""What happens to somebody's opinion of a film."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, FilmId


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionGiven:
    """``rating`` is from 1 to 10; one that was given before no longer counts."""

    account_id: AccountId
    film_id: FilmId
    rating: int
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionWithdrawn:
    account_id: AccountId
    film_id: FilmId
    withdrawn_at: datetime


OpinionEvent: TypeAlias = OpinionGiven | OpinionWithdrawn
