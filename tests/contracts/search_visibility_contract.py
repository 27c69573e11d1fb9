"""What is not shown to a viewer is in no answer of a ``SearchView``."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.film.values import Window
from projections.search import FACETS, Document, SearchView
from projections.visibility import Viewer, is_visible
from tests.contracts.search_contract import (
    DRAMA,
    EVERYTHING,
    NOW,
    Filled,
    named,
    titles,
)

HOURS = [timedelta(hours=number) for number in range(-3, 4)]
COUNTRIES = ("RU", "KZ", "FR")
MOMENT = timedelta.resolution

moments = st.one_of(st.none(), st.sampled_from([NOW + hour for hour in HOURS]))
windows = st.builds(
    Window,
    opens=moments,
    closes=moments,
    countries=st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=2).map(tuple),
)
viewers = st.builds(
    Viewer,
    now=st.sampled_from(
        [NOW + hour + more for hour in HOURS for more in (-MOMENT, 0 * MOMENT, MOMENT)]
    ),
    country=st.sampled_from((*COUNTRIES, "US")),
    age_max=st.sampled_from((None, 0, 6, 12, 16, 18)),
)
ages = st.sampled_from((None, 0, 6, 12, 16, 18))


def family(**fields: Any) -> Document:
    return named(**{"genre_ids": (DRAMA,), "genres": ("Drama",)} | fields)


class VisibilityContract(ABC):
    @pytest.fixture
    @abstractmethod
    def filled(self) -> Iterator[Filled] | Filled: ...

    def answers(self, view: SearchView, viewer: Viewer) -> list[Sequence[str | None]]:
        """What each question says of films that are named Star."""
        searched = view.search("star", EVERYTHING, viewer, 50, None, FACETS)
        every = view.search("", EVERYTHING, viewer, 50)
        suggested = view.suggest("star", viewer)
        similar = view.similar(named("Star").id, viewer, 50) or ()
        counted = {count.name: count.films for count in searched.facets["genre"]}
        assert counted.get("Drama", 0) == searched.total == len(searched.films)
        assert every.total == len(every.films)
        return [*map(titles, (searched.films, every.films, suggested, similar))]

    def test_a_window_opens_and_closes_by_itself(self, filled: Filled) -> None:
        opens, closes = NOW, NOW + timedelta(days=1)
        shown = Window(opens=opens, closes=closes)
        view = filled([family(title="Star", windows=(shown,)), drama()])
        for moment, is_there in (
            (opens - MOMENT, False),
            (opens, True),
            (closes - MOMENT, True),
            (closes, False),
        ):
            viewer = Viewer(now=moment, country="RU")
            there = ["Star"] if is_there else []
            assert self.answers(view, viewer) == [there, there, there, []]
            similar = view.similar(named("Star").id, viewer, 5)
            assert similar == ([] if is_there else None)

    def test_moment_and_country_are_of_one_window(self, filled: Filled) -> None:
        later = NOW + timedelta(days=1)
        film = family(
            title="Star",
            windows=(
                Window(closes=NOW, countries=("RU",)),
                Window(opens=later, countries=("FR", "KZ")),
            ),
        )
        view = filled([film, drama()])
        shown = {
            (moment, country): bool(
                view.search(
                    "star", EVERYTHING, Viewer(now=moment, country=country), 5
                ).films
            )
            for moment in (NOW - MOMENT, NOW, later)
            for country in ("RU", "KZ", "US")
        }
        assert {place for place, is_shown in shown.items() if is_shown} == {
            (NOW - MOMENT, "RU"),
            (later, "KZ"),
        }

    def test_an_age_that_nobody_has_said_may_be_too_high(self, filled: Filled) -> None:
        ages = {"Star 6": 6, "Star 12": 12, "Star 18": 18, "Star": None}
        films = [family(title=title, age_rating=age) for title, age in ages.items()]
        view = filled([*films, drama()])
        child = Viewer(now=NOW, country="RU", age_max=12)
        for found in self.answers(view, child)[:3]:
            assert set(found) == {"Star 6", "Star 12"}
        assert view.similar(named("Star 18").id, child, 5) is None
        for found in self.answers(view, replace(child, age_max=None))[:3]:
            assert len(found) == 4

    def test_it_is_what_the_rule_says(self, filled: Filled) -> None:
        @settings(max_examples=15, deadline=None)
        @given(
            shown_to=st.lists(
                st.tuples(st.lists(windows, max_size=3).map(tuple), ages),
                min_size=6,
                max_size=6,
            ),
            audience=st.lists(viewers, min_size=3, max_size=3),
        )
        def it_is(shown_to: list[Any], audience: list[Viewer]) -> None:
            films = [
                family(
                    title=f"Star {number}" if number else "Star",
                    windows=spans,
                    age_rating=age,
                    id=UUID(int=number + 1) if number else named("Star").id,
                )
                for number, (spans, age) in enumerate(shown_to)
            ]
            view = filled([*films, drama()])
            for viewer in audience:
                self.check_visibility(view, films, viewer)

        it_is()

    def check_visibility(
        self, view: Any, films: list[Document], viewer: Viewer
    ) -> None:
        visible = {film.title_en for film in films if is_visible(film, viewer)}
        searched, every, suggested, similar = self.answers(view, viewer)
        assert set(searched) == set(every) == set(suggested) == visible
        assert set(similar) == (visible - {"Star"} if "Star" in visible else set())


def drama() -> Document:
    return Document(id=DRAMA, kind="genre", name="Drama")
