from datetime import date
from typing import Any

import pytest

from domain.film.decider import film
from domain.film.refusals import (
    AccessUnknown,
    AgeRatingUnknown,
    CertificateUnwritable,
    CountryUnknown,
    DescriptionUnwritable,
    FilmArchivedAlready,
    FilmExistsAlready,
    FilmNotFound,
    FilmTypeUnknown,
    FilmUntitled,
    MediaUnwritable,
    RatingOutOfRange,
    ReleaseDateImpossible,
    RoleUnknown,
    TitleUnwritable,
)
from domain.film.values import Description, Titles
from domain.kernel.errors import Invalid
from tests.examples import catalogue as its
from tests.scenario import DeciderScenario

given = DeciderScenario(film)
VERBS = [
    (its.retitle(), its.retitled()),
    (its.describe(), its.described()),
    (its.correct_type(), its.type_corrected()),
    (its.set_access(), its.access_set()),
    (its.date_release(), its.release_dated()),
    (its.rate(), its.rated()),
    (its.age_rate(), its.age_rated()),
    (its.name_countries(), its.countries_named()),
    (its.certify(), its.certified()),
    (its.attach_media(), its.media_attached()),
    (its.assign(), its.assigned()),
    (its.give_credit(), its.credit_given()),
]


def name(case: Any) -> str:
    return type(case).__name__


def test_a_film_is_added_once() -> None:
    given().when(its.add()).then(its.added())
    given(its.added()).when(its.add()).then()


def test_another_film_cannot_be_added_in_its_place() -> None:
    given(its.added(), its.retitled()).when(its.add()).then_refused(FilmExistsAlready)
    given(its.added(), its.archived()).when(its.add()).then_refused(FilmArchivedAlready)


@pytest.mark.parametrize(("command", "event"), VERBS, ids=name)
def test_each_intention_is_recorded_once(command: Any, event: Any) -> None:
    given(its.added()).when(command).then(event)
    given(its.added(), event).when(command).then()


@pytest.mark.parametrize(("command", "event"), VERBS, ids=name)
def test_only_a_listed_film_changes(command: Any, event: Any) -> None:
    given().when(command).then_refused(FilmNotFound)
    archived = (its.added(), its.archived())
    given(*archived).when(command).then_refused(FilmArchivedAlready)
    assert film.fold([event]) == film.initial
    assert film.fold([*archived, event]) == film.fold(archived)


def test_a_genre_is_unassigned_if_it_was_assigned() -> None:
    given(its.added(), its.assigned()).when(its.unassign()).then(its.unassigned())
    given(its.added()).when(its.unassign()).then()


def test_one_person_may_have_several_roles() -> None:
    director = (its.added(), its.credit_given())
    actor = {"role": "actor"}
    given(*director).when(its.give_credit(**actor)).then(its.credit_given(**actor))
    both = (*director, its.credit_given(**actor))
    given(*both).when(its.withdraw_credit()).then(its.credit_withdrawn())
    given(*both, its.credit_withdrawn()).when(its.give_credit(**actor)).then()


def test_a_film_is_archived_once() -> None:
    given(its.added()).when(its.archive()).then(its.archived())
    given(its.added(), its.archived()).when(its.archive()).then()
    given().when(its.archive()).then_refused(FilmNotFound)


WRONG: list[tuple[dict[str, Any], type[Invalid], str]] = [
    ({"titles": Titles()}, FilmUntitled, "/titles"),
    ({"titles": Titles(ru="")}, TitleUnwritable, "/titles/ru"),
    ({"titles": Titles(ru="А", en=" ")}, TitleUnwritable, "/titles/en"),
    ({"titles": Titles(original="a\0b")}, TitleUnwritable, "/titles/original"),
    ({"titles": Titles(en="a\ud800")}, TitleUnwritable, "/titles/en"),
    ({"titles": Titles(en="a" * 301)}, TitleUnwritable, "/titles/en"),
    (
        {"description": Description(en="a" * 10_001)},
        DescriptionUnwritable,
        "/description/en",
    ),
    ({"description": Description(ru="\0")}, DescriptionUnwritable, "/description/ru"),
    ({"type": "clip"}, FilmTypeUnknown, "/type"),
    ({"access": "secret"}, AccessUnknown, "/access"),
    ({"rating": -1}, RatingOutOfRange, "/rating"),
    ({"rating": 101}, RatingOutOfRange, "/rating"),
    ({"age_rating": 7}, AgeRatingUnknown, "/age_rating"),
    ({"release_date": date(1887, 12, 31)}, ReleaseDateImpossible, "/release_date"),
    ({"release_date": date(2200, 1, 1)}, ReleaseDateImpossible, "/release_date"),
    ({"countries": ("ru",)}, CountryUnknown, "/countries"),
    ({"countries": ("RU", "RU")}, CountryUnknown, "/countries"),
    ({"certificate": ""}, CertificateUnwritable, "/certificate"),
    ({"media": "a\nb"}, MediaUnwritable, "/media"),
]


@pytest.mark.parametrize(("fields", "refusal", "pointer"), WRONG)
def test_what_can_never_be_right_is_refused_with_a_pointer(
    fields: dict[str, Any], refusal: type[Invalid], pointer: str
) -> None:
    with pytest.raises(refusal) as caught:
        film.decide(its.add(**fields), film.initial)
    assert caught.value.pointer == pointer
    assert str(caught.value)


def test_nobody_is_credited_for_anything_else() -> None:
    given(its.added()).when(its.give_credit(role="cook")).then_refused(RoleUnknown)


@pytest.mark.parametrize("rating", [None, 0, 100])
def test_the_best_and_the_worst_rating_are_ratings(rating: int | None) -> None:
    given().when(its.add(rating=rating)).then(its.added(rating=rating))
