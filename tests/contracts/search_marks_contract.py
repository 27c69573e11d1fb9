"""Where a film matched: what every ``SearchView`` says of it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

import pytest

from projections.search import Document
from tests.contracts.search_contract import EVERYTHING, VIEWER, Filled, named


class MarksContract(ABC):
    @pytest.fixture
    @abstractmethod
    def filled(self) -> Iterator[Filled] | Filled: ...

    def marked(
        self, filled: Filled, film: Document, words: str
    ) -> list[tuple[str, list[str]]]:
        """The field, and each piece of its text that is marked."""
        [marks] = filled([film]).search(words, EVERYTHING, VIEWER, 5).marks
        return [
            (mark.field, [mark.text[begin:end] for begin, end in mark.spans])
            for mark in marks
        ]

    @pytest.mark.parametrize(
        ("title", "words", "pieces"),
        [
            ("Blade Runner", "runner", ["Runner"]),
            ("Blade Runner", "BLADE RUN", ["Blade", "Runner"]),
            ("<b>Blade</b> & Runner", "blade", ["Blade"]),
            ("Ёлки 2", "елка", ["Ёлки"]),
            ("Don't Look Up", "dont", ["Don't"]),
            ("🎬 Amélie", "amelie", ["Amélie"]),
            ("Ame\u0301lie", "amelie", ["Ame\u0301lie"]),
            ("Сталкер", "cnfkrth", ["Сталкер"]),
            ("Сталкер", "stalker", ["Сталкер"]),
            ("Stalker", "stalkre", ["Stalker"]),
        ],
    )
    def test_whole_words_are(
        self, filled: Filled, title: str, words: str, pieces: list[str]
    ) -> None:
        found = self.marked(filled, named(title), words)
        assert found == [("title_en", pieces)]

    def test_each_name_is_for_itself(self, filled: Filled) -> None:
        film = named(
            "Stalker",
            title_ru="Сталкер",
            aliases=("The Stalker",),
            people=("Stalker Smith", "Bill Murray"),
            person_ids=(named("one").id, named("other").id),
            roles=("actor", "actor"),
            description_en="Of a stalker.",
        )
        assert self.marked(filled, film, "stalker") == [
            ("title_ru", ["Сталкер"]),
            ("title_en", ["Stalker"]),
            ("aliases", ["Stalker"]),
            ("people", ["Stalker"]),
        ]

    def test_a_description_is_if_no_name_matches(self, filled: Filled) -> None:
        film = named("Moon", description_en="He meets two aliens there: Alien & alien.")
        found = self.marked(filled, film, "alien")
        assert found == [("description_en", ["aliens", "Alien", "alien"])]

    def test_nothing_is_where_nothing_was_asked(self, filled: Filled) -> None:
        assert self.marked(filled, named("Moon"), "") == []
