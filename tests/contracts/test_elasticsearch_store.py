"""What the Elasticsearch store promises besides: nothing half done stays so."""

from collections.abc import Iterator
from typing import TypeAlias
from uuid import UUID, uuid4

import pytest
from elasticsearch import Elasticsearch

from infra.projection_engine.store import Changes, PositionMoved, StoreUnavailable
from infra.search.elasticsearch import bulk, store
from infra.search.elasticsearch.connection import connect
from infra.search.elasticsearch.layout import DOCUMENTS
from infra.search.elasticsearch.progress import Redo
from infra.search.elasticsearch.shape import Shape
from infra.search.elasticsearch.store import ElasticsearchStore
from infra.search.elasticsearch.view import ElasticsearchSearch
from projections.search import Document
from tests.conftest import free_port
from tests.contracts.row_store_contract import film
from tests.contracts.search_contract import EVERYTHING, VIEWER, named
from tests.examples.catalogue import FILM, GENRE

Store: TypeAlias = ElasticsearchStore[UUID, Document]

#: A number is all that the server accepts here, and a title is none.
PICKY = Shape(
    Document,
    analysis={},
    properties={"number": {"type": "long"}},
    text=lambda row: {"number": row.title_en},
    columns=("kind", "title_en"),
)


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with connect(elasticsearch_url) as client:
        yield client


@pytest.fixture
def index(client: Elasticsearch) -> Iterator[Store]:
    name = f"test-{uuid4().hex}"
    yield ElasticsearchStore(client, name, PICKY, "id")
    for generation in client.indices.get(index=f"{name}-*"):
        client.indices.delete(index=generation)


def number(value: int, id_: UUID = FILM) -> Document:
    return film(id=id_, title_en=str(value))


def test_another_finishes_what_a_crash_has_left_half_done(
    index: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.write(Changes(0, 1, {FILM: number(1)}))
    with monkeypatch.context() as patch:
        patch.setattr(store, "carry_out", crash)
        with pytest.raises(KeyboardInterrupt):
            index.write(Changes(1, 2, {FILM: number(2), GENRE: number(2, GENRE)}))
    assert index.position() == 1
    with pytest.raises(PositionMoved):
        index.write(Changes(1, 2, {FILM: number(3)}))
    assert index.position() == 2
    assert index.load([FILM, GENRE]) == {FILM: number(2), GENRE: number(2, GENRE)}


def crash(*_: object) -> None:
    raise KeyboardInterrupt


def test_two_finish_the_same_batch(
    index: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    other: Store = ElasticsearchStore(index.client, index.name, PICKY, "id")

    def overtaken(*arguments: object) -> None:
        monkeypatch.undo()
        with pytest.raises(PositionMoved):
            other.write(Changes(0, 9))
        other.write(Changes(1, 2, {FILM: number(2)}))
        bulk.carry_out(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "carry_out", overtaken)
    index.write(Changes(0, 1, {FILM: number(1)}))
    assert index.position() == 2
    assert index.load([FILM]) == {FILM: number(2)}


def test_what_was_deleted_does_not_come_back_late(index: Store) -> None:
    index.write(Changes(0, 1, {FILM: number(1)}))
    index.write(Changes(1, 2, {FILM: None}))
    place = index.place()
    assert place
    late = Redo(1, (), store.encoded(Changes(0, 1, {FILM: number(1)})))
    bulk.carry_out(index.client, place.index, late, PICKY.document, PICKY.bare)
    assert index.load([FILM]) == {}


def test_a_row_with_text_that_is_refused_is_kept(
    index: Store, caplog: pytest.LogCaptureFixture
) -> None:
    wordy = film(title_en="no number")
    index.write(Changes(0, 1, {FILM: wordy, GENRE: number(1, GENRE)}))
    assert index.load([FILM, GENRE]) == {FILM: wordy, GENRE: number(1, GENRE)}
    assert list(index.find("title_en", "no number")) == [FILM]
    assert "cannot be found by its text" in caplog.text


def test_finds_more_than_fits_on_a_page(
    index: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PAGE", 3)
    keys = [UUID(int=n) for n in range(1, 11)]
    index.write(Changes(0, 1, {key: number(1, key) for key in keys}))
    assert list(index.find("kind", "film")) == keys


def test_a_server_that_is_not_there_is_nobodys_fault() -> None:
    with connect(f"http://127.0.0.1:{free_port()}") as nowhere:
        unreachable: Store = ElasticsearchStore(nowhere, "test", PICKY, "id")
        for ask in (unreachable.position, unreachable.parked, unreachable.beside):
            with pytest.raises(StoreUnavailable):
                ask()
        with pytest.raises(StoreUnavailable):
            unreachable.write(Changes(0, 1))
        with pytest.raises(StoreUnavailable):
            unreachable.load([FILM])


def test_only_one_rebuild_at_a_time(index: Store) -> None:
    overtaken = index.beside()
    index.beside().write(Changes(0, 1))
    with pytest.raises(PositionMoved):
        overtaken.write(Changes(0, 1))


def test_searches_meet_the_old_index_until_the_new_one_has_its_place(
    client: Elasticsearch,
) -> None:
    live: Store = ElasticsearchStore(client, f"test-{uuid4().hex}", DOCUMENTS, "id")
    view = ElasticsearchSearch(live, patience=60)

    def found() -> list[UUID]:
        return [each.id for each in view.search("star", EVERYTHING, VIEWER, 5).films]

    one, other = named("Star"), named("Star Wars")
    live.write(Changes(0, 1, {one.id: one}))
    beside = live.beside()
    assert found() == [one.id]
    beside.write(Changes(0, 1, {one.id: one, other.id: other}))
    assert found() == [one.id]
    live.switch_to(beside)
    assert found() == [one.id, other.id]
    for index in client.indices.get(index=f"{live.name}-*"):
        client.indices.delete(index=index)
