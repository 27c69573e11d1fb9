from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.film.decider import film
from domain.film.refusals import (
    AccessUnknown,
    AgeRatingUnknown,
    AliasesUnlikely,
    CertificateUnwritable,
    CountryUnknown,
    CreditGivenAlready,
    CreditsFull,
    DescriptionUnwritable,
    FilmArchivedAlready,
    FilmExistsAlready,
    FilmNotFound,
    FilmTypeUnknown,
    FilmUntitled,
    GenresFull,
    MediaUnwritable,
    PlansUnlikely,
    PlansWithoutSubscription,
    RatingOutOfRange,
    ReleaseDateImpossible,
    RoleUnknown,
    TitleUnwritable,
    WindowCountryUnknown,
    WindowEmpty,
    WindowsUnlikely,
    WindowUnplaced,
)
from domain.film.states import Archived
from domain.film.values import Description, Titles, Window
from domain.kernel.errors import Invalid
from domain.kernel.values import GenreId, PersonId, PlanId
from tests.examples import NOON
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
    (its.alias(), its.aliased()),
    (its.set_availability(), its.availability_set()),
    (its.assign(), its.assigned()),
]
CREDIT = (its.give_credit(), its.credit_given())


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


@pytest.mark.parametrize(("command", "event"), [*VERBS, CREDIT], ids=name)
def test_only_a_listed_film_changes(command: Any, event: Any) -> None:
    given().when(command).then_refused(FilmNotFound)
    archived = (its.added(), its.archived())
    given(*archived).when(command).then_refused(FilmArchivedAlready)
    assert film.fold([event]) == film.initial
    assert isinstance(film.fold([*archived, event]), Archived)
    assert film.fold([its.archived(), its.restored()]) == film.initial


def test_a_genre_is_unassigned_if_it_was_assigned() -> None:
    given(its.added(), its.assigned()).when(its.unassign()).then(its.unassigned())
    given(its.added()).when(its.unassign()).then()


def test_one_person_may_have_several_roles() -> None:
    director = (its.added(), its.credit_given())
    actor = {"role": "actor"}
    given(*director).when(its.give_credit(**actor)).then(its.credit_given(**actor))
    both = (*director, its.credit_given(**actor))
    given(*both).when(its.withdraw_credit()).then(its.credit_withdrawn())
    given(*both).when(its.give_credit(**actor)).then_refused(CreditGivenAlready)
    withdrawn = (*both, its.credit_withdrawn())
    given(*withdrawn).when(its.give_credit()).then(its.credit_given())
    given(*withdrawn).when(its.withdraw_credit()).then()


def test_a_film_may_have_several_directors() -> None:
    other = {"person_id": its.OTHER_PERSON}
    given(its.added(), its.credit_given()).when(its.give_credit(**other)).then(
        its.credit_given(**other)
    )


def test_genres_and_credits_have_an_end() -> None:
    genres = [its.assigned(genre_id=GenreId(UUID(int=n))) for n in range(50)]
    given(its.added(), *genres).when(
        its.assign(genre_id=GenreId(UUID(int=50)))
    ).then_refused(GenresFull)
    people = [its.credit_given(person_id=PersonId(UUID(int=n))) for n in range(1000)]
    given(its.added(), *people).when(
        its.give_credit(person_id=PersonId(UUID(int=1000)))
    ).then_refused(CreditsFull)


def test_a_film_is_archived_once() -> None:
    given(its.added()).when(its.archive()).then(its.archived())
    given(its.added(), its.archived()).when(its.archive()).then()
    given().when(its.archive()).then_refused(FilmNotFound)


def test_a_film_comes_out_of_the_archive_as_it_went_in() -> None:
    listed = (its.added(), its.rated(), its.assigned())
    given(*listed, its.archived()).when(its.restore()).then(its.restored())
    given(*listed).when(its.restore()).then()
    given().when(its.restore()).then_refused(FilmNotFound)
    restored = (*listed, its.archived(), its.restored())
    assert film.fold(restored) == film.fold(listed)


def test_access_by_subscription_can_be_limited_to_plans() -> None:
    plans = {"access": "subscription", "plans": (its.PLAN,)}
    given(its.added()).when(its.set_access(**plans)).then(its.access_set(**plans))
    given(its.added(), its.access_set(**plans)).when(its.set_access()).then(
        its.access_set()
    )


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


WRONG_CHANGES: list[tuple[Any, type[Invalid], str]] = [
    (its.alias(aliases=("a", "")), TitleUnwritable, "/aliases/1"),
    (its.alias(aliases=("Ёлки", "елки")), AliasesUnlikely, "/aliases"),
    (its.alias(aliases=tuple(map(str, range(21)))), AliasesUnlikely, "/aliases"),
    (its.set_access(plans=(its.PLAN,)), PlansWithoutSubscription, "/plans"),
    (
        its.set_access(access="subscription", plans=(its.PLAN, its.PLAN)),
        PlansUnlikely,
        "/plans",
    ),
    (
        its.set_access(
            access="subscription",
            plans=tuple(PlanId(UUID(int=number)) for number in range(21)),
        ),
        PlansUnlikely,
        "/plans",
    ),
    (
        its.set_availability(windows=(its.MONTH, Window(opens=NOON, closes=NOON))),
        WindowEmpty,
        "/windows/1/closes",
    ),
    (
        its.set_availability(windows=(Window(opens=NOON.replace(tzinfo=None)),)),
        WindowUnplaced,
        "/windows/0/opens",
    ),
    (
        its.set_availability(windows=(Window(countries=("Russia",)),)),
        WindowCountryUnknown,
        "/windows/0/countries",
    ),
    (
        its.set_availability(windows=(its.MONTH, its.MONTH)),
        WindowsUnlikely,
        "/windows",
    ),
    (
        its.set_availability(
            windows=tuple(Window(opens=NOON + timedelta(days=day)) for day in range(51))
        ),
        WindowsUnlikely,
        "/windows",
    ),
]


@pytest.mark.parametrize(("command", "refusal", "pointer"), WRONG_CHANGES)
def test_a_change_for_the_impossible_is_refused_with_a_pointer(
    command: Any, refusal: type[Invalid], pointer: str
) -> None:
    with pytest.raises(refusal) as caught:
        film.decide(command, film.fold([its.added()]))
    assert caught.value.pointer == pointer


def test_nobody_is_credited_for_anything_else() -> None:
    given(its.added()).when(its.give_credit(role="cook")).then_refused(RoleUnknown)


@pytest.mark.parametrize("rating", [None, 0, 100])
def test_the_best_and_the_worst_rating_are_ratings(rating: int | None) -> None:
    given().when(its.add(rating=rating)).then(its.added(rating=rating))
