"""The seasons of a series and their episodes, in order, and how facts change them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from domain.film.series_events import (
    EpisodeAdded,
    EpisodeMediaAttached,
    EpisodeRetitled,
    EpisodeWithdrawn,
    SeasonAdded,
    SeasonWithdrawn,
    SeriesEvent,
)
from domain.film.values import UNTITLED, Titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    number: int
    titles: Titles
    media: str | None = None
    release_date: date | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    number: int
    titles: Titles = UNTITLED
    episodes: tuple[Episode, ...] = ()

    def episode(self, number: int) -> Episode | None:
        return next((each for each in self.episodes if each.number == number), None)


Seasons: TypeAlias = tuple[Season, ...]
Change: TypeAlias = Callable[[Episode], Episode]


def season_of(seasons: Seasons, number: int) -> Season | None:
    return next((each for each in seasons if each.number == number), None)


def episode_of(event: EpisodeAdded) -> Episode:
    return Episode(
        number=event.number,
        titles=event.titles,
        media=event.media,
        release_date=event.release_date,
        minutes=event.minutes,
    )


def after(seasons: Seasons, event: SeriesEvent) -> Seasons:
    match event:
        case SeasonAdded(number=number, titles=titles):
            return with_season(seasons, Season(number=number, titles=titles))
        case SeasonWithdrawn(number=number):
            return tuple(each for each in seasons if each.number != number)
        case EpisodeAdded(season=season):
            added = episode_of(event)
            return changed(seasons, season, lambda its: with_episode(its, added))
        case EpisodeWithdrawn(season=season, number=number):
            return changed(seasons, season, lambda its: without_episode(its, number))
        case EpisodeRetitled(titles=titles):
            return with_other(seasons, event, lambda its: replace(its, titles=titles))
        case EpisodeMediaAttached(media=media):
            return with_other(seasons, event, lambda its: replace(its, media=media))
        case _:
            assert_never(event)


def with_season(seasons: Seasons, season: Season) -> Seasons:
    others = (each for each in seasons if each.number != season.number)
    return tuple(sorted((*others, season), key=lambda each: each.number))


def changed(
    seasons: Seasons, number: int, change: Callable[[Season], Season]
) -> Seasons:
    return tuple(change(each) if each.number == number else each for each in seasons)


def with_episode(season: Season, episode: Episode) -> Season:
    others = (each for each in season.episodes if each.number != episode.number)
    episodes = tuple(sorted((*others, episode), key=lambda each: each.number))
    return replace(season, episodes=episodes)


def without_episode(season: Season, number: int) -> Season:
    episodes = tuple(each for each in season.episodes if each.number != number)
    return replace(season, episodes=episodes)


def with_other(
    seasons: Seasons, event: EpisodeRetitled | EpisodeMediaAttached, change: Change
) -> Seasons:
    def changing(season: Season) -> Season:
        episodes = tuple(
            change(each) if each.number == event.number else each
            for each in season.episodes
        )
        return replace(season, episodes=episodes)

    return changed(seasons, event.season, changing)
