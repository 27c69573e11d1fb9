"""What people want to watch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.viewing_ids import pair_of
from domain.watchlist.events import (
    FilmBookmarked,
    WatchlistEvent,
)
from projections.projection import Lookup, Projection


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    id: UUID
    account_id: UUID
    film_id: UUID
    bookmarked_at: datetime


def keys(recorded: Recorded[WatchlistEvent], _lookup: Lookup[UUID]) -> Iterable[UUID]:
    fact = recorded.payload
    return (pair_of(fact.account_id, fact.film_id),)


def evolve(
    _row: Bookmark | None,
    recorded: Recorded[WatchlistEvent],
    _rows: Mapping[UUID, Bookmark],
) -> Bookmark | None:
    fact = recorded.payload
    if not isinstance(fact, FilmBookmarked):
        return None
    return Bookmark(
        id=pair_of(fact.account_id, fact.film_id),
        account_id=fact.account_id,
        film_id=fact.film_id,
        bookmarked_at=fact.bookmarked_at,
    )


watchlist: Projection[UUID, Bookmark] = Projection(
    name="watchlist",
    facts=members(WatchlistEvent),
    keys=keys,
    evolve=evolve,
    locality="stream",
)
