from typing import Any

from domain.popularity.events import PopularityMeasured
from projections.listings import Listing, listings
from tests.examples import NOON, example
from tests.examples import catalogue as its
from tests.scenario import ProjectionScenario

given = ProjectionScenario(listings)
listing = example(
    Listing,
    id=its.FILM,
    title_ru="Солярис",
    title_en="Solaris",
    title_original=None,
    sort_title="солярис",
    type="movie",
    access="subscription",
    release_date=None,
    rating=None,
    popularity=0,
    age_rating=None,
    countries=(),
)


def measured(score: int = 640) -> PopularityMeasured:
    return PopularityMeasured(film_id=its.FILM, score=score, measured_at=NOON)


def test_what_is_listed_is_as_it_is_today() -> None:
    stalker = {"title_ru": "Сталкер", "title_en": "Stalker", "sort_title": "сталкер"}
    changes: list[tuple[Any, dict[str, Any]]] = [
        (its.retitled(), stalker),
        (its.type_corrected(), {"type": "series"}),
        (its.access_set(), {"access": "free"}),
        (its.release_dated(), {"release_date": its.PREMIERE}),
        (its.age_rated(), {"age_rating": 12}),
        (its.countries_named(), {"countries": ("SU",)}),
        (its.availability_set(), {"windows": (its.MONTH,)}),
        (its.assigned(), {"genre_ids": (its.GENRE,)}),
        (its.archived(), {"archived_at": its.archived().archived_at}),
    ]
    for event, fields in changes:
        given(its.added(), event).then(listing(**fields))
    given(its.added(), its.assigned(), its.unassigned()).then(listing())
    given(its.added(), its.archived(), its.restored()).then(listing())


def test_what_is_wanted_goes_before_what_is_praised() -> None:
    rated = {"rating": 81}
    given(its.added(), its.rated()).then(listing(**rated, popularity=81))
    wanted = listing(**rated, score=640, popularity=640)
    for facts in (
        (its.rated(), measured()),
        (measured(), its.rated()),
    ):
        given(its.added(), *facts).then(wanted)
    nobody = measured(score=0)
    given(its.added(), its.rated(), nobody).then(listing(**rated, score=0))


def test_facts_about_a_film_that_was_never_added_change_nothing() -> None:
    given(its.rated(), measured(), its.archived()).then()
