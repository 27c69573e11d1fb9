"""What every ``RowStore`` must do, whatever its rows are kept in."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import pytest
from psycopg import DataError
from psycopg_pool import ConnectionPool

from infra.projection_engine.memory import MemoryStore
from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.store import (
    Changes,
    Checkpoint,
    Parked,
    PositionMoved,
    RebuildIsBehind,
    RowStore,
)
from infra.projection_engine.tantivy import TantivyStore
from infra.search.elasticsearch.connection import connect
from infra.search.elasticsearch.shape import Shape
from infra.search.elasticsearch.store import ElasticsearchStore
from infra.search.tantivy.layout import LAYOUT
from infra.settings import Settings
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
POISON = film(title_en="a\0b")
#: A table for the documents: the public catalogue keeps them in an index only.
TABLE = """
CREATE TABLE read.documents (
    id uuid PRIMARY KEY, kind text, name text,
    title_ru text, title_en text, title_original text,
    description_ru text, description_en text,
    type text, access text, year int, rating int, popularity int, age_rating int,
    countries text[], genre_ids uuid[], genres text[],
    person_ids uuid[], people text[], roles text[]
)
"""


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
        assert snapshot.position == 4
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


class TestMemoryStore(RowStoreContract):
    @pytest.fixture
    def store(self) -> Store:
        store: MemoryStore[UUID, Document] = MemoryStore()
        return store


class TestPostgresStore(RowStoreContract):
    @pytest.fixture
    def store(self, postgres: Settings) -> Iterator[Store]:
        pool: ConnectionPool[Any]
        with ConnectionPool(postgres.conninfo, min_size=1, max_size=4) as pool:
            with pool.connection() as connection:
                connection.execute(TABLE)
            store: PostgresStore[UUID, Document]
            store = PostgresStore(pool, "documents", Document, "id")
            yield store

    def test_all_or_nothing(self, store: Store) -> None:
        other = film(id=GENRE)
        with pytest.raises(DataError):
            store.write(Changes(0, 1, {GENRE: other, FILM: POISON}))
        assert store.load([GENRE]) == {}
        assert store.position() == 0


def index_in(folder: Path) -> TantivyStore[UUID, Document]:
    return TantivyStore(folder / "index", Document, "id", LAYOUT)


class TestTantivyStore(RowStoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        return index_in(tmp_path)

    def test_is_still_there_when_opened_again(
        self, store: Store, tmp_path: Path
    ) -> None:
        store.write(Changes(0, 7, {FILM: film()}))
        again = index_in(tmp_path)
        assert again.load([FILM]) == {FILM: film()}
        assert again.position() == 7

    def test_another_process_sees_what_is_written_and_the_switch(
        self, store: Store, tmp_path: Path
    ) -> None:
        other = index_in(tmp_path)
        store.write(Changes(0, 1, {FILM: film()}))
        assert other.load([FILM]) == {FILM: film()}
        rebuilt = store.beside()
        rebuilt.write(Changes(0, 2, {FILM: film(title_en="Stalker")}))
        store.switch_to(rebuilt)
        assert other.load([FILM]) == {FILM: film(title_en="Stalker")}
        assert other.checkpoint() == Checkpoint(2, 1)
        other.write(Changes(2, 3, {FILM: None}, generation=1))
        assert store.load([FILM]) == {}

    @pytest.mark.parametrize("name", ["meta.json", "*.store", "*.term"])
    def test_a_broken_index_has_read_nothing_and_can_be_filled_again(
        self, store: Store, tmp_path: Path, name: str
    ) -> None:
        store.write(Changes(0, 7, {FILM: film()}))
        for path in (tmp_path / "index" / "0").glob(name):
            path.write_bytes(b"broken")
        again = index_in(tmp_path)
        assert again.position() == 0
        again.write(Changes(0, 8, {FILM: film()}))
        assert again.position() == 8
        assert again.load([FILM]) == {FILM: film()}

    def test_a_deleted_index_is_made_again(self, store: Store, tmp_path: Path) -> None:
        store.write(Changes(0, 7, {FILM: film()}))
        rmtree(tmp_path / "index")
        assert store.position() == 0
        store.write(Changes(0, 8, {FILM: film()}))
        assert store.load([FILM]) == {FILM: film()}


SHAPE = Shape(Document, analysis={}, properties={}, text=lambda _: {})


class TestElasticsearchStore(RowStoreContract):
    @pytest.fixture
    def store(self, elasticsearch_url: str) -> Iterator[Store]:
        name = f"test-{uuid4().hex}"
        with connect(elasticsearch_url) as client:
            store: ElasticsearchStore[UUID, Document]
            store = ElasticsearchStore(client, name, SHAPE, "id")
            yield store
            for index in client.indices.get(index=f"{name}-*"):
                client.indices.delete(index=index)
