"""What every ``RowStore`` must do, whatever its rows are kept in."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TypeAlias
from uuid import UUID

import pytest

from infra.projection_engine.store import (
    Changes,
    Checkpoint,
    Parked,
    PositionMoved,
    RebuildIsBehind,
    RowStore,
)
from projections.search import Document
from tests.examples import example
from tests.examples.catalogue import FILM, GENRE

Store: TypeAlias = RowStore[UUID, Document]

film = example(
    Document,
    id=FILM,
    kind="film",
    title_en="Solaris",
    type="movie",
    genre_ids=(GENRE, UUID(int=8)),
    genres=("Drama", "Science"),
)


class RowStoreContract(ABC):
    @pytest.fixture
    @abstractmethod
    def store(self) -> Iterator[Store] | Store: ...

    def test_starts_with_nothing(self, store: Store) -> None:
        assert store.position() == 0
        assert store.load([FILM]) == {}

    def test_gives_back_what_was_written(self, store: Store) -> None:
        store.write(Changes(0, 5, {FILM: film()}))
        assert store.load([FILM, GENRE]) == {FILM: film()}
        assert store.position() == 5

    def test_replaces_and_removes(self, store: Store) -> None:
        store.write(Changes(0, 1, {FILM: film()}))
        store.write(Changes(1, 2, {FILM: film(title_en="Stalker")}))
        assert store.load([FILM]) == {FILM: film(title_en="Stalker")}
        store.write(Changes(2, 3, {FILM: None}))
        assert store.load([FILM]) == {}

    def test_gives_back_whatever_a_value_is_made_of(self, store: Store) -> None:
        awkward = ('say "hi"', "back\\slash", "{a,b}", "", " ", "NULL", "жанр", "a'b")
        rows = {
            FILM: film(genres=awkward, genre_ids=(FILM, GENRE), countries=()),
            GENRE: film(id=GENRE, title_en='"', rating=None, genre_ids=(), genres=()),
        }
        store.write(Changes(0, 1, rows))
        assert store.load([FILM, GENRE]) == rows

    def test_finds_nothing_for_no_keys(self, store: Store) -> None:
        assert store.load([]) == {}

    def test_finds_by_value_and_among_values(self, store: Store) -> None:
        store.write(Changes(0, 1, {FILM: film()}))
        assert list(store.find("type", "movie")) == [FILM]
        assert list(store.find("genre_ids", GENRE)) == [FILM]
        assert list(store.find("genre_ids", FILM)) == []

    def test_writes_nothing_once_the_position_has_moved(self, store: Store) -> None:
        store.write(Changes(0, 2))
        with pytest.raises(PositionMoved):
            store.write(Changes(0, 1, {FILM: film()}))
        assert store.load([FILM]) == {}
        assert store.position() == 2

    def test_remembers_what_is_parked(self, store: Store) -> None:
        parked = Parked("film-1", 1, "KeyError()")
        store.write(Changes(0, 1, parked=[parked]))
        assert list(store.parked()) == [parked]

    def test_counts_its_rows(self, store: Store) -> None:
        assert store.count() == 0
        store.write(Changes(0, 1, {FILM: film(), GENRE: film(id=GENRE)}))
        assert store.count() == 2

    def test_a_snapshot_is_in_the_order_of_keys(self, store: Store) -> None:
        ids = [UUID(int=number) for number in (3, 1, 2)]
        store.write(Changes(0, 4, {id_: film(id=id_) for id_ in ids}))
        with store.snapshot() as snapshot:
            store.write(Changes(4, 5, {ids[0]: None}))
            rows = list(snapshot.rows)
        assert snapshot.positions == [4]
        assert rows == [(str(id_), film(id=id_)) for id_ in sorted(ids)]

    def test_a_rebuild_shows_only_after_the_switch(self, store: Store) -> None:
        store.write(Changes(0, 1, {FILM: film()}, [Parked("film-1", 1, "")]))
        for generation, title in enumerate(("Stalker", "Mirror", "Solaris"), start=1):
            rebuilt = store.beside()
            rebuilt.write(Changes(0, 3, {FILM: film(title_en=title)}))
            assert store.load([FILM]) != rebuilt.load([FILM])
            store.switch_to(rebuilt)
            assert store.load([FILM]) == {FILM: film(title_en=title)}
            assert store.checkpoint() == Checkpoint(3, generation)
            assert not store.parked()
        store.write(Changes(3, 4, {FILM: None}, generation=3))
        assert store.load([FILM]) == {}

    def test_what_was_read_of_one_build_is_not_written_to_the_next(
        self, store: Store
    ) -> None:
        store.write(Changes(0, 1, {FILM: film()}))
        rebuilt = store.beside()
        rebuilt.write(Changes(0, 1, {FILM: film(title_en="Stalker")}))
        store.switch_to(rebuilt)
        with pytest.raises(PositionMoved):
            store.write(Changes(1, 2, {FILM: film(title_en="Solaris 2")}))
        assert store.load([FILM]) == {FILM: film(title_en="Stalker")}

    def test_nothing_that_was_readable_vanishes_in_a_switch(self, store: Store) -> None:
        rebuilt = store.beside()
        store.write(Changes(0, 1, {FILM: film()}))
        with pytest.raises(RebuildIsBehind):
            store.switch_to(rebuilt)
        assert store.load([FILM]) == {FILM: film()}
        rebuilt.write(Changes(0, 1, {FILM: film()}))
        store.switch_to(rebuilt)
        assert store.checkpoint() == Checkpoint(1, 1)

    def test_what_was_built_for_nothing_leaves_nothing(self, store: Store) -> None:
        rebuilt = store.beside("verify")
        rebuilt.write(Changes(0, 1, {FILM: film()}))
        rebuilt.discard()
        assert store.beside("verify").count() == 0
        assert store.position() == 0


class RetryContract:
    """Of the stores in which one stream can be projected again beside the rest."""

    def test_a_stream_that_is_released_is_not_overlooked(self, store: Store) -> None:
        """By whoever has read before that it waits."""
        store.write(Changes(0, 1, parked=[Parked("film-1", 1, "")]))
        assert store.checkpoint().waiting == {"film-1"}
        store.write(Changes(1, 1, {FILM: film()}, released=["film-1"]))
        assert not store.checkpoint().waiting
        with pytest.raises(PositionMoved):
            store.write(Changes(1, 2))
        store.write(Changes(1, 2, revision=store.checkpoint().revision))
