from typing import Any
from uuid import UUID

import pytest

from domain.collection.decider import collection
from domain.collection.refusals import (
    CollectionArchivedAlready,
    CollectionDescriptionUnwritable,
    CollectionExistsAlready,
    CollectionNotFound,
    CollectionTitleUnwritable,
    CollectionTooLong,
    CollectionUntitled,
    FilmCollectedTwice,
    SlugUnwritable,
)
from domain.collection.values import CollectionDescription, CollectionTitles
from domain.kernel.errors import Invalid
from domain.kernel.values import FilmId
from tests.examples import collections as its
from tests.scenario import DeciderScenario

given = DeciderScenario(collection)
VERBS = [
    (its.retitle(), its.retitled()),
    (its.describe(), its.described()),
    (its.arrange(), its.arranged()),
]
name = pytest.mark.parametrize(
    ("command", "event"), VERBS, ids=lambda each: type(each).__name__
)


def test_a_collection_is_created_once() -> None:
    given().when(its.create()).then(its.created())
    given(its.created()).when(its.create()).then()
    given(its.created()).when(its.create(slug="space")).then_refused(
        CollectionExistsAlready
    )
    given(its.created(), its.archived()).when(its.create()).then_refused(
        CollectionArchivedAlready
    )


@name
def test_each_intention_is_recorded_once(command: Any, event: Any) -> None:
    given(its.created()).when(command).then(event)
    given(its.created(), event).when(command).then()


@name
def test_only_a_collection_that_is_shown_changes(command: Any, event: Any) -> None:
    given().when(command).then_refused(CollectionNotFound)
    archived = (its.created(), its.archived())
    given(*archived).when(command).then_refused(CollectionArchivedAlready)
    assert collection.fold([event]) == collection.initial
    assert collection.fold([*archived, event]) == collection.fold(archived)


def test_another_order_is_another_arrangement() -> None:
    turned = its.FILMS[::-1]
    given(its.created(), its.arranged()).when(its.arrange(film_ids=turned)).then(
        its.arranged(film_ids=turned)
    )


def test_a_collection_comes_out_of_the_archive_as_it_went_in() -> None:
    facts = (its.created(), its.described(), its.arranged())
    given(*facts).when(its.archive()).then(its.archived())
    archived = (*facts, its.archived())
    given(*archived).when(its.archive()).then()
    given(*archived).when(its.restore()).then(its.restored())
    given(*facts).when(its.restore()).then()
    for command in (its.archive(), its.restore()):
        given().when(command).then_refused(CollectionNotFound)
    assert collection.fold([*archived, its.restored()]) == collection.fold(facts)
    assert collection.fold([its.restored()]) == collection.initial


def test_the_slug_of_an_archived_collection_is_free() -> None:
    assert collection.unique is not None
    names = collection.unique.names
    facts = [its.created(slug="space")]
    assert names(collection.fold(facts)) == {"collection space"}
    assert names(collection.fold([*facts, its.archived()])) == frozenset()
    assert names(collection.fold([its.created()])) == frozenset()


MANY = tuple(FilmId(UUID(int=number)) for number in range(501))
WRONG: list[tuple[Any, type[Invalid], str]] = [
    (its.create(titles=CollectionTitles()), CollectionUntitled, "/titles"),
    (
        its.create(titles=CollectionTitles(ru="а" * 201)),
        CollectionTitleUnwritable,
        "/titles/ru",
    ),
    (
        its.create(titles=CollectionTitles(ru="А", en=" ")),
        CollectionTitleUnwritable,
        "/titles/en",
    ),
    (its.retitle(titles=CollectionTitles()), CollectionUntitled, "/titles"),
    *((its.create(slug=slug), SlugUnwritable, "/slug") for slug in ("", "A", "a--b")),
    (its.create(slug="a" * 101), SlugUnwritable, "/slug"),
    (its.create(slug="space\n"), SlugUnwritable, "/slug"),
    (
        its.describe(description=CollectionDescription(en="a" * 5001)),
        CollectionDescriptionUnwritable,
        "/description/en",
    ),
    (its.arrange(film_ids=MANY), CollectionTooLong, "/film_ids"),
    (
        its.arrange(film_ids=(*its.FILMS, its.FILMS[0])),
        FilmCollectedTwice,
        "/film_ids/2",
    ),
]


@pytest.mark.parametrize(("command", "refusal", "pointer"), WRONG)
def test_the_impossible_is_refused_with_a_pointer(
    command: Any, refusal: type[Invalid], pointer: str
) -> None:
    before = [] if isinstance(command, type(its.create())) else [its.created()]
    with pytest.raises(refusal) as caught:
        collection.decide(command, collection.fold(before))
    assert caught.value.pointer == pointer
    assert str(caught.value)


def test_five_hundred_films_are_a_collection() -> None:
    films = MANY[:500]
    given(its.created()).when(its.arrange(film_ids=films)).then(
        its.arranged(film_ids=films)
    )
