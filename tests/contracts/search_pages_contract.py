"""Pages and suggestions: what every ``SearchView`` must answer."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

import pytest

from projections.search import BadPlace, Document
from tests.contracts.search_contract import (
    EVERYTHING,
    VIEWER,
    Filled,
    drama,
    id_of,
    named,
    tarkovsky,
    titles,
)


class PagesContract(ABC):
    @pytest.fixture
    @abstractmethod
    def filled(self) -> Iterator[Filled] | Filled: ...

    @pytest.mark.parametrize("words", ["star", ""])
    def test_pages_have_everything_once(self, filled: Filled, words: str) -> None:
        films = [named(f"Star {number}", popularity=number % 3) for number in range(23)]
        films += [named("Star", id=id_of(f"{number}")) for number in range(8)]
        view = filled(films)
        whole = view.search(words, EVERYTHING, VIEWER, 100)
        assert (len(whole.films), whole.total, whole.next) == (31, 31, None)
        pages: list[Document] = []
        place = None
        while True:
            page = view.search(words, EVERYTHING, VIEWER, 5, place)
            assert page.total == 31
            pages += page.films
            place = page.next
            if place is None:
                break
        assert pages == list(whole.films)

    @pytest.mark.parametrize("place", ["", "x", "0", "1.2", "9" * 99, "0.-1.0"])
    def test_nobody_begins_where_no_page_does(self, filled: Filled, place: str) -> None:
        with pytest.raises(BadPlace):
            filled([named("Star")]).search("star", EVERYTHING, VIEWER, 5, place)

    def test_suggestions_are_of_every_kind(self, filled: Filled) -> None:
        view = filled([named("Dracula"), named("Solaris"), drama(), tarkovsky()])
        assert titles(view.suggest("dra", VIEWER)) == ["Dracula", "Drama"]
        assert titles(view.suggest("тарк", VIEWER)) == ["Андрей Тарковский"]
        assert titles(view.suggest("", VIEWER)) == []

    @pytest.mark.parametrize("words", ["еж", "qqqwww", "zzz", "кк", "хъ", ".ж"])
    def test_nothing_is_found_that_nobody_can_have_meant(
        self, filled: Filled, words: str
    ) -> None:
        films = [named(title) for title in ("Terminator", "Kvest", "Сталкер", "Кино")]
        view = filled([*films, named("Я, робот"), tarkovsky()])
        assert titles(view.suggest(words, VIEWER)) == []
        assert titles(view.search(words, EVERYTHING, VIEWER, 5).films) == []

    def test_what_begins_like_that_is_suggested(self, filled: Filled) -> None:
        view = filled([named("Ёжик в тумане"), named("Terminator")])
        assert titles(view.suggest("еж", VIEWER)) == ["Ёжик в тумане"]

    def test_suggestions_are_few(self, filled: Filled) -> None:
        films = [named(f"Star {number}") for number in range(20)]
        people = [
            Document(id=id_of(f"p{number}"), kind="person", name=f"Star Actor {number}")
            for number in range(20)
        ]
        kinds = [
            each.kind for each in filled([*films, *people]).suggest("star", VIEWER)
        ]
        assert kinds == ["film"] * 5 + ["person"] * 5
