"""What somebody watches, wants to watch and thinks of it, as their pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Protocol, TypeAlias
from uuid import UUID

from domain.film.series import Season
from projections.catalogue import Place, Slice
from projections.projection import View
from projections.visibility import Viewer

#: Seen to so many percent of its length, it is finished: the rest is credits.
FINISHED = 95

#: What of a person's has a film in it.
Shelf: TypeAlias = Literal["history", "watchlist", "opinions", "premieres"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A film, and what somebody has to do with it since ``at``."""

    id: UUID
    film_id: UUID
    title_ru: str | None
    title_en: str | None
    title_original: str | None
    type: str
    access: str
    release_date: date | None
    age_rating: int | None
    at: datetime
    #: From 1 to 10, where it is an opinion.
    rating: int | None = None
    #: Of an episode; 0 where there is none.
    season: int = 0
    episode: int = 0
    position_seconds: int = 0
    duration_seconds: int = 0
    #: Of a series whose next episode is asked for.
    seasons: tuple[Season, ...] = ()

    @property
    def is_finished(self) -> bool:
        return self.position_seconds * 100 >= self.duration_seconds * FINISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Where somebody watches now."""

    stream_id: UUID
    film_id: UUID
    device: str
    started_at: datetime
    expires_at: datetime


class ViewingView(View, Protocol):
    """Only films that this viewer may be shown now."""

    def shelf(
        self,
        account_id: UUID,
        shelf: Shelf,
        viewer: Viewer,
        limit: int,
        after: Place | None = None,
    ) -> Slice[Kept]:
        """The latest first."""
        ...

    def latest(self, account_id: UUID, viewer: Viewer) -> Sequence[Kept]:
        """Of each film what was watched of it last; the latest first."""
        ...

    def devices(self, account_id: UUID) -> Sequence[Device]:
        """The one that was started first at the top."""
        ...


def to_continue(watched: Kept) -> Kept | None:
    """Where to go on; None if that was the end. Of a series it may be an episode on."""
    if watched.position_seconds == 0:
        return None
    if not watched.is_finished:
        return watched
    following = next_episode(watched)
    if following is None:
        return None
    season, episode = following
    return replace(
        watched, season=season, episode=episode, position_seconds=0, duration_seconds=0
    )


def next_episode(watched: Kept) -> tuple[int, int] | None:
    """The one after, in this season or in the next that has any."""
    here = (watched.season, watched.episode)
    places = (
        (season.number, episode.number)
        for season in watched.seasons
        for episode in season.episodes
    )
    return min((place for place in places if place > here), default=None)
