"""What happens to the seasons of a series and their episodes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from domain.film.values import UNTITLED, Titles
from domain.kernel.values import FilmId


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonAdded:
    film_id: FilmId
    number: int
    titles: Titles = UNTITLED
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonWithdrawn:
    """With its episodes."""

    film_id: FilmId
    number: int
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeAdded:
    film_id: FilmId
    season: int
    number: int
    titles: Titles
    media: str | None = None
    release_date: date | None = None
    minutes: int | None = None
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeRetitled:
    film_id: FilmId
    season: int
    number: int
    titles: Titles
    retitled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeMediaAttached:
    film_id: FilmId
    season: int
    number: int
    media: str | None
    attached_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeWithdrawn:
    film_id: FilmId
    season: int
    number: int
    withdrawn_at: datetime


SeriesEvent: TypeAlias = (
    SeasonAdded
    | SeasonWithdrawn
    | EpisodeAdded
    | EpisodeRetitled
    | EpisodeMediaAttached
    | EpisodeWithdrawn
)
