"""What every ``SearchView`` must answer, whichever engine is behind it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID, uuid5

import pytest

from projections.search import Document, Filters, SearchView
from projections.visibility import Viewer
from tests.examples import example

#: Makes an engine that has these documents, and no others.
Filled: TypeAlias = Callable[[Iterable[Document]], SearchView]

film = example(Document, kind="film", type="movie", access="free")
EVERYTHING = Filters()
NOW = datetime(2026, 1, 1, tzinfo=UTC)
VIEWER = Viewer(now=NOW, country="RU")
DRAMA, TARKOVSKY, LYNCH = (UUID(int=number) for number in (1, 2, 3))


def id_of(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


def named(title: str, **fields: Any) -> Document:
    return film(**{"id": id_of(title), "title_en": title} | fields)


def titles(documents: Sequence[Document]) -> list[str | None]:
    return [each.title_en or each.title_ru or each.name for each in documents]


class SearchContract(ABC):
    @pytest.fixture
    @abstractmethod
    def filled(self) -> Iterator[Filled] | Filled: ...

    def found(
        self, filled: Filled, documents: Iterable[Document], words: str
    ) -> list[str | None]:
        return titles(filled(documents).search(words, EVERYTHING, VIEWER, 20).films)

    def test_better_matches_come_first(self, filled: Filled) -> None:
        films = [
            named("Alien", popularity=10),
            named("Alien Resurrection", popularity=20),
            named("Cowboys and Alien", popularity=30),
            named("Aline", popularity=40),
            named("Solaris", people=("Alien Smith",), **by(LYNCH), popularity=50),
            named("Moon", description_en="He meets an alien there.", popularity=60),
            named("Mirror", popularity=70),
        ]
        assert self.found(filled, films, "alien") == titles(films[:-1])

    def test_among_equals_the_popular_and_then_the_smaller_id(
        self, filled: Filled
    ) -> None:
        films = [named("Star", id=id_of(f"{number}")) for number in range(9)]
        films.append(named("Star", id=id_of("loved"), popularity=90))
        found = filled(films).search("star", EVERYTHING, VIEWER, 20).films
        others = sorted(each.id for each in films[:-1])
        assert [each.id for each in found] == [id_of("loved"), *others]

    @pytest.mark.parametrize(
        ("title", "words"),
        [
            ("Solaris", "SOLARIS"),
            ("Amélie", "amelie"),
            ("Léon", "Leon"),
            ("Ёлки", "елки"),
            ("Елки", "ёлки"),
            ("Йод", "йод"),
            ("Сталкер", "Сталкера"),
            ("Неуловимые мстители", "неуловимый мститель"),
            ("The Running Man", "run man"),
            ("Терминатор 2", "Терминатор II"),
            ("Rocky IV", "rocky 4"),
            ("Don't Look Up", "dont look up"),
            ("Spider-Man", "spider man"),
            ("Stalker", "stal"),
            ("Apocalypse Now", "apocalypse n"),
            ("Stalker", "stalkre"),
            ("Stalker", "stolker"),
            ("Apocalypse Now", "apokalipse now"),
            ("Форрест Гамп", "форест гапм"),
            ("The Matrix", "matrix"),
            ("Spider-Man", "spiderman"),
            ("Отчим", "jnxbv"),
            ("Холоп", "[jkjg"),
            ("The Matrix", "ьфекшч"),
            ("Брат", "brat"),
            ("Ёлки", "yolki"),
            ("Щелкунчик", "shchelkunchik"),
            ("Щелкунчик", "schelkunchik"),
            ("Terminator", "терминатор"),
            ("Неуловимые мстители", "ytekjdbvst vcnbntkb"),
            ("Неуловимые мстители", "neulovimye mstit"),
            ("Бриллиантовая рука", "брелеантовоя рука"),
        ],
    )
    def test_small_differences_do_not_matter(
        self, filled: Filled, title: str, words: str
    ) -> None:
        assert self.found(filled, [named(title), named("Zulu")], words) == [title]

    @pytest.mark.parametrize(
        ("title", "words"), [("Cat", "car"), ("Stalker", "stolkar"), ("Cats", "dogs")]
    )
    def test_large_differences_do(self, filled: Filled, title: str, words: str) -> None:
        assert self.found(filled, [named(title)], words) == []

    def test_every_title_counts(self, filled: Filled) -> None:
        seven = named(
            "Seven Samurai",
            title_ru="Семь самураев",
            title_original="七人の侍",
        )
        for words in ("seven samurai", "семь самураев", "七人の侍"):
            assert self.found(filled, [seven], words) == ["Seven Samurai"]

    def test_other_names_count(self, filled: Filled) -> None:
        alien = named("Alien", aliases=("Чужой", "Xenomorph"))
        for words in ("чужой", "xenomorf", "чуж"):
            view = filled([alien, named("Zulu")])
            assert titles(view.search(words, EVERYTHING, VIEWER, 5).films) == ["Alien"]
            assert titles(view.suggest(words, VIEWER)) == ["Alien"]

    def test_an_exact_title_is_before_what_only_resembles_it(
        self, filled: Filled
    ) -> None:
        films = [
            named("Брат"),
            named("Брат 2", popularity=500),
            named("Браг", popularity=900),
            named("Brat", popularity=1000),
        ]
        order = ["Брат", "Brat", "Брат 2", "Браг"]
        assert self.found(filled, films, "брат") == order
        assert self.found(filled, films, ",hfn")[0] in ("Брат", "Brat")

    def test_people_are_found_in_their_films(self, filled: Filled) -> None:
        mirror = named("Mirror", people=("Андрей Тарковский",), **by(TARKOVSKY))
        for words in (
            "тарковский",
            "Андрей Тарковский",
            "торковский",
            "mirror тарк",
            "tarkovsky",
            "nfhrjdcrbq",
        ):
            assert self.found(filled, [mirror, named("Zulu")], words) == ["Mirror"]

    def test_filters_let_through_what_passes_all_of_them(self, filled: Filled) -> None:
        kept = {
            "year": 1972,
            "type": "movie",
            "access": "free",
            "age_rating": 12,
            "countries": ("SU", "IT"),
            "genre_ids": (DRAMA,),
            "genres": ("Drama",),
            "people": ("Tarkovsky",),
            **by(TARKOVSKY),
        }
        solaris = named("Solaris", **kept)
        view = filled([solaris, named("Solaris Two"), drama(), tarkovsky()])
        every = Filters(
            genre=(DRAMA,),
            person=(TARKOVSKY, LYNCH),
            year_from=1972,
            year_to=1972,
            type=("movie",),
            access=("free", "registered"),
            age_rating=(6, 12),
            age_rating_max=12,
            country=("IT",),
        )
        for words in ("solaris", ""):
            assert titles(view.search(words, every, VIEWER, 9).films) == ["Solaris"]
        others = [
            Filters(genre=(TARKOVSKY,)),
            Filters(person=(DRAMA,)),
            Filters(year_from=1973),
            Filters(year_to=1971),
            Filters(type=("series",)),
            Filters(access=("subscription",)),
            Filters(age_rating=(6, 18)),
            Filters(age_rating_max=6),
            Filters(country=("FR",)),
        ]
        for other in others:
            assert view.search("solaris", other, VIEWER, 9).films == []

    def test_no_words_are_everything_the_popular_first(self, filled: Filled) -> None:
        films = [named(f"Film {number}", popularity=number) for number in (3, 9, 6)]
        view = filled([*films, drama(), tarkovsky()])
        for words in ("", "  ", "?!", "\0"):
            found = view.search(words, EVERYTHING, VIEWER, 20)
            assert titles(found.films) == ["Film 9", "Film 6", "Film 3"]
            assert (found.total, found.next) == (3, None)

    @pytest.mark.parametrize(
        "words",
        [
            "*",
            '"',
            '"star',
            "AND (",
            "title:star OR (",
            "star~2^3",
            "\\",
            "a\0b",
            "🎬",
            "e" + "\u0301" * 10_000,
            "a " * 128,
            "-star",
            "[* TO *]",
            "'; DROP TABLE films --",
            "\ud800",
        ],
    )
    def test_words_are_only_words(self, filled: Filled, words: str) -> None:
        view = filled([named("Solaris")])
        assert titles(view.search(words, EVERYTHING, VIEWER, 5).films) in (
            [],
            ["Solaris"],
        )
        assert titles(view.suggest(words, VIEWER)) in ([], ["Solaris"])


def by(person: UUID) -> dict[str, Any]:
    return {"person_ids": (person,), "roles": ("director",)}


def drama() -> Document:
    return Document(id=DRAMA, kind="genre", name="Drama")


def tarkovsky() -> Document:
    return Document(id=TARKOVSKY, kind="person", name="Андрей Тарковский")
