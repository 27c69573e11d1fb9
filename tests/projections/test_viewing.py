from dataclasses import replace

from domain.film.series import Episode, Season
from domain.film.values import Titles
from projections.viewing import Kept, to_continue
from tests.examples import NOON
from tests.examples.catalogue import FILM

EPISODES = tuple(Episode(number=number, titles=Titles(en="x")) for number in (1, 2))
SEEN = Kept(
    id=FILM,
    film_id=FILM,
    title_ru=None,
    title_en="Fargo",
    title_original=None,
    type="series",
    access="free",
    release_date=None,
    age_rating=None,
    at=NOON,
    season=1,
    episode=2,
    position_seconds=100,
    duration_seconds=100,
    seasons=(Season(number=1, episodes=EPISODES), Season(number=2)),
)


def place(kept: Kept | None) -> tuple[int, int, int] | None:
    return None if kept is None else (kept.season, kept.episode, kept.position_seconds)


def test_an_episode_that_is_not_finished_is_gone_on_with() -> None:
    assert place(to_continue(replace(SEEN, position_seconds=94))) == (1, 2, 94)


def test_after_an_episode_comes_the_next() -> None:
    assert place(to_continue(replace(SEEN, episode=1))) == (1, 2, 0)
    third = Season(number=3, episodes=EPISODES)
    longer = replace(SEEN, seasons=(*SEEN.seasons, third))
    assert place(to_continue(longer)) == (3, 1, 0)


def test_after_the_last_episode_there_is_nothing_to_go_on_with() -> None:
    assert to_continue(SEEN) is None


def test_what_was_opened_and_not_begun_is_not_gone_on_with() -> None:
    assert to_continue(replace(SEEN, position_seconds=0)) is None


def test_a_movie_that_is_finished_is_done_with() -> None:
    assert to_continue(replace(SEEN, season=0, episode=0, seasons=())) is None
