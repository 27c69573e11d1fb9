"""Films follow a genre or a person that is gone, those in the archive too."""

from domain.film.decider import film
from domain.film.refusals import FilmNotFound
from tests.examples import catalogue as its
from tests.scenario import DeciderScenario

given = DeciderScenario(film)
OTHER = {"genre_id": its.OTHER_GENRE}
SOMEBODY = {"person_id": its.OTHER_PERSON}


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
