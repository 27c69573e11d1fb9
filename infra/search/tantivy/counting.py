"""What of each kind there is among the films that are found."""

from collections.abc import Iterable, Mapping, Sequence

from tantivy import Query, Searcher

from infra.search.counted import NAMED, Rows, listed, named
from infra.search.tantivy.queries import all_of
from projections.search import Count, Counts, Facet

#: Enough for all that have something in common to be told apart by their value.
BUCKETS = 2_000
FIELDS: Mapping[Facet, str] = {"age_rating": "age"}


def counts(
    searcher: Searcher,
    found: Query,
    filters: Mapping[Facet, Query],
    facets: Iterable[Facet],
    rows: Rows,
) -> Counts:
    """``filters`` by their facet: what is filtered by does not narrow its own facet."""
    asked = list(dict.fromkeys(facets))
    free = [facet for facet in asked if facet not in filters]
    answers = aggregated(searcher, all_of([found, *filters.values()]), free)
    for facet in filters.keys() & set(asked):
        others = [query for name, query in filters.items() if name != facet]
        answers |= aggregated(searcher, all_of([found, *others]), [facet])
    return {
        facet: named(answers[facet], rows) if facet in NAMED else answers[facet]
        for facet in asked
    }


def aggregated(
    searcher: Searcher, query: Query, facets: Sequence[Facet]
) -> dict[Facet, list[Count]]:
    if not facets:
        return {}
    wanted = {
        facet: {
            "terms": {
                "field": FIELDS.get(facet, facet),
                "size": BUCKETS,
                "segment_size": BUCKETS * 10,
            }
        }
        for facet in facets
    }
    answer = searcher.aggregate(query, wanted)
    return {facet: listed(answer[facet]["buckets"]) for facet in facets}
