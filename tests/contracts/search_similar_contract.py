"""Similar films: what every ``SearchView`` must answer."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from projections.search import Document
from tests.contracts.search_contract import VIEWER, Filled, id_of, named, titles

DRAMA, HORROR, COMEDY = (UUID(int=number) for number in (31, 32, 33))
SCOTT, WEAVER, HURT = (UUID(int=number) for number in (41, 42, 43))


def made(title: str, **fields: Any) -> Document:
    people = fields.pop("by", {})
    more = {
        "genres": tuple("" for _ in fields.get("genre_ids", ())),
        "person_ids": tuple(people),
        "people": tuple("" for _ in people),
        "roles": tuple(people.values()),
    }
    return named(title, **more | fields)


ALIEN = made(
    "Alien",
    genre_ids=(HORROR, DRAMA),
    by={SCOTT: "director", WEAVER: "actor", HURT: "actor"},
    year=1979,
)


class SimilarContract(ABC):
    @pytest.fixture
    @abstractmethod
    def filled(self) -> Iterator[Filled] | Filled: ...

    def test_what_has_more_in_common_comes_first(self, filled: Filled) -> None:
        films = [
            made(
                "Alien Resurrection",
                genre_ids=(HORROR, DRAMA),
                by={WEAVER: "actor"},
                year=1997,
            ),
            made("Blade Runner", genre_ids=(DRAMA,), by={SCOTT: "director"}, year=1982),
            made("Working Girl", by={WEAVER: "actor"}, year=1988),
            made("Solaris", genre_ids=(DRAMA,), year=1972),
            made("Scary Movie", genre_ids=(HORROR,), year=2000, type="series"),
            made("Airplane", genre_ids=(COMEDY,), year=1980),
        ]
        view = filled([ALIEN, *films])
        found = view.similar(ALIEN.id, VIEWER, 10)
        assert found is not None
        assert titles(found) == titles(films[:-1])
        assert view.similar(ALIEN.id, VIEWER, 2) == found[:2]

    def test_among_equals_the_popular_and_then_the_smaller_id(
        self, filled: Filled
    ) -> None:
        films = [
            made(f"Film {number}", genre_ids=(DRAMA,), popularity=number // 3)
            for number in range(12)
        ]
        found = filled([ALIEN, *films]).similar(ALIEN.id, VIEWER, 12)
        assert found is not None
        order = sorted(films, key=lambda film: (-film.popularity, film.id))
        assert list(found) == order

    def test_only_of_a_film_that_there_is(self, filled: Filled) -> None:
        genre = Document(id=DRAMA, kind="genre", name="Drama")
        gone = Document(id=id_of("gone"), kind="archived", title_en="Gone")
        view = filled([ALIEN, genre, gone])
        assert view.similar(ALIEN.id, VIEWER, 5) == []
        for nothing in (id_of("nowhere"), DRAMA, gone.id):
            assert view.similar(nothing, VIEWER, 5) is None

    def test_nothing_in_common_is_nothing_similar(self, filled: Filled) -> None:
        lone = made("Lone")
        assert filled([ALIEN, lone]).similar(lone.id, VIEWER, 5) == []
