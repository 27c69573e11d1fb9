"""Whatever is asked of a film, in whatever order: its rules hold."""

from typing import Any
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.film.commands import GiveCredit
from domain.film.decider import film
from domain.film.refusals import CreditGivenAlready
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
SEASONS = st.integers(-1, 3)
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
        if isinstance(command, GiveCredit):
            with pytest.raises(CreditGivenAlready):
                film.decide(command, after)
        else:
            assert not film.decide(command, after)
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

    @rule(genre=GENRES, other=st.none() | GENRES)
    def replace_genre(self, genre: GenreId, other: GenreId | None) -> None:
        self.ask(its.replace_genre(genre_id=genre, by=other))

    @rule(person=PEOPLE, other=st.none() | PEOPLE)
    def replace_person(self, person: PersonId, other: PersonId | None) -> None:
        self.ask(its.replace_person(person_id=person, by=other))

    @rule(rating=RATINGS)
    def rate(self, rating: int | None) -> None:
        self.ask(its.rate(rating=rating))

    @rule()
    def archive(self) -> None:
        self.ask(its.archive())

    @rule()
    def restore(self) -> None:
        self.ask(its.restore())

    @rule(season=SEASONS)
    def add_season(self, season: int) -> None:
        self.ask(its.add_season(number=season))

    @rule(season=SEASONS)
    def withdraw_season(self, season: int) -> None:
        self.ask(its.withdraw_season(number=season))

    @rule(season=SEASONS, number=SEASONS)
    def add_episode(self, season: int, number: int) -> None:
        self.ask(its.add_episode(season=season, number=number))

    @rule(season=SEASONS, number=SEASONS)
    def withdraw_episode(self, season: int, number: int) -> None:
        self.ask(its.withdraw_episode(season=season, number=number))

    @rule(type_=st.sampled_from(["movie", "series"]))
    def correct_type(self, type_: str) -> None:
        self.ask(its.correct_type(type=type_))

    @invariant()
    def seasons_are_in_order_and_of_a_series(self) -> None:
        state = film.fold(self.history)
        listed = state.film if isinstance(state, Archived) else state
        if isinstance(listed, Listed):
            numbers = [season.number for season in listed.seasons]
            assert numbers == sorted(set(numbers))
            assert listed.type == "series" or not numbers

    @invariant()
    def the_row_says_what_the_state_says(self) -> None:
        rows: dict[UUID, Film] = {}
        fold(films, rows, recorded(*self.history))
        row, state = rows.get(its.FILM), film.fold(self.history)
        match state:
            case Absent():
                assert row is None
            case Archived(kept):
                assert row is not None
                assert row.archived_at
                assert set(row.genre_ids) == kept.genres
            case Listed():
                assert row is not None
                assert row.archived_at is None
                credits = [*zip(row.person_ids, row.roles, strict=True)]
                assert len(set(row.genre_ids)) == len(row.genre_ids)
                assert len(set(credits)) == len(credits)
                assert set(row.genre_ids) == state.genres
                assert set(credits) == state.credits
                assert row.rating == state.rating
                assert row.rating is None or 0 <= row.rating <= 100


TestFilmLife = FilmLife.TestCase
TestFilmLife.settings = settings(max_examples=60, deadline=None)
