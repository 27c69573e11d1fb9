"""The catalogue's view, held against looking at everything."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.settings import Settings
from projections.catalogue import Sort
from projections.search import Filters
from projections.visibility import Viewer
from tests.contracts.catalogue_model import (
    COUNTRIES,
    GENRES,
    PEOPLE,
    ROLES,
    some_films,
)
from tests.contracts.catalogue_shop import (
    EVERYTHING,
    VIEWER,
    Shop,
    collection,
    genre,
    opened,
    person,
    walked,
)
from tests.examples import NOON

SORTS = ("rating", "release_date", "title", "popularity")
#: No row is shared between examples, and none is changed by them.
unshared = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def some_of(values: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


years = st.none() | st.integers(1967, 1974)
filters = st.builds(
    Filters,
    genre=some_of(GENRES),
    person=some_of(PEOPLE),
    year_from=years,
    year_to=years,
    age_rating=some_of((0, 12, 18)),
    type=some_of(("movie", "series")),
    access=some_of(("free", "registered", "subscription")),
    age_rating_max=st.none() | st.sampled_from((0, 11, 12, 99)),
    country=some_of(COUNTRIES),
)
sorts = st.builds(Sort, st.sampled_from(SORTS), st.booleans())
viewers = st.builds(
    Viewer,
    now=st.sampled_from((NOON - timedelta(hours=1), NOON, NOON + timedelta(hours=1))),
    country=st.sampled_from((*COUNTRIES, "KZ")),
    age_max=st.none() | st.sampled_from((0, 12, 18)),
)


@pytest.fixture
def shop(postgres: Settings) -> Iterator[Shop]:
    with opened(postgres) as shop:
        yield shop


@unshared
@given(
    filters=filters,
    viewer=viewers,
    sort=sorts,
    role=st.none() | st.sampled_from(ROLES),
    limit=st.integers(1, 100),
)
def test_every_filter_in_every_order_page_by_page(
    shop: Shop,
    filters: Filters,
    viewer: Viewer,
    sort: Sort,
    role: str | None,
    limit: int,
) -> None:
    expected = shop.model.found(filters, viewer, sort, role)
    assert walked(shop, sort, limit, filters, viewer, role) == expected
    total = shop.view.films(filters, viewer, sort, 1, role=role).total
    assert total == len(expected)


@unshared
@given(viewer=viewers)
def test_only_films_that_the_viewer_may_see_are_counted(
    shop: Shop, viewer: Viewer
) -> None:
    def films_of(filters: Filters, role: str | None = None) -> int:
        return len(shop.model.found(filters, viewer, Sort(), role))

    counts = {each.genre.id: each.films for each in shop.view.genres(viewer)}
    assert counts == {id_: films_of(Filters(genre=(id_,))) for id_ in GENRES}
    one = shop.view.genre(GENRES[0], viewer)
    assert one is not None
    assert one.films == counts[GENRES[0]]
    of_person = Filters(person=(PEOPLE[0],))
    by_role = {role: films_of(of_person, role) for role in ROLES}
    counted = shop.view.films_by_role(PEOPLE[0], viewer)
    assert counted == {role: films for role, films in by_role.items() if films}


@unshared
@given(viewer=viewers)
def test_a_page_is_there_for_whom_the_list_has_it(shop: Shop, viewer: Viewer) -> None:
    listed = {*shop.model.found(EVERYTHING, viewer, Sort())}
    for id_ in shop.model.films:
        assert (shop.view.film(id_, viewer) is not None) is (id_ in listed)


@pytest.mark.parametrize("by", SORTS)
@pytest.mark.parametrize("descending", [True, False])
def test_whatever_is_written_meanwhile_nothing_comes_twice_and_nothing_is_missed(
    shop: Shop, by: Any, descending: bool
) -> None:
    """What is taken away or moved meanwhile may be where it was, or where it is."""
    sort = Sort(by, descending)
    before = shop.model.found(EVERYTHING, VIEWER, sort)
    touched: set[UUID] = set()
    new = iter(some_films(60, seed=2).listings.values())
    waiting = iter(before)

    def write() -> None:
        shop.put("listings", next(new), next(new))
        retitled, archived = next(waiting), next(waiting)
        touched.add(archived)
        shop.list_anew(retitled, title_en="Other")
        shop.list_anew(archived, archived_at=NOON)

    found = walked(shop, sort, 7, between=write)
    assert len({*found}) == len(found)
    untouched = [id_ for id_ in before if id_ not in touched]
    assert [id_ for id_ in found if id_ in {*untouched}] == untouched


def test_a_collection_keeps_its_order_without_what_is_not_visible(shop: Shop) -> None:
    ids = [*shop.model.films, UUID(int=5)]
    mixed = collection(*ids)
    shop.put("collections", mixed)
    visible = {*shop.model.found(EVERYTHING, VIEWER, Sort())}
    found = shop.view.films_in(mixed, VIEWER)
    assert [row.id for row in found] == [id_ for id_ in ids if id_ in visible]
    [shelf] = shop.view.collections(VIEWER, 20).rows
    assert (shelf.collection, shelf.films) == (mixed, len(visible))
    assert shop.view.collection(mixed.id) == mixed
    shop.put("collections", replace(mixed, archived_at=NOON))
    assert shop.view.collection(mixed.id) is None
    assert shop.view.collections(VIEWER, 20).rows == []


def test_what_is_archived_has_no_name_and_no_page(shop: Shop) -> None:
    shop.put("genres", genre(GENRES[0], archived_at=NOON))
    shop.put("people", person(PEOPLE[0], archived_at=NOON))
    assert shop.view.genre(GENRES[0], VIEWER) is None
    assert shop.view.person(PEOPLE[0]) is None
    assert {*shop.view.genre_names(GENRES)} == {*GENRES[1:]}
    assert {*shop.view.person_names(PEOPLE)} == {*PEOPLE[1:]}
    names = [each.name for each in shop.view.people("", 100).rows]
    assert names == [f"Somebody {id_.int}" for id_ in PEOPLE[1:]]


@pytest.mark.parametrize(
    ("beginning", "is_found"),
    [
        ("", True),
        ("жан", True),
        ("КЛОД ж", True),
        ("о'н", True),
        ("лод", False),
        ("жан ван", False),
        ("жан:*", False),
        ("'", False),
        ("\\", False),
        ("& | ! ( )", False),
        ("%", False),
        ("\0жан", True),
    ],
)
def test_people_are_found_by_the_beginning_of_each_word(
    shop: Shop, beginning: str, is_found: bool
) -> None:
    name = "жан-клод о'нил клод"
    shop.put("people", person(UUID(int=99), sort_name=name))
    found = {each.id for each in shop.view.people(beginning, 100).rows}
    assert (UUID(int=99) in found) is is_found
