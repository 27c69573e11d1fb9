from datetime import timedelta
from typing import Any

from projections.films import Episode, Film, Season, films
from projections.genres import Genre, genres
from projections.people import Person, people
from tests.examples import NOON, example
from tests.examples import catalogue as its
from tests.scenario import ProjectionScenario

given = ProjectionScenario(films)
film = example(
    Film,
    id=its.FILM,
    title_ru="Солярис",
    title_en="Solaris",
    title_original=None,
    sort_title="солярис",
    description_ru=None,
    description_en=None,
    type="movie",
    access="subscription",
    release_date=None,
    rating=None,
    age_rating=None,
    countries=(),
    certificate=None,
    media=None,
    added_at=NOON,
    changed_at=NOON,
    version=2,
)


def test_a_film_is_shown_as_it_is_today() -> None:
    changes: list[tuple[Any, dict[str, Any]]] = [
        (
            its.described(),
            {"description_ru": its.TEXT.ru, "description_en": its.TEXT.en},
        ),
        (its.type_corrected(), {"type": "series"}),
        (its.access_set(), {"access": "free"}),
        (its.access_set(plans=(its.PLAN,)), {"access": "free", "plans": (its.PLAN,)}),
        (its.aliased(), {"aliases": ("Solyaris",)}),
        (its.availability_set(), {"windows": (its.MONTH,)}),
        (its.release_dated(), {"release_date": its.PREMIERE}),
        (its.rated(), {"rating": 81}),
        (its.age_rated(), {"age_rating": 12}),
        (its.countries_named(), {"countries": ("SU",)}),
        (its.certified(), {"certificate": "111-1"}),
        (its.media_attached(), {"media": "solaris.m3u8"}),
        (its.assigned(), {"genre_ids": (its.GENRE,)}),
        (its.credit_given(), {"person_ids": (its.PERSON,), "roles": ("director",)}),
        (its.archived(), {"archived_at": NOON}),
    ]
    for event, fields in changes:
        given(its.added(), event).then(film(**fields))


def test_a_film_is_sorted_by_its_title_of_today() -> None:
    stalker = {"title_ru": "Сталкер", "title_en": "Stalker", "sort_title": "сталкер"}
    later = NOON + timedelta(days=1)
    given(its.added(), its.retitled(retitled_at=later)).then(
        film(**stalker, changed_at=later)
    )


def test_a_series_has_its_seasons_with_their_episodes() -> None:
    pilot = Episode(number=1, titles=its.PILOT)
    given(its.added(), its.season_added(), its.episode_added()).then(
        film(seasons=(Season(number=1, episodes=(pilot,)),), version=3)
    )
    facts = (its.season_added(), its.episode_added(), its.episode_withdrawn())
    given(its.added(), *facts).then(film(seasons=(Season(number=1),), version=4))
    given(its.added(), its.season_added(), its.season_withdrawn()).then(film(version=3))


def test_what_is_restored_is_there_again() -> None:
    given(its.added(), its.archived(), its.restored()).then(film(version=3))


def test_only_the_withdrawn_role_is_gone() -> None:
    given(
        its.added(),
        its.credit_given(),
        its.credit_given(role="actor"),
        its.credit_withdrawn(),
        its.assigned(),
        its.unassigned(),
    ).then(film(person_ids=(its.PERSON,), roles=("actor",), version=6))


def test_facts_about_a_film_that_was_never_added_change_nothing() -> None:
    given(its.rated(), its.archived()).then()


def test_a_genre_is_shown_under_its_name_of_today() -> None:
    drama = example(
        Genre,
        id=its.GENRE,
        name="Fantasy",
        sort_name="fantasy",
        description="Sad",
        added_at=NOON,
        version=3,
    )
    facts = (its.genre_added(), its.genre_renamed(), its.genre_described())
    scenario = ProjectionScenario(genres)
    scenario(*facts).then(drama())
    scenario(*facts, its.genre_archived()).then(drama(archived_at=NOON, version=4))


def test_a_person_is_shown_under_their_name_of_today() -> None:
    tarkovsky = example(
        Person,
        id=its.PERSON,
        name="Андрей Тарковский",
        sort_name="андрей тарковский",
        birth_date=its.birth_dated().birth_date,
        added_at=NOON,
        version=3,
    )
    facts = (its.person_added(), its.person_renamed(), its.birth_dated())
    scenario = ProjectionScenario(people)
    scenario(*facts).then(tarkovsky())
    scenario(*facts, its.person_archived()).then(tarkovsky(archived_at=NOON, version=4))
