"""The contract of search, on each engine."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from uuid import UUID, uuid4

import pytest

from infra.projection_engine.store import Changes
from infra.projection_engine.tantivy import TantivyStore
from infra.search.elasticsearch.connection import connect
from infra.search.elasticsearch.layout import DOCUMENTS
from infra.search.elasticsearch.store import ElasticsearchStore
from infra.search.elasticsearch.view import ElasticsearchSearch
from infra.search.tantivy.layout import LAYOUT
from infra.search.tantivy.view import TantivySearch
from projections.search import Document, SearchUnavailable
from tests.conftest import free_port
from tests.contracts.search_contract import (
    EVERYTHING,
    VIEWER,
    Filled,
    SearchContract,
    id_of,
    named,
)
from tests.contracts.search_facets_contract import FacetsContract
from tests.contracts.search_marks_contract import MarksContract
from tests.contracts.search_pages_contract import PagesContract
from tests.contracts.search_similar_contract import SimilarContract
from tests.contracts.search_visibility_contract import VisibilityContract

#: A server that many tests share may take its time; who searches would not.
PATIENCE = 60.0


class Embedded:
    """The embedded engine, in a folder of its own."""

    @pytest.fixture
    def filled(self, tmp_path: Path) -> Filled:
        def fill(documents: Iterable[Document]) -> TantivySearch:
            store: TantivyStore[UUID, Document]
            store = TantivyStore(tmp_path / "index", Document, "id", LAYOUT)
            rows = {each.id: each for each in documents}
            position = store.position()
            store.write(Changes(position, position + 1, rows))
            return TantivySearch(store)

        return fill


class TestTantivyFacets(Embedded, FacetsContract):
    pass


class TestTantivyMarks(Embedded, MarksContract):
    pass


class TestTantivyPages(Embedded, PagesContract):
    pass


class TestTantivySimilar(Embedded, SimilarContract):
    pass


class TestTantivyVisibility(Embedded, VisibilityContract):
    pass


class TestTantivySearch(Embedded, SearchContract):
    def test_what_cannot_be_read_is_unavailable(
        self, filled: Filled, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        view = filled([named("Solaris")])

        def fail(_: object) -> None:
            raise OSError("disk")

        monkeypatch.setattr(TantivyStore, "searcher", fail)
        with pytest.raises(SearchUnavailable):
            view.search("solaris", EVERYTHING, VIEWER, 5)
        with pytest.raises(SearchUnavailable):
            view.suggest("solaris", VIEWER)


def test_nobody_is_refused_while_the_index_is_exchanged(tmp_path: Path) -> None:
    """Searching goes on in the old one until the new one is there, as a whole."""
    store: TantivyStore[UUID, Document]
    store = TantivyStore(tmp_path / "index", Document, "id", LAYOUT)
    rows = {id_of(str(n)): named(f"Star {n}", id=id_of(str(n))) for n in range(20)}
    store.fill(rows, 1)
    view, done = TantivySearch(store), Event()
    answers: list[tuple[int, int]] = []

    def search() -> None:
        while not done.is_set():
            total = view.search("star", EVERYTHING, VIEWER, 5).total
            answers.append((total, len(view.suggest("star", VIEWER))))

    with ThreadPoolExecutor() as pool:
        reader = pool.submit(search)
        for position in range(2, 8):
            fresh = store.beside()
            fresh.fill(rows, position)
            store.switch_to(fresh)
            before = len(answers)
            while len(answers) < before + 2 and not reader.done():
                done.wait(0.001)
        done.set()
        reader.result()
    assert store.position() == 7
    assert set(answers) == {(20, 10)}


class Remote:
    """Elasticsearch, in an index of its own."""

    @pytest.fixture
    def filled(self, elasticsearch_url: str) -> Iterator[Filled]:
        name = f"test-{uuid4().hex}"
        with connect(elasticsearch_url) as client:
            store: ElasticsearchStore[UUID, Document]
            store = ElasticsearchStore(client, name, DOCUMENTS, "id")

            def fill(documents: Iterable[Document]) -> ElasticsearchSearch:
                rows = {each.id: each for each in documents}
                position = store.position()
                store.write(Changes(position, position + 1, rows))
                return ElasticsearchSearch(store, PATIENCE)

            yield fill
            for index in client.indices.get(index=f"{name}-*"):
                client.indices.delete(index=index)


class TestElasticsearchFacets(Remote, FacetsContract):
    pass


class TestElasticsearchMarks(Remote, MarksContract):
    pass


class TestElasticsearchSimilar(Remote, SimilarContract):
    pass


class TestElasticsearchVisibility(Remote, VisibilityContract):
    pass


class TestElasticsearchSearch(Remote, SearchContract, PagesContract):
    def test_a_server_that_does_not_answer_is_unavailable(self) -> None:
        with connect(f"http://127.0.0.1:{free_port()}") as nowhere:
            view = ElasticsearchSearch(
                ElasticsearchStore(nowhere, "test", DOCUMENTS, "id")
            )
            with pytest.raises(SearchUnavailable):
                view.search("solaris", EVERYTHING, VIEWER, 5)
            with pytest.raises(SearchUnavailable):
                view.suggest("solaris", VIEWER)
            with pytest.raises(SearchUnavailable):
                view.position()
