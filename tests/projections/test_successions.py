from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

import pytest

from projections.successions import Succession, heir, successions
from tests.examples import catalogue as its
from tests.examples import metadata
from tests.scenario import ProjectionScenario

given = ProjectionScenario(successions)
genre = Succession(
    id=its.GENRE,
    kind="genre",
    into=its.OTHER_GENRE,
    asked=1,
    message_id=metadata().message_id,
    correlation_id=metadata().correlation_id,
)
person = replace(genre, id=its.PERSON, kind="person", into=its.OTHER_PERSON)


def test_what_is_merged_or_archived_is_gone() -> None:
    given(its.genre_merged()).then(genre)
    given(its.person_merged()).then(person)
    given(its.genre_archived()).then(replace(genre, into=None))
    given(its.person_archived()).then(replace(person, into=None))


def test_what_is_restored_is_not() -> None:
    given(its.genre_archived(), its.genre_restored()).then()
    given(its.person_archived(), its.person_restored()).then()


def test_a_film_that_gets_it_all_the_same_asks_again() -> None:
    given(its.genre_merged(), its.assigned()).then(replace(genre, asked=2))
    given(its.person_merged(), its.credit_given()).then(replace(person, asked=2))


def test_what_is_there_asks_for_nothing() -> None:
    given(its.assigned(), its.credit_given()).then()


def chain(*ids: int) -> Callable[[UUID], Succession | None]:
    """Each is merged into the next."""
    rows = {
        UUID(int=one): replace(genre, id=UUID(int=one), into=UUID(int=other))
        for one, other in pairwise(ids)
    }
    return rows.get


@pytest.mark.parametrize(
    ("ids", "last"), [((1, 2), 2), ((1, 2, 3, 4), 4), ((1, 2, 1), None)]
)
def test_the_heir_is_at_the_end_of_the_chain(
    ids: tuple[int, ...], last: int | None
) -> None:
    find = chain(*ids)
    first = find(UUID(int=1))
    assert first is not None
    assert heir(first, find) == (last and UUID(int=last))


def test_what_was_archived_in_the_end_has_no_heir() -> None:
    archived = replace(genre, id=its.OTHER_GENRE, into=None)
    assert heir(genre, lambda _: archived) is None


def test_a_circle_further_on_has_no_heir() -> None:
    find = chain(1, 2, 3, 2)
    first = find(UUID(int=1))
    assert first is not None
    assert heir(first, find) is None
