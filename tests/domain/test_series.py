from typing import Any

import pytest

from domain.film.decider import film
from domain.film.refusals import (
    EpisodeExistsAlready,
    EpisodeLengthUnlikely,
    EpisodeNotFound,
    EpisodeNumberUnlikely,
    FilmArchivedAlready,
    FilmNotFound,
    FilmNotSeries,
    FilmUntitled,
    MediaUnwritable,
    ReleaseDateImpossible,
    SeasonExistsAlready,
    SeasonNotFound,
    SeasonNumberUnlikely,
    SeriesFull,
    SeriesHasSeasons,
    TitleUnwritable,
)
from domain.film.series import Episode, Season
from domain.film.states import Listed
from domain.film.values import Titles
from domain.kernel.errors import Invalid
from tests.examples import catalogue as its
from tests.scenario import DeciderScenario

given = DeciderScenario(film)
SERIES = (its.added(type="series"),)
SEASON = (*SERIES, its.season_added())
EPISODE = (*SEASON, its.episode_added())
COMMANDS = [
    its.add_season(),
    its.withdraw_season(),
    its.add_episode(),
    its.retitle_episode(),
    its.attach_episode_media(),
    its.withdraw_episode(),
]


def test_a_season_is_added_once() -> None:
    given(*SERIES).when(its.add_season()).then(its.season_added())
    given(*SEASON).when(its.add_season()).then()
    other = its.add_season(titles=Titles(en="The beginning"))
    given(*SEASON).when(other).then_refused(SeasonExistsAlready)
    given(*EPISODE).when(its.add_season()).then_refused(SeasonExistsAlready)


def test_a_season_is_withdrawn_with_its_episodes() -> None:
    given(*EPISODE).when(its.withdraw_season()).then(its.season_withdrawn())
    given(*SERIES).when(its.withdraw_season()).then()
    assert film.fold([*EPISODE, its.season_withdrawn()]) == film.fold(SERIES)


def test_an_episode_is_added_once() -> None:
    given(*SEASON).when(its.add_episode()).then(its.episode_added())
    given(*EPISODE).when(its.add_episode()).then()
    other = its.add_episode(titles=its.STALKER)
    given(*EPISODE).when(other).then_refused(EpisodeExistsAlready)
    given(*SERIES).when(its.add_episode()).then_refused(SeasonNotFound)


def test_an_episode_is_retitled_and_gets_its_media() -> None:
    given(*EPISODE).when(its.retitle_episode()).then(its.episode_retitled())
    retitled = (*EPISODE, its.episode_retitled())
    given(*retitled).when(its.retitle_episode()).then()
    media = its.episode_media_attached()
    given(*EPISODE).when(its.attach_episode_media()).then(media)
    given(*EPISODE, media).when(its.attach_episode_media()).then()
    for command in (its.retitle_episode(), its.attach_episode_media()):
        given(*SEASON).when(command).then_refused(EpisodeNotFound)
        given(*SERIES).when(command).then_refused(SeasonNotFound)


def test_an_episode_is_withdrawn_once() -> None:
    given(*EPISODE).when(its.withdraw_episode()).then(its.episode_withdrawn())
    given(*SEASON).when(its.withdraw_episode()).then()
    given(*SERIES).when(its.withdraw_episode()).then_refused(SeasonNotFound)
    assert film.fold([*EPISODE, its.episode_withdrawn()]) == film.fold(SEASON)


def test_seasons_and_episodes_are_in_order() -> None:
    state = film.fold(
        [
            *SERIES,
            its.season_added(number=2),
            its.season_added(),
            its.episode_added(number=3),
            its.episode_added(number=1),
            its.episode_added(season=2),
            its.episode_retitled(number=3),
            its.episode_media_attached(season=2),
        ]
    )
    assert isinstance(state, Listed)
    pilot = Episode(number=1, titles=its.PILOT)
    third = Episode(number=3, titles=its.STALKER)
    with_media = Episode(number=1, titles=its.PILOT, media="pilot.m3u8")
    assert state.seasons == (
        Season(number=1, episodes=(pilot, third)),
        Season(number=2, episodes=(with_media,)),
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: type(each).__name__)
def test_only_a_listed_series_has_seasons(command: Any) -> None:
    given(its.added()).when(command).then_refused(FilmNotSeries)
    given(*EPISODE, its.archived()).when(command).then_refused(FilmArchivedAlready)
    given().when(command).then_refused(FilmNotFound)


def test_a_series_with_seasons_is_no_movie() -> None:
    movie = its.correct_type(type="movie")
    given(*SEASON).when(movie).then_refused(SeriesHasSeasons)
    given(*SEASON, its.season_withdrawn()).when(movie).then(
        its.type_corrected(type="movie")
    )


def test_a_series_has_an_end() -> None:
    episodes = [
        its.episode_added(season=season, number=number)
        for season in (1, 2, 3)
        for number in range(1700)
    ][:5000]
    seasons = [its.season_added(number=number) for number in (2, 3)]
    state = film.fold([*SEASON, *seasons])
    assert isinstance(state, Listed)
    full = state.__class__(
        titles=state.titles,
        type=state.type,
        access=state.access,
        seasons=tuple(
            Season(
                number=number,
                episodes=tuple(
                    Episode(number=each.number, titles=each.titles)
                    for each in episodes
                    if each.season == number
                ),
            )
            for number in (1, 2, 3)
        ),
    )
    with pytest.raises(SeriesFull):
        film.decide(its.add_episode(season=3, number=1999), full)


WRONG: list[tuple[Any, type[Invalid], str]] = [
    (its.add_season(number=-1), SeasonNumberUnlikely, "/number"),
    (its.add_season(number=201), SeasonNumberUnlikely, "/number"),
    (its.add_season(titles=Titles(ru=" ")), TitleUnwritable, "/titles/ru"),
    (its.add_episode(number=-1), EpisodeNumberUnlikely, "/number"),
    (its.add_episode(number=2001), EpisodeNumberUnlikely, "/number"),
    (its.add_episode(titles=Titles()), FilmUntitled, "/titles"),
    (its.add_episode(media=""), MediaUnwritable, "/media"),
    (its.add_episode(minutes=0), EpisodeLengthUnlikely, "/minutes"),
    (its.add_episode(minutes=1441), EpisodeLengthUnlikely, "/minutes"),
    (
        its.add_episode(release_date=its.PREMIERE.replace(year=1800)),
        ReleaseDateImpossible,
        "/release_date",
    ),
    (its.retitle_episode(titles=Titles()), FilmUntitled, "/titles"),
    (its.attach_episode_media(media="a\nb"), MediaUnwritable, "/media"),
]


@pytest.mark.parametrize(("command", "refusal", "pointer"), WRONG)
def test_the_impossible_is_refused_with_a_pointer(
    command: Any, refusal: type[Invalid], pointer: str
) -> None:
    with pytest.raises(refusal) as caught:
        film.decide(command, film.fold(SEASON))
    assert caught.value.pointer == pointer
