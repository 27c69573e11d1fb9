"""Whatever is asked of a collection, in whatever order: its rules hold."""

from typing import Any
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.collection.decider import Archived, Shown, collection
from domain.kernel.errors import DomainError
from domain.kernel.values import FilmId
from tests.examples import collections as its

FILMS = st.integers(1, 4).map(lambda number: FilmId(UUID(int=number)))
ORDERS = st.lists(FILMS, max_size=5).map(tuple)
SLUGS = st.sampled_from([None, "space", "Space", "a--b"])


class CollectionLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.history: list[Any] = []
        #: The last order that was accepted.
        self.order: tuple[FilmId, ...] = ()

    def ask(self, command: Any) -> bool:
        before = collection.fold(self.history)
        try:
            events = collection.decide(command, before)
        except DomainError:
            return False
        assert collection.decide(command, collection.fold(events, before)) == ()
        self.history += events
        return True

    @initialize(slug=SLUGS)
    def create(self, slug: str | None) -> None:
        self.ask(its.create(slug=slug))

    @rule(films=ORDERS)
    def arrange(self, films: tuple[FilmId, ...]) -> None:
        if self.ask(its.arrange(film_ids=films)):
            self.order = films

    @rule()
    def retitle(self) -> None:
        self.ask(its.retitle())

    @rule()
    def describe(self) -> None:
        self.ask(its.describe())

    @rule()
    def archive(self) -> None:
        self.ask(its.archive())

    @rule()
    def restore(self) -> None:
        self.ask(its.restore())

    @invariant()
    def films_are_there_once_and_in_order(self) -> None:
        state = collection.fold(self.history)
        kept = state.collection if isinstance(state, Archived) else state
        if isinstance(kept, Shown):
            assert kept.film_ids == self.order
            assert len(set(kept.film_ids)) == len(kept.film_ids)

    @invariant()
    def only_what_is_shown_holds_a_slug(self) -> None:
        assert collection.unique is not None
        state = collection.fold(self.history)
        names = collection.unique.names(state)
        slug = state.slug if isinstance(state, Shown) else None
        assert names == ({f"collection {slug}"} if slug else set())


TestCollectionLife = CollectionLife.TestCase
TestCollectionLife.settings = settings(max_examples=60, deadline=None)
