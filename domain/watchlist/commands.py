"""What can be asked of a film on somebody's watchlist."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, FilmId


@dataclass(frozen=True, slots=True, kw_only=True)
class BookmarkFilm:
    account_id: AccountId
    film_id: FilmId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveBookmark:
    account_id: AccountId
    film_id: FilmId
    now: datetime


WatchlistCommand: TypeAlias = BookmarkFilm | RemoveBookmark
