"""Each engine asked and filled without anything of ours in between.

The query is one that its own users would write: an exact title before all words in one,
with a typo in each word and the last one begun, ranked by the engine's own score. It
knows no other layout, no transliteration, no sound, no visibility and no order among
equals.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk
from tantivy import Index, Occur, Query

from infra.projection_engine.tantivy import TantivyStore, replace
from infra.search.elasticsearch.store import ElasticsearchStore
from infra.search.tantivy.layout import SCHEMA
from infra.search.words import words_of
from projections.search import Document

EXACT = 10.0


def ask_tantivy(store: TantivyStore[Any, Document], words: str, limit: int) -> int:
    searcher = store.searcher()
    found = searcher.search(tantivy_query(words_of(words)), limit, count=True)
    for _, address in found.hits:
        searcher.doc(address).get_first("row")
    return len(found.hits)


def tantivy_query(words: Sequence[str]) -> Query:
    exact = Query.term_query(SCHEMA, "whole", " ".join(words))
    each = [
        (Occur.Must, Query.boolean_query([(Occur.Should, one) for one in meant]))
        for meant in tantivy_words(words)
    ]
    return Query.boolean_query(
        [
            (Occur.Should, Query.boost_query(exact, EXACT)),
            (Occur.Should, Query.boolean_query(each)),
        ]
    )


def tantivy_words(words: Sequence[str]) -> Iterator[list[Query]]:
    for number, word in enumerate(words, 1):
        yield [
            Query.term_query(SCHEMA, "title", word),
            Query.fuzzy_term_query(
                SCHEMA, "title", word, distance=1, prefix=number == len(words)
            ),
        ]


def ask_elasticsearch(client: Elasticsearch, index: str, words: str, limit: int) -> int:
    answer = client.search(
        index=index, query=elasticsearch_query(words_of(words)), size=limit
    )
    return len(answer["hits"]["hits"])


def elasticsearch_query(words: Sequence[str]) -> Mapping[str, Any]:
    name = " ".join(words)
    fuzzy = {"query": name, "fuzziness": "AUTO", "operator": "and"}
    return {
        "bool": {
            "should": [
                {"term": {"whole": {"value": name, "boost": EXACT}}},
                {"match_bool_prefix": {"title": fuzzy}},
            ]
        }
    }


def fill_tantivy(index: Index, documents: Sequence[Document], batch: int) -> None:
    """``documents`` are the engine's own, made before."""
    for start in range(0, len(documents), batch):
        chunk: Any = {str(n): each for n, each in enumerate(documents[start:][:batch])}
        replace(index.writer(num_threads=1), chunk)


def fill_elasticsearch(
    client: Elasticsearch, index: str, sources: Sequence[Mapping[str, Any]], batch: int
) -> None:
    actions = ({"_index": index, "_source": source} for source in sources)
    bulk(client, actions, chunk_size=batch, refresh=True)


def tantivy_documents(
    store: TantivyStore[Any, Document], rows: Sequence[Document]
) -> list[Any]:
    return [store.document(str(row.id), row) for row in rows]


def elasticsearch_sources(
    store: ElasticsearchStore[Any, Document], rows: Sequence[Document]
) -> list[Mapping[str, Any]]:
    encoded = ((str(row.id), msgspec.json.encode(row).decode()) for row in rows)
    return [store.shape.document(key, row) for key, row in encoded]
