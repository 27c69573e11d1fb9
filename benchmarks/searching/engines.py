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


@contextmanager
def embedded(documents: Sequence[Document]) -> Iterator[TantivySearch]:
    with tempfile.TemporaryDirectory(prefix="cinema-benchmark-") as folder:
        store: TantivyStore[UUID, Document]
        store = TantivyStore(Path(folder) / "index", Document, "id", LAYOUT)
        fill(store, documents)
        yield TantivySearch(store)


@contextmanager
def elasticsearch(
    client: Elasticsearch, documents: Sequence[Document]
) -> Iterator[ElasticsearchSearch]:
    store: ElasticsearchStore[UUID, Document]
    store = ElasticsearchStore(client, "benchmark", DOCUMENTS, "id")
    fill(store, documents)
    try:
        yield ElasticsearchSearch(store)
    finally:
        for index in client.indices.get(index="benchmark-*"):
            client.indices.delete(index=index)


def fill(store: Any, documents: Sequence[Document]) -> None:
    for position, start in enumerate(range(0, len(documents), BATCH)):
        rows = {each.id: each for each in documents[start : start + BATCH]}
        store.write(Changes(position, position + 1, rows))


def films_of(view: SearchView) -> Find:
    def find(words: str, limit: int) -> Sequence[Document]:
        return view.search(words, EVERYTHING, ANYBODY, limit).films

    return find
