"""What a film is under and whom it credits.

Films follow a genre or a person that is gone, those in the archive too."""

from uuid import UUID

import pytest

from domain.film.decider import film
from domain.film.refusals import (
    CreditGivenAlready,
    CreditsFull,
    FilmExistsAlready,
    FilmNotFound,
    GenreRepeated,
    GenresFull,
    RoleUnknown,
)
from domain.kernel.values import GenreId, PersonId
from tests.examples import catalogue as its
from tests.scenario import DeciderScenario

given = DeciderScenario(film)
OTHER = {"genre_id": its.OTHER_GENRE}
SOMEBODY = {"person_id": its.OTHER_PERSON}


LINKS = {
    "genres": (its.GENRE, its.OTHER_GENRE),
    "credits": ((its.PERSON, "director"), (its.OTHER_PERSON, "director")),
}
LINKED = (
    its.added(),
    its.assigned(),
    its.assigned(**OTHER),
    its.credit_given(),
    its.credit_given(**SOMEBODY),
)


def test_a_film_is_added_with_its_genres_and_credits() -> None:
    given().when(its.add(**LINKS)).then(*LINKED)
    given(*LINKED).when(its.add(**LINKS)).then()
    given(*LINKED).when(its.add()).then_refused(FilmExistsAlready)


def test_a_film_is_added_with_nothing_twice() -> None:
    with pytest.raises(GenreRepeated) as caught:
        film.decide(its.add(genres=(its.GENRE, its.GENRE)), film.initial)
    assert caught.value.pointer == "/genre_ids/1"
    twice = ((its.PERSON, "actor"),) * 2
    given().when(its.add(credits=twice)).then_refused(CreditGivenAlready)
    given().when(its.add(credits=((its.PERSON, "cook"),))).then_refused(RoleUnknown)


def test_a_film_is_added_with_so_many_genres_and_credits() -> None:
    genres = tuple(GenreId(UUID(int=number)) for number in range(51))
    given().when(its.add(genres=genres)).then_refused(GenresFull)
    people = (PersonId(UUID(int=number)) for number in range(1001))
    credits = tuple((person, "actor") for person in people)
    given().when(its.add(credits=credits)).then_refused(CreditsFull)


def test_a_film_has_the_other_genre_instead() -> None:
    given(its.added(), its.assigned()).when(its.replace_genre()).then(
        its.assigned(**OTHER), its.unassigned()
    )


def test_a_film_that_had_both_genres_ends_with_one() -> None:
    both = (its.added(), its.assigned(), its.assigned(**OTHER))
    given(*both).when(its.replace_genre()).then(its.unassigned())


def test_a_genre_that_is_just_gone_is_taken_away() -> None:
    given(its.added(), its.assigned()).when(its.replace_genre(by=None)).then(
        its.unassigned()
    )


def test_a_film_without_it_has_nothing_to_follow() -> None:
    given(its.added()).when(its.replace_genre()).then()
    given(its.added()).when(its.replace_person()).then()
    given().when(its.replace_genre()).then_refused(FilmNotFound)
    given().when(its.replace_person()).then_refused(FilmNotFound)


def test_nothing_is_replaced_by_itself() -> None:
    given(its.added(), its.assigned()).when(its.replace_genre(by=its.GENRE)).then()
    given(its.added(), its.credit_given()).when(
        its.replace_person(by=its.PERSON)
    ).then()


def test_the_other_person_gets_every_role() -> None:
    actor = {"role": "actor"}
    given(its.added(), its.credit_given(), its.credit_given(**actor)).when(
        its.replace_person()
    ).then(
        its.credit_given(**SOMEBODY, **actor),
        its.credit_withdrawn(**actor),
        its.credit_given(**SOMEBODY),
        its.credit_withdrawn(),
    )


def test_a_film_that_credits_both_in_a_role_ends_with_one_credit() -> None:
    both = (its.added(), its.credit_given(), its.credit_given(**SOMEBODY))
    given(*both).when(its.replace_person()).then(its.credit_withdrawn())


def test_a_person_who_is_just_gone_is_credited_no_more() -> None:
    given(its.added(), its.credit_given()).when(its.replace_person(by=None)).then(
        its.credit_withdrawn()
    )


def test_a_film_in_the_archive_comes_out_with_the_other_one() -> None:
    archived = (its.added(), its.assigned(), its.credit_given(), its.archived())
    given(*archived).when(its.replace_genre()).then(
        its.assigned(**OTHER), its.unassigned()
    )
    given(*archived).when(its.replace_person()).then(
        its.credit_given(**SOMEBODY), its.credit_withdrawn()
    )
    followed = (*archived, its.assigned(**OTHER), its.unassigned())
    restored = film.fold([*followed, its.restored()])
    assert restored == film.fold(
        [its.added(), its.credit_given(), its.assigned(**OTHER)]
    )
