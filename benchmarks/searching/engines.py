"""Both engines of this system, as it asks them, filled with documents."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

from elasticsearch import Elasticsearch

from infra.projection_engine.store import Changes
from infra.projection_engine.tantivy import TantivyStore
from infra.search.elasticsearch.layout import DOCUMENTS
from infra.search.elasticsearch.store import ElasticsearchStore
from infra.search.elasticsearch.view import ElasticsearchSearch
from infra.search.tantivy.layout import LAYOUT
from infra.search.tantivy.view import TantivySearch
from projections.search import Document, Filters, SearchView
from projections.visibility import Viewer

#: Finds so many films by words, the best first.
Find: TypeAlias = Callable[[str, int], Sequence[Document]]

EVERYTHING = Filters()
ANYBODY = Viewer(now=datetime(2026, 1, 1, tzinfo=UTC), country="RU")
#: Documents written at once.
BATCH = 5_000
PATIENCE = 300.0


@contextmanager
def embedded(documents: Sequence[Document]) -> Iterator[TantivySearch]:
    with tantivy_store() as store:
        fill(store, documents)
        yield TantivySearch(store)


@contextmanager
def tantivy_store() -> Iterator[TantivyStore[UUID, Document]]:
    with tempfile.TemporaryDirectory(prefix="cinema-benchmark-") as folder:
        yield TantivyStore(Path(folder) / "index", Document, "id", LAYOUT)


@contextmanager
def elasticsearch(
    client: Elasticsearch, documents: Sequence[Document]
) -> Iterator[ElasticsearchSearch]:
    with elasticsearch_store(client) as store:
        fill(store, documents)
        merge(client, store.name)
        yield ElasticsearchSearch(store)


@contextmanager
def elasticsearch_store(
    client: Elasticsearch, name: str = "benchmark"
) -> Iterator[ElasticsearchStore[UUID, Document]]:
    try:
        yield ElasticsearchStore(client, name, DOCUMENTS, "id")
    finally:
        for index in client.indices.get(index=f"{name}-*"):
            client.indices.delete(index=index)


def merge(client: Elasticsearch, index: str) -> None:
    """As after a rebuild, which does not wait for it."""
    patient = client.options(request_timeout=PATIENCE)
    patient.indices.forcemerge(index=index, max_num_segments=1)


def fill(store: Any, documents: Sequence[Document]) -> None:
    for position, start in enumerate(range(0, len(documents), BATCH)):
        rows = {each.id: each for each in documents[start : start + BATCH]}
        store.write(Changes(position, position + 1, rows))


def films_of(view: SearchView) -> Find:
    def find(words: str, limit: int) -> Sequence[Document]:
        return view.search(words, EVERYTHING, ANYBODY, limit).films

    return find
