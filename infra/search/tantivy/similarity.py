"""Films that are like one film, from the embedded index."""

from collections.abc import Sequence

from tantivy import Occur, Query, Searcher

from infra.search.likeness import Trait, essential, helpful
from infra.search.tantivy.layout import FIELD_OF
from infra.search.tantivy.places import Hit, placed
from infra.search.tantivy.queries import (
    all_of,
    any_of,
    between,
    same,
    silent,
    term_of,
)
from projections.search import Document

#: Those that are equally alike are put in order here.
GLANCE = 2_000


def like(
    searcher: Searcher, film: Document, shown: Sequence[Query], limit: int
) -> list[Hit]:
    shared = [*essential(film)]
    if not shared:
        return []
    others = all_of([*shown, any_of(map(having, shared))], [same(film.id)])
    worth = [
        (Occur.Should, Query.const_score_query(having(trait), float(trait.weight)))
        for trait in (*shared, *helpful(film))
    ]
    query = Query.boolean_query([(Occur.Must, silent(others)), *worth])
    found = searcher.search(query, GLANCE, count=False).hits
    hits = [(-round(score), address) for score, address in found]
    return placed(searcher, hits)[:limit]


def having(trait: Trait) -> Query:
    if trait.within is not None:
        middle = int(trait.value)
        return between(trait.column, middle - trait.within, middle + trait.within)
    return term_of(FIELD_OF.get(trait.column, trait.column), trait.value)
