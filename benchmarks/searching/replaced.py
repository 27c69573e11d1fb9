"""What the system before this one asked of Elasticsearch: one ``multi_match``."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from benchmarks.searching.engines import Find
from projections.search import Document

INDEX = "replaced"
TITLES = ("title_ru", "title_en", "title_original")
FIELDS = (*TITLES, "description", "genres", "people")
ANALYSIS = {
    "filter": {
        "english": {"type": "stemmer", "language": "porter2"},
        "russian": {"type": "stemmer", "language": "russian"},
    },
    "analyzer": {
        "ru_en": {
            "type": "custom",
            "tokenizer": "standard",
            "filter": ["lowercase", "english", "russian"],
        }
    },
}
TEXT = {"type": "text", "analyzer": "ru_en"}


@contextmanager
def replaced(client: Elasticsearch, documents: Sequence[Document]) -> Iterator[Find]:
    client.indices.create(
        index=INDEX,
        settings={"number_of_shards": 1, "analysis": ANALYSIS},
        mappings={"properties": dict.fromkeys(FIELDS, TEXT)},
    )
    bulk(client, map(action, documents), refresh=True)
    rows = {each.id: each for each in documents}

    def find(words: str, limit: int) -> Sequence[Document]:
        answer = client.search(
            index=INDEX, query=query(words), size=limit, source=False
        )
        return [rows[UUID(hit["_id"])] for hit in answer["hits"]["hits"]]

    try:
        yield find
    finally:
        client.indices.delete(index=INDEX)


def query(words: str) -> Mapping[str, Any]:
    return {"multi_match": {"query": words, "fuzziness": "auto", "fields": FIELDS}}


def action(row: Document) -> dict[str, Any]:
    source = {
        **{name: getattr(row, name) for name in TITLES},
        "description": [row.description_ru, row.description_en],
        "genres": row.genres,
        "people": row.people,
    }
    return {"_index": INDEX, "_id": str(row.id), "_source": source}
