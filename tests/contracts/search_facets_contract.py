"""What every ``SearchView`` counts beside what is found: the same as by hand."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.search import FACETS, Count, Document, Facet, Filters
from tests.contracts.search_contract import VIEWER, Filled, named

SEED, FILMS = 11, 80
GENRES = {UUID(int=number): f"Genre {number}" for number in range(100, 105)}
PEOPLE = {UUID(int=number): f"Person {number}" for number in range(200, 212)}
COUNTRIES, TYPES = ("FR", "IT", "RU"), ("movie", "series")
ACCESS, AGES = ("free", "registered", "subscription"), (0, 6, 12, 16, 18)
YEARS = range(1990, 2000)
#: What is left open by ``Filters`` that do not filter by this facet.
OPEN: Mapping[Facet, Mapping[str, Any]] = {
    "genre": {"genre": ()},
    "person": {"person": ()},
    "country": {"country": ()},
    "type": {"type": ()},
    "access": {"access": ()},
    "age_rating": {"age_rating": (), "age_rating_max": None},
    "year": {"year_from": None, "year_to": None},
}


def corpus() -> list[Document]:
    random = Random(SEED)  # noqa: S311 (the same each time)
    films = [cast_at_random(random, number) for number in range(FILMS)]
    genres = [Document(id=id_, kind="genre", name=name) for id_, name in GENRES.items()]
    people = [
        Document(id=id_, kind="person", name=name) for id_, name in PEOPLE.items()
    ]
    return [*films, *genres, *people]


def cast_at_random(random: Random, number: int) -> Document:
    genres = random.sample(sorted(GENRES), random.randint(0, 3))
    people = random.choices(sorted(PEOPLE), k=random.randint(0, 4))
    return named(
        random.choice(("Star", "Star Wars", "Moon", "Sart")) + f" {number}",
        genre_ids=tuple(genres),
        genres=tuple(GENRES[id_] for id_ in genres),
        person_ids=tuple(people),
        people=tuple(PEOPLE[id_] for id_ in people),
        roles=("actor",) * len(people),
        countries=tuple(random.sample(COUNTRIES, random.randint(0, 2))),
        type=random.choice(TYPES),
        access=random.choice(ACCESS),
        age_rating=random.choice((None, *AGES)),
        year=random.choice((None, *YEARS)),
    )


def some(values: Any) -> Any:
    return st.lists(st.sampled_from(sorted(values)), unique=True, max_size=2).map(tuple)


filters = st.builds(
    Filters,
    genre=some(GENRES),
    person=some(PEOPLE),
    country=some(COUNTRIES),
    type=some(TYPES),
    access=some(ACCESS),
    age_rating=some(AGES),
    age_rating_max=st.sampled_from((None, 12)),
    year_from=st.sampled_from((None, 1992)),
    year_to=st.sampled_from((None, 1997)),
)


class FacetsContract(ABC):
    @pytest.fixture
    @abstractmethod
    def filled(self) -> Iterator[Filled] | Filled: ...

    def test_they_are_as_counted_by_hand(self, view_of_all: Any) -> None:
        view, films = view_of_all

        @settings(max_examples=40, deadline=None)
        @given(filters=filters, words=st.sampled_from(("", "star", "moon", "nothing")))
        def they_are(filters: Filters, words: str) -> None:
            check_facets(view, films, filters, words)

        they_are()

    @pytest.fixture
    def view_of_all(self, filled: Filled) -> Any:
        documents = corpus()
        films = [document for document in documents if document.kind == "film"]
        return filled(documents), films

    def test_only_what_is_asked_for_is_counted(self, filled: Filled) -> None:
        view = filled([named("Star", type="movie", access="free")])
        assert view.search("star", Filters(), VIEWER, 5).facets == {}
        found = view.search("star", Filters(), VIEWER, 5, None, ("type", "genre"))
        assert found.facets == {"type": [Count("movie", 1)], "genre": []}


def check_facets(
    view: Any, films: Sequence[Document], filters: Filters, words: str
) -> None:
    open_to_all = view.search(words, Filters(), VIEWER, FILMS).films
    meant = {film.id for film in open_to_all}
    found = view.search(words, filters, VIEWER, FILMS, None, FACETS)
    by_hand = [film for film in films if film.id in meant and passes(film, filters)]
    assert {film.id for film in found.films} == {film.id for film in by_hand}
    assert found.total == len(by_hand)
    for facet in FACETS:
        others = replace(filters, **OPEN[facet])
        kept = [film for film in films if film.id in meant and passes(film, others)]
        assert found.facets[facet] == counted(kept, facet), facet


def passes(film: Document, filters: Filters) -> bool:
    years = (filters.year_from or 0, filters.year_to or 9999)
    is_timed = filters.year_from is not None or filters.year_to is not None
    return (
        has_any(film.genre_ids, filters.genre)
        and has_any(film.person_ids, filters.person)
        and has_any(film.countries, filters.country)
        and has_any((film.type,), filters.type)
        and has_any((film.access,), filters.access)
        and has_any((film.age_rating,), filters.age_rating)
        and (
            filters.age_rating_max is None
            or (
                film.age_rating is not None
                and film.age_rating <= filters.age_rating_max
            )
        )
        and (
            not is_timed
            or (film.year is not None and years[0] <= film.year <= years[1])
        )
    )


def has_any(values: tuple[Any, ...], wanted: tuple[Any, ...]) -> bool:
    return not wanted or bool(set(values) & set(wanted))


def counted(films: list[Document], facet: Facet) -> list[Count]:
    columns = {"genre": "genre_ids", "person": "person_ids", "country": "countries"}
    counter: Counter[str] = Counter()
    for film in films:
        value = getattr(film, columns.get(facet, facet))
        values = set(value) if isinstance(value, tuple) else {value} - {None}
        counter.update(map(str, values))
    names = {str(id_): name for id_, name in {**GENRES, **PEOPLE}.items()}
    return [
        Count(value, films, names.get(value))
        for value, films in sorted(counter.items(), key=lambda one: (-one[1], one[0]))
    ]
