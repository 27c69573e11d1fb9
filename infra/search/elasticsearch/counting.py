"""What of each kind there is among the films that are found."""

from collections.abc import Iterable, Mapping
from typing import Any

from infra.search.counted import NAMED, Rows, listed, named
from infra.search.elasticsearch.queries import Query
from projections.search import MOST_COUNTED, Counts, Facet

FIELDS: Mapping[Facet, str] = {
    "genre": "genre_ids",
    "person": "person_ids",
    "country": "countries",
    "age_rating": "age",
}


def counting(
    filters: Mapping[Facet, Query], facets: Iterable[Facet]
) -> dict[str, Query]:
    """``filters`` by their facet: what is filtered by does not narrow its own facet."""
    return {
        facet: {
            "filter": {"bool": {"filter": others(filters, facet)}},
            "aggs": {"values": {"terms": by_value(facet)}},
        }
        for facet in facets
    }


def others(filters: Mapping[Facet, Query], facet: Facet) -> list[Query]:
    return [query for name, query in filters.items() if name != facet]


def by_value(facet: Facet) -> Mapping[str, Any]:
    """Those with most documents first, and then by value."""
    return {"field": FIELDS.get(facet, facet), "size": MOST_COUNTED}


def counts(answer: Mapping[str, Any], facets: Iterable[Facet], rows: Rows) -> Counts:
    found = {facet: listed(answer[facet]["values"]["buckets"]) for facet in facets}
    return {
        facet: named(values, rows) if facet in NAMED else values
        for facet, values in found.items()
    }
