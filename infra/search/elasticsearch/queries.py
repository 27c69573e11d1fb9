"""The words that a search is put in, in Elasticsearch's query language."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from infra.search.elasticsearch.shape import term
from infra.search.likeness import Trait
from projections.search import Facet, Filters
from projections.visibility import Viewer

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

    def some(self, queries: Sequence[Query], least: int) -> Query:
        return {"bool": {"should": queries, "minimum_should_match": least}}

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


def passing(filters: Filters) -> Mapping[Facet, Query]:
    """The condition of each facet that is filtered by."""
    columns: dict[Facet, tuple[str, Sequence[object]]] = {
        "genre": ("genre_ids", filters.genre),
        "person": ("person_ids", filters.person),
        "type": ("type", filters.type),
        "access": ("access", filters.access),
        "country": ("countries", filters.country),
    }
    found: dict[Facet, Query] = {
        facet: {"terms": {"term": [term(column, value) for value in values]}}
        for facet, (column, values) in columns.items()
        if values
    }
    if filters.year_from is not None or filters.year_to is not None:
        found["year"] = between("year", filters.year_from, filters.year_to)
    if filters.age_rating or filters.age_rating_max is not None:
        found["age_rating"] = {"bool": {"filter": [*aged(filters)]}}
    return found


def aged(filters: Filters) -> Iterator[Query]:
    if filters.age_rating:
        yield {"terms": {"age": filters.age_rating}}
    if filters.age_rating_max is not None:
        yield between("age", None, filters.age_rating_max)


def between(field: str, least: int | None, most: int | None) -> Query:
    return {"range": {field: {"gte": least, "lte": most}}}


def shown_to(viewer: Viewer) -> list[Query]:
    """What films have to fulfil to be shown."""
    now = viewer.now.isoformat()
    opened = {"range": {"windows.opens": {"lte": now}}}
    closing = {"range": {"windows.closes": {"gt": now}}}
    here = {"term": {"windows.countries": viewer.country}}
    is_open = [
        unless_missing("windows.opens", opened),
        unless_missing("windows.closes", closing),
        unless_missing("windows.countries", here),
    ]
    nested = {"path": "windows", "query": {"bool": {"filter": is_open}}}
    always = {"bool": {"must_not": {"term": {"is_windowed": True}}}}
    shown: list[Query] = [
        has("kind", "film"),
        {"bool": {"should": [always, {"nested": nested}]}},
    ]
    if viewer.age_max is not None:
        shown.append(between("age", None, viewer.age_max))
    return shown


def unless_missing(field: str, query: Query) -> Query:
    missing = {"bool": {"must_not": {"exists": {"field": field}}}}
    return {"bool": {"should": [query, missing]}}


def alike(
    shared: Sequence[Trait],
    helping: Sequence[Trait],
    shown: Sequence[Query],
    this: Query,
) -> Query:
    """Scored by what is shared with one film, and by nothing else."""
    worth = [
        {"constant_score": {"filter": having(trait), "boost": trait.weight}}
        for trait in (*shared, *helping)
    ]
    one_of_them = {"bool": {"should": [having(trait) for trait in shared]}}
    conditions = [*shown, one_of_them]
    return {"bool": {"filter": conditions, "must_not": this, "should": worth}}


def having(trait: Trait) -> Query:
    if trait.within is not None:
        middle = int(trait.value)
        return between(trait.column, middle - trait.within, middle + trait.within)
    if trait.column == "title":
        return {"term": {"title": trait.value}}
    return has(trait.column, trait.value)


def has(column: str, value: object) -> Query:
    return {"term": {"term": term(column, value)}}
