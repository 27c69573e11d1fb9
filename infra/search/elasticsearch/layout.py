"""How a document lies in the index: its text is folded here, and stemmed there."""

from collections.abc import Mapping
from typing import Any

from infra.search.elasticsearch.shape import Shape
from infra.search.words import all_words_of, whole, words_of
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
PROPERTIES = {
    "whole": {"type": "keyword"},
    "title": {**TEXT, "analyzer": "words"},
    "title_stem": {**TEXT, "analyzer": "stems"},
    "people": {**TEXT, "analyzer": "words"},
    "anywhere": {**TEXT, "analyzer": "stems"},
    "year": {"type": "integer"},
    "age": {"type": "integer"},
    "popularity": {"type": "integer"},
}


def text_of(row: Document) -> Mapping[str, Any]:
    names = [whole(name) for name in names_of(row)]
    people = list(dict.fromkeys(row.people))
    prose = [text for text in (row.description_ru, row.description_en) if text]
    everything = (*names_of(row), *people, *row.genres, *prose)
    return {
        "whole": names,
        "title": names,
        "title_stem": names,
        "people": [" ".join(words_of(person)) for person in people],
        "anywhere": [all_words_of(text) for text in everything],
        "year": row.year,
        "age": row.age_rating,
        "popularity": row.popularity,
    }


def names_of(row: Document) -> list[str]:
    names = (row.name, row.title_ru, row.title_en, row.title_original)
    return list(dict.fromkeys(name for name in names if name))


DOCUMENTS = Shape(Document, analysis=ANALYSIS, properties=PROPERTIES, text=text_of)
