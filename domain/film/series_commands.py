"""What can be asked of a series: its seasons and their episodes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from domain.film.values import UNTITLED, Titles
from domain.kernel.values import FilmId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSeason:
    film_id: FilmId
    number: int
    titles: Titles = UNTITLED
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawSeason:
    film_id: FilmId
    number: int
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEpisode:
    film_id: FilmId
    season: int
    number: int
    titles: Titles
    media: str | None = None
    release_date: date | None = None
    minutes: int | None = None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RetitleEpisode:
    film_id: FilmId
    season: int
    number: int
    titles: Titles
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachEpisodeMedia:
    film_id: FilmId
    season: int
    number: int
    media: str | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawEpisode:
    film_id: FilmId
    season: int
    number: int
    now: datetime


SeriesCommand: TypeAlias = (
    AddSeason
    | WithdrawSeason
    | AddEpisode
    | RetitleEpisode
    | AttachEpisodeMedia
    | WithdrawEpisode
)
