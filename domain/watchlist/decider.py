"""A film that somebody wants to watch: on their list, or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from domain.kernel.decider import Decider
from domain.viewing_ids import pair_of
from domain.watchlist.commands import BookmarkFilm, RemoveBookmark, WatchlistCommand
from domain.watchlist.events import BookmarkRemoved, FilmBookmarked, WatchlistEvent


@dataclass(frozen=True, slots=True)
class Unlisted: ...


@dataclass(frozen=True, slots=True)
class Bookmarked: ...


Bookmark: TypeAlias = Unlisted | Bookmarked


def decide(command: WatchlistCommand, state: Bookmark) -> Sequence[WatchlistEvent]:
    who, film = command.account_id, command.film_id
    match command, state:
        case BookmarkFilm(now=now), Unlisted():
            return (FilmBookmarked(account_id=who, film_id=film, bookmarked_at=now),)
        case RemoveBookmark(now=now), Bookmarked():
            return (BookmarkRemoved(account_id=who, film_id=film, removed_at=now),)
        case _:  # It is so already.
            return ()


def evolve(_: Bookmark, event: WatchlistEvent) -> Bookmark:
    match event:
        case FilmBookmarked():
            return Bookmarked()
        case BookmarkRemoved():
            return Unlisted()
        case _:
            assert_never(event)


watchlist: Decider[WatchlistCommand, Bookmark, WatchlistEvent] = Decider(
    category="watchlist",
    key=lambda command: pair_of(command.account_id, command.film_id),
    initial=Unlisted(),
    decide=decide,
    evolve=evolve,
)
