"""The contract of row stores, on every store there is."""

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import DataError
from psycopg_pool import ConnectionPool

from infra.projection_engine.memory import MemoryStore
from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.store import (
    Changes,
    Checkpoint,
    PositionMoved,
    StoreUnavailable,
)
from infra.projection_engine.tantivy import TantivyStore
from infra.search.elasticsearch.connection import connect
from infra.search.elasticsearch.shape import Shape
from infra.search.elasticsearch.store import ElasticsearchStore
from infra.search.tantivy.layout import LAYOUT
from infra.settings import Settings
from projections.search import Document
from tests.contracts.row_store_contract import (
    RetryContract,
    RowStoreContract,
    Store,
    film,
)
from tests.examples.catalogue import FILM, GENRE

POISON = film(title_en="a\0b")
#: A table for the documents: the public catalogue keeps them in an index only.
TABLE = """
CREATE TABLE read.documents (
    id uuid PRIMARY KEY, kind text, name text,
    title_ru text, title_en text, title_original text, aliases text[],
    description_ru text, description_en text,
    type text, access text, year int, rating int, popularity int,
    is_measured bool, age_rating int, windows jsonb,
    countries text[], genre_ids uuid[], genres text[],
    person_ids uuid[], people text[], roles text[]
)
"""


class TestMemoryStore(RowStoreContract, RetryContract):
    @pytest.fixture
    def store(self) -> Store:
        store: MemoryStore[UUID, Document] = MemoryStore()
        return store


class TestPostgresStore(RowStoreContract, RetryContract):
    @pytest.fixture
    def store(self, postgres: Settings) -> Iterator[Store]:
        pool: ConnectionPool[Any]
        with ConnectionPool(postgres.conninfo, min_size=1, max_size=4) as pool:
            with pool.connection() as connection:
                connection.execute(TABLE)
            store: PostgresStore[UUID, Document]
            store = PostgresStore(pool, "documents", Document, "id")
            yield store

    def test_a_batch_that_fails_leaves_the_connection_as_it_was(
        self, store: Store
    ) -> None:
        for _ in range(12):
            with pytest.raises(PositionMoved):
                store.write(Changes(9, 10, {FILM: film(), GENRE: None}))
        store.write(Changes(0, 1, {FILM: film(), GENRE: None}))
        assert store.load([FILM]) == {FILM: film()}

    def test_a_mistake_of_ours_is_no_fact_s_fault(
        self, store: PostgresStore[UUID, Document]
    ) -> None:
        store.write(Changes(0, 1, {FILM: film()}))
        with store.pool.connection() as connection:
            connection.execute("ALTER TABLE read.documents RENAME TO elsewhere")
        with pytest.raises(StoreUnavailable):
            store.write(Changes(1, 2, {FILM: film()}))

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

    def test_what_does_not_concern_it_costs_no_commit(
        self, store: Store, tmp_path: Path
    ) -> None:
        store.write(Changes(0, 3, {FILM: film()}))
        files = sorted((tmp_path / "index" / "0").iterdir())
        store.write(Changes(3, 9))
        assert sorted((tmp_path / "index" / "0").iterdir()) == files
        assert index_in(tmp_path).position() == 9
        with pytest.raises(PositionMoved):
            store.write(Changes(3, 10, {FILM: None}))
        store.write(Changes(9, 10, {FILM: None}))
        assert index_in(tmp_path).position() == 10
        rebuilt = store.beside()
        rebuilt.write(Changes(0, 2, {FILM: film()}))
        rebuilt.write(Changes(2, 12))
        store.switch_to(rebuilt)
        assert index_in(tmp_path).checkpoint() == Checkpoint(12, 1)

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

    def test_it_is_filled_as_a_whole_and_only_if_it_is_empty(
        self, store: Store, tmp_path: Path
    ) -> None:
        rows = {UUID(int=number): film(id=UUID(int=number)) for number in range(9)}
        store.fill(rows, 7)
        assert index_in(tmp_path).checkpoint() == Checkpoint(7)
        assert (store.count(), store.load([*rows])) == (9, rows)
        with pytest.raises(PositionMoved):
            store.fill(rows, 8)
        assert store.position() == 7

    def test_a_deleted_index_is_made_again(self, store: Store, tmp_path: Path) -> None:
        store.write(Changes(0, 7, {FILM: film()}))
        rmtree(tmp_path / "index")
        assert store.position() == 0
        store.write(Changes(0, 8, {FILM: film()}))
        assert store.load([FILM]) == {FILM: film()}


SHAPE = Shape(
    Document,
    analysis={},
    properties={},
    text=lambda _: {},
    columns=("type", "genre_ids"),
)


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
