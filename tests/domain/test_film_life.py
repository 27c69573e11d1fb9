"""Whatever is asked of a film, in whatever order: its rules hold."""

from typing import Any
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.film.decider import film
from domain.film.states import Absent, Archived, Listed
from domain.kernel.errors import DomainError
from domain.kernel.values import GenreId, PersonId
from projections.films import Film, films
from projections.projection import fold
from tests.examples import catalogue as its
from tests.examples import recorded

GENRES = st.integers(1, 3).map(lambda number: GenreId(UUID(int=number)))
PEOPLE = st.integers(1, 3).map(lambda number: PersonId(UUID(int=number)))
ROLES = st.sampled_from(["actor", "writer", "director", "producer"])
RATINGS = st.none() | st.integers(-5, 105)


class FilmLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.history: list[Any] = []

    def ask(self, command: Any) -> None:
        before = film.fold(self.history)
        try:
            events = film.decide(command, before)
        except DomainError:
            return
        after = film.fold(events, before)
        assert film.decide(command, after) == ()
        self.history += events

    @rule()
    def add(self) -> None:
        if film.fold(self.history) == Absent():
            self.ask(its.add())

    @rule(genre=GENRES)
    def assign(self, genre: GenreId) -> None:
        self.ask(its.assign(genre_id=genre))

    @rule(genre=GENRES)
    def unassign(self, genre: GenreId) -> None:
        self.ask(its.unassign(genre_id=genre))

    @rule(person=PEOPLE, role=ROLES)
    def credit(self, person: PersonId, role: str) -> None:
        self.ask(its.give_credit(person_id=person, role=role))

    @rule(person=PEOPLE, role=ROLES)
    def withdraw(self, person: PersonId, role: str) -> None:
        self.ask(its.withdraw_credit(person_id=person, role=role))

    @rule(rating=RATINGS)
    def rate(self, rating: int | None) -> None:
        self.ask(its.rate(rating=rating))

    @rule()
    def archive(self) -> None:
        self.ask(its.archive())

    @invariant()
    def the_row_says_what_the_state_says(self) -> None:
        rows: dict[UUID, Film] = {}
        fold(films, rows, recorded(*self.history))
        row, state = rows.get(its.FILM), film.fold(self.history)
        match state:
            case Absent():
                assert row is None
            case Archived():
                assert row is not None
                assert row.archived_at
            case Listed():
                assert row is not None
                credits = [*zip(row.person_ids, row.roles, strict=True)]
                assert len(set(row.genre_ids)) == len(row.genre_ids)
                assert len(set(credits)) == len(credits)
                assert set(row.genre_ids) == state.genres
                assert set(credits) == state.credits
                assert row.rating == state.rating
                assert row.rating is None or 0 <= row.rating <= 100


TestFilmLife = FilmLife.TestCase
TestFilmLife.settings = settings(max_examples=60, deadline=None)
