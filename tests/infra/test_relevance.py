"""The films that searches are judged by, how they are asked for, and what counts."""

import re
from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from benchmarks.relevance import (
    BARS,
    QUICK_FILMS,
    QUICK_SIZE,
    Score,
    Sought,
    below,
    measure,
    one_through_place,
    report,
    searches,
)
from benchmarks.searching.engines import embedded, films_of
from benchmarks.titles import known_films
from benchmarks.titles.asking import (
    WAYS,
    begun,
    in_latin,
    one_typo,
    other_layout,
    two_typos,
)
from benchmarks.titles.catalogue import catalogue
from infra.search.words import whole
from projections.search import Document
from tests.contracts.search_contract import named

FIRST, LAST = 1895, 2025
NAME = re.compile(r"[A-ZÀ-Ž][\w.’'-]*( [\w.’'-]+)+|Christian-Jaque|Costa-Gavras")


def test_many_films_are_known_of_every_time_and_place() -> None:
    films = known_films()
    assert len(films) >= 400
    countries = Counter(film.country for film in films)
    assert min(countries[code] for code in ("RU", "SU", "US", "GB", "FR", "JP")) >= 20
    decades = Counter(film.year // 10 for film in films)
    assert set(decades) >= set(range(192, 203))


@pytest.mark.parametrize("language", ["ru", "en", "original"])
def test_no_known_film_is_called_like_another(language: str) -> None:
    names = Counter(whole(getattr(film, language)) for film in known_films())
    assert [name for name, number in names.items() if number > 1] == []


def test_every_known_film_is_described_whole() -> None:
    for film in known_films():
        assert all(title == title.strip() and title for title in film.titles), film
        assert re.search(r"[А-Яа-яЁё\d]", film.ru), film
        assert not re.search(r"[А-Яа-яЁё]", film.en), film
        assert FIRST <= film.year <= LAST, film
        assert re.fullmatch(r"[A-Z]{2}", film.country), film
        assert film.directors, film
        assert all(NAME.fullmatch(name) for name in film.directors), film


def test_a_catalogue_begins_with_the_known_films_and_never_repeats_one() -> None:
    size = len(known_films()) + 1_000
    documents = catalogue(size)
    assert len({document.id for document in documents}) == size
    known = {whole(title) for film in known_films() for title in film.titles}
    for film, document in zip(known_films(), documents, strict=False):
        assert (document.title_ru, document.year) == (film.ru, film.year)
    for document in documents[len(known_films()) :]:
        assert not {whole(document.title_ru or ""), whole(document.title_en or "")} & (
            known
        )


def test_a_catalogue_is_the_same_each_time() -> None:
    assert catalogue(1_500) == catalogue(1_500)


def test_titles_are_typed_in_six_ways() -> None:
    random = Random(1)  # noqa: S311 (the same each time)
    assert begun("Терминатор", random) == "Термин"
    assert other_layout("Отчим", random) == "jnxbv"
    assert other_layout("Alien", random) == "фдшут"
    assert in_latin("Брат", random) == "brat"
    assert {in_latin("Щука", random) for _ in range(50)} == {
        "shchuka",
        "schuka",
    }


def test_typos_are_no_more_than_a_search_must_forgive() -> None:
    random = Random(1)  # noqa: S311 (the same each time)
    assert one_typo("Ран", random) is None
    assert two_typos("Сталкер", random) is None
    for _ in range(200):
        typed = one_typo("Я и Сталкер", random)
        assert typed is not None
        assert typed[:5] == "Я и С"
        assert typed != "Я и Сталкер"
        assert abs(len(typed) - len("Я и Сталкер")) <= 1
        twice = two_typos("Терминатор", random)
        assert twice is not None
        assert twice[0] == "Т"
        assert abs(len(twice) - len("Терминатор")) <= 2


def test_nothing_is_asked_for_in_two_ways_each_time() -> None:
    assert [*searches(50)] == [*searches(50)]
    assert {way for way, _, _ in searches(50)} == set(WAYS) == set(BARS)


def test_the_better_the_place_the_more_it_counts() -> None:
    films = [named(title) for title in ("Alien", "Aliens", "Stalker")]

    def find(_: str, limit: int) -> Sequence[Document]:
        return films[:limit]

    places = [
        one_through_place(find, Sought(title, title))
        for title in ("ALIEN", "Aliens", "Stalker", "Mirror")
    ]
    assert places == [1, 1 / 2, 1 / 3, 0]


def test_who_finds_nothing_is_below_every_bar() -> None:
    scores = measure(lambda _, __: [], films=50)
    assert below(scores) == list(BARS)
    assert "| exact | 0.99 | 0.000 (0.000, 0.000) |" in report({"none": scores})


def test_who_finds_everything_is_below_none() -> None:
    scores = {way: Score(found={"ru": [1.0, bar]}) for way, bar in BARS.items()}
    assert below(scores) == []


def test_the_embedded_engine_finds_what_is_looked_for() -> None:
    """The gate, among fewer films; ``python -m benchmarks.relevance`` is the whole."""
    with embedded(catalogue(QUICK_SIZE)) as view:
        assert below(measure(films_of(view), QUICK_FILMS)) == []
