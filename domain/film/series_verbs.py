"""What a series answers about its seasons and their episodes."""

from collections.abc import Sequence
from typing import assert_never

from domain.film import rules
from domain.film.refusals import (
    EpisodeExistsAlready,
    EpisodeLengthUnlikely,
    EpisodeNotFound,
    EpisodeNumberUnlikely,
    FilmNotSeries,
    SeasonExistsAlready,
    SeasonNotFound,
    SeasonNumberUnlikely,
    SeriesFull,
)
from domain.film.series import Episode, Season, episode_of, season_of
from domain.film.series_commands import (
    AddEpisode,
    AddSeason,
    AttachEpisodeMedia,
    RetitleEpisode,
    SeriesCommand,
    WithdrawEpisode,
    WithdrawSeason,
)
from domain.film.series_events import (
    EpisodeAdded,
    EpisodeMediaAttached,
    EpisodeRetitled,
    EpisodeWithdrawn,
    SeasonAdded,
    SeasonWithdrawn,
    SeriesEvent,
)
from domain.film.states import Listed

LAST_SEASON = 200
LAST_EPISODE = 2_000
MOST_EPISODES = 5_000
LONGEST_MINUTES = 1_440


def decide_series(command: SeriesCommand, film: Listed) -> Sequence[SeriesEvent]:
    if film.type != "series":
        raise FilmNotSeries
    match command:
        case AddSeason():
            return add_season(command, film)
        case WithdrawSeason():
            return withdraw_season(command, film)
        case AddEpisode():
            return add_episode(command, film)
        case RetitleEpisode():
            return retitle_episode(command, film)
        case AttachEpisodeMedia():
            return attach_episode_media(command, film)
        case WithdrawEpisode():
            return withdraw_episode(command, film)
        case _:
            assert_never(command)


def add_season(ask: AddSeason, film: Listed) -> Sequence[SeasonAdded]:
    if not 0 <= ask.number <= LAST_SEASON:
        raise SeasonNumberUnlikely
    rules.check_spellings(ask.titles)
    there = season_of(film.seasons, ask.number)
    if there == Season(number=ask.number, titles=ask.titles):
        return ()
    if there is not None:
        raise SeasonExistsAlready
    id_, number, titles = ask.film_id, ask.number, ask.titles
    return (SeasonAdded(film_id=id_, number=number, titles=titles, added_at=ask.now),)


def withdraw_season(ask: WithdrawSeason, film: Listed) -> Sequence[SeasonWithdrawn]:
    if season_of(film.seasons, ask.number) is None:
        return ()
    id_, number = ask.film_id, ask.number
    return (SeasonWithdrawn(film_id=id_, number=number, withdrawn_at=ask.now),)


def add_episode(ask: AddEpisode, film: Listed) -> Sequence[EpisodeAdded]:
    season = season_in(film, ask.season)
    check(ask)
    added = EpisodeAdded(
        film_id=ask.film_id,
        season=ask.season,
        number=ask.number,
        titles=ask.titles,
        media=ask.media,
        release_date=ask.release_date,
        minutes=ask.minutes,
        added_at=ask.now,
    )
    there = season.episode(ask.number)
    if there == episode_of(added):
        return ()
    if there is not None:
        raise EpisodeExistsAlready
    if sum(len(each.episodes) for each in film.seasons) >= MOST_EPISODES:
        raise SeriesFull
    return (added,)


def check(ask: AddEpisode) -> None:
    if not 0 <= ask.number <= LAST_EPISODE:
        raise EpisodeNumberUnlikely
    rules.check_titles(ask.titles)
    rules.check_media(ask.media)
    rules.check_release_date(ask.release_date)
    if ask.minutes is not None and not 1 <= ask.minutes <= LONGEST_MINUTES:
        raise EpisodeLengthUnlikely


def retitle_episode(ask: RetitleEpisode, film: Listed) -> Sequence[EpisodeRetitled]:
    rules.check_titles(ask.titles)
    if episode_in(film, ask.season, ask.number).titles == ask.titles:
        return ()
    retitled = EpisodeRetitled(
        film_id=ask.film_id,
        season=ask.season,
        number=ask.number,
        titles=ask.titles,
        retitled_at=ask.now,
    )
    return (retitled,)


def attach_episode_media(
    ask: AttachEpisodeMedia, film: Listed
) -> Sequence[EpisodeMediaAttached]:
    rules.check_media(ask.media)
    if episode_in(film, ask.season, ask.number).media == ask.media:
        return ()
    attached = EpisodeMediaAttached(
        film_id=ask.film_id,
        season=ask.season,
        number=ask.number,
        media=ask.media,
        attached_at=ask.now,
    )
    return (attached,)


def withdraw_episode(ask: WithdrawEpisode, film: Listed) -> Sequence[EpisodeWithdrawn]:
    if season_in(film, ask.season).episode(ask.number) is None:
        return ()
    withdrawn = EpisodeWithdrawn(
        film_id=ask.film_id,
        season=ask.season,
        number=ask.number,
        withdrawn_at=ask.now,
    )
    return (withdrawn,)


def season_in(film: Listed, number: int) -> Season:
    season = season_of(film.seasons, number)
    if season is None:
        raise SeasonNotFound
    return season


def episode_in(film: Listed, season: int, number: int) -> Episode:
    episode = season_in(film, season).episode(number)
    if episode is None:
        raise EpisodeNotFound
    return episode
