"""What can be asked of somebody's opinion of a film."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, FilmId


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOpinion:
    account_id: AccountId
    film_id: FilmId
    rating: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawOpinion:
    account_id: AccountId
    film_id: FilmId
    now: datetime


OpinionCommand: TypeAlias = GiveOpinion | WithdrawOpinion
