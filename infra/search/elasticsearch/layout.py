"""How a document lies in the index: its text is folded here, and stemmed there."""

from collections.abc import Mapping
from typing import Any

from infra.search.elasticsearch.shape import Shape
from infra.search.texts import texts_of
from projections.search import Document

ANALYSIS = {
    "filter": {
        "russian": {"type": "stemmer", "language": "russian"},
        "english": {"type": "stemmer", "language": "porter2"},
    },
    "analyzer": {
        "words": {"type": "custom", "tokenizer": "whitespace"},
        "stems": {
            "type": "custom",
            "tokenizer": "whitespace",
            "filter": ["russian", "english"],
        },
    },
}
#: A match is a match, however often a word is there: no frequencies, no lengths.
TEXT = {"type": "text", "index_options": "docs", "norms": False}
#: Only counted by: ``term`` is what is filtered by.
COUNTED = {"type": "keyword", "index": False}
COLUMNS = ("genre_ids", "person_ids", "countries", "type", "access")
PROPERTIES = {
    **dict.fromkeys(COLUMNS, COUNTED),
    "whole": {"type": "keyword"},
    "sized": {"type": "keyword"},
    "sound_whole": {"type": "keyword"},
    "title": {**TEXT, "analyzer": "words"},
    "title_stem": {**TEXT, "analyzer": "stems"},
    "sound": {**TEXT, "analyzer": "words"},
    "grams": {**TEXT, "analyzer": "words"},
    "people": {**TEXT, "analyzer": "words"},
    "people_sound": {**TEXT, "analyzer": "words"},
    "anywhere": {**TEXT, "analyzer": "stems"},
    "year": {"type": "integer"},
    "age": {"type": "integer"},
    "popularity": {"type": "integer"},
    "is_windowed": {"type": "boolean"},
    "windows": {
        "type": "nested",
        "properties": {
            "opens": {"type": "date"},
            "closes": {"type": "date"},
            "countries": {"type": "keyword"},
        },
    },
}


def text_of(row: Document) -> Mapping[str, Any]:
    return {
        **texts_of(row),
        **{name: getattr(row, name) for name in COLUMNS},
        "year": row.year,
        "age": row.age_rating,
        "popularity": row.popularity,
        "is_windowed": bool(row.windows),
        "windows": [
            {
                "opens": window.opens and window.opens.isoformat(),
                "closes": window.closes and window.closes.isoformat(),
                "countries": window.countries,
            }
            for window in row.windows
        ],
    }


DOCUMENTS = Shape(
    Document,
    analysis=ANALYSIS,
    properties=PROPERTIES,
    text=text_of,
    columns=("kind", *COLUMNS),
)
