"""What happens to a film on somebody's watchlist."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, FilmId


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmBookmarked:
    """Ids alone: who stands behind the account is known elsewhere, or to nobody."""

    account_id: AccountId
    film_id: FilmId
    bookmarked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookmarkRemoved:
    account_id: AccountId
    film_id: FilmId
    removed_at: datetime


WatchlistEvent: TypeAlias = FilmBookmarked | BookmarkRemoved
