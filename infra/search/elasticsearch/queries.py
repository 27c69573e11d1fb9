"""The words that a search is put in, in Elasticsearch's query language."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from infra.search.elasticsearch.shape import term
from projections.search import Filters

Query: TypeAlias = dict[str, Any]


class Wording:
    def everything(self) -> Query:
        return {"match_all": {}}

    def word(self, field: str, word: str) -> Query:
        return {"term": {field: word}}

    def begins(self, field: str, word: str) -> Query:
        return {"prefix": {field: word}}

    def near(self, field: str, word: str, typos: int) -> Query:
        return {"fuzzy": {field: {"value": word, "fuzziness": typos}}}

    def stem(self, field: str, word: str) -> Query:
        return {"match": {field: word}}

    def either(self, *queries: Query) -> Query:
        return {"bool": {"should": queries}}

    def every(self, queries: Sequence[Query]) -> Query:
        return {"bool": {"filter": queries}}


def tiered(meanings: Sequence[Query], conditions: Sequence[Query]) -> Query:
    """Scored by the best meaning that a document has, and by nothing else."""
    scored = [
        {"constant_score": {"filter": meaning, "boost": boost}}
        for boost, meaning in zip(range(len(meanings), 0, -1), meanings, strict=True)
    ]
    best = {"dis_max": {"queries": scored}}
    return {"bool": {"must": best, "filter": conditions}}


def passing(filters: Filters) -> list[Query]:
    columns = {
        "genre_ids": filters.genre,
        "person_ids": filters.person,
        "type": filters.type,
        "access": filters.access,
        "countries": filters.country,
    }
    found = [has(name, value) for name, value in columns.items() if value is not None]
    bounds = {
        "year": {"gte": filters.year_from, "lte": filters.year_to},
        "age": {"lte": filters.age_rating_max},
    }
    for field, bound in bounds.items():
        if given := {name: value for name, value in bound.items() if value is not None}:
            found.append({"range": {field: given}})
    return found


def has(column: str, value: object) -> Query:
    return {"term": {"term": term(column, value)}}
