"""Answers from Elasticsearch.

A score is nothing but the number of the best tier that a document is in, so the order
is the same each time, and a page begins after the last document of the page before.
"""

import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias
from uuid import UUID

from typing_extensions import override

from infra.projection_engine.reader import Reader
from infra.projection_engine.store import StoreUnavailable
from infra.search.elasticsearch.connection import reaching
from infra.search.elasticsearch.counting import counting, counts
from infra.search.elasticsearch.queries import (
    Query,
    Wording,
    alike,
    has,
    passing,
    shown_to,
    tiered,
)
from infra.search.elasticsearch.store import ElasticsearchStore
from infra.search.groups import KINDS, shared_out
from infra.search.likeness import essential, helpful
from infra.search.marks import Marking
from infra.search.tiers import suggestions, tiers
from projections.search import (
    BadPlace,
    Document,
    Facet,
    Filters,
    Found,
    SearchUnavailable,
)
from projections.visibility import Viewer

Hit: TypeAlias = Mapping[str, Any]

PLACE = re.compile(
    r"(\d{1,2})\.(\d{1,9})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
ORDER = [{"_score": "desc"}, {"popularity": "desc"}, {"key": "asc"}]
#: Seconds. Who is searching does not wait longer.
PATIENCE = 2.0


class ElasticsearchSearch(Reader[ElasticsearchStore[UUID, Document]]):
    def __init__(
        self, store: ElasticsearchStore[UUID, Document], patience: float = PATIENCE
    ) -> None:
        super().__init__(store)
        self.client = store.client.options(request_timeout=patience)

    @override
    def position(self) -> int:
        with answering():
            return self.store.position()

    def search(
        self,
        words: str,
        filters: Filters,
        viewer: Viewer,
        limit: int,
        after: str | None = None,
        facets: Sequence[Facet] = (),
    ) -> Found:
        beyond = None if after is None else read_place(after)
        asked = question(words, passing(filters), viewer, facets)
        with answering():
            answer = self.client.search(
                index=self.store.name,
                **page(limit + 1),
                **asked,
                search_after=beyond,
                track_total_hits=True,
            )
            counted = counts(answer.get("aggregations", {}), facets, self.store.load)
        hits, total = answer["hits"]["hits"], answer["hits"]["total"]["value"]
        following = place(hits[limit - 1]) if len(hits) > limit else None
        films = self.documents(hits[:limit])
        marking = Marking.of(words)
        marks = [marking.of_film(film) for film in films]
        return Found(films, total, following, marks, counted)

    def suggest(
        self, words: str, viewer: Viewer, limit: int = 10
    ) -> Sequence[Document]:
        meanings = [*suggestions(words, Wording())]
        if not meanings:
            return []
        searches: list[Mapping[str, Any]] = []
        for kind in KINDS:
            is_film = kind == "film"
            shown = shown_to(viewer) if is_film else [has("kind", kind)]
            searches += [{}, {"query": tiered(meanings, shown), **page(limit)}]
        with answering():
            answer = self.client.msearch(index=self.store.name, searches=searches)
        groups = [self.documents(hits_of(one)) for one in answer["responses"]]
        return shared_out(groups, limit)

    def similar(
        self, film_id: UUID, viewer: Viewer, limit: int
    ) -> Sequence[Document] | None:
        shown = shown_to(viewer)
        this = {"term": {"key": str(film_id)}}
        with answering():
            films = self.matching({"bool": {"filter": [this, *shown]}}, 1)
            if not films or not (shared := [*essential(films[0])]):
                return [] if films else None
            query = alike(shared, [*helpful(films[0])], shown, this)
            return self.matching(query, limit)

    def matching(self, query: Query, limit: int) -> list[Document]:
        answer = self.client.search(
            index=self.store.name, query=query, **page(limit), track_total_hits=False
        )
        return self.documents(answer["hits"]["hits"])

    def documents(self, hits: Sequence[Hit]) -> list[Document]:
        return [self.store.opened(hit) for hit in hits]


@contextmanager
def answering() -> Generator[None, None, None]:
    try:
        with reaching():
            yield
    except StoreUnavailable as error:
        raise SearchUnavailable from error


def question(
    words: str,
    narrowing: Mapping[Facet, Query],
    viewer: Viewer,
    facets: Sequence[Facet],
) -> dict[str, Any]:
    """What is counted has to be found first, so filters come after it."""
    meanings = [*tiers(words, Wording())]
    shown, filters = shown_to(viewer), [*narrowing.values()]
    if not facets:
        return {"query": tiered(meanings, [*shown, *filters])}
    return {
        "query": tiered(meanings, shown),
        "post_filter": {"bool": {"filter": filters}},
        "aggs": counting(narrowing, facets),
    }


def page(size: int) -> dict[str, Any]:
    return {"size": size, "sort": ORDER, "_source": "row"}


def hits_of(response: Mapping[str, Any]) -> Sequence[Hit]:
    """One of several searches may fail alone."""
    if "error" in response:
        raise SearchUnavailable(str(response["error"]))
    found: Sequence[Hit] = response["hits"]["hits"]
    return found


def place(hit: Hit) -> str:
    score, popularity, key = hit["sort"]
    return f"{int(score)}.{popularity}.{key}"


def read_place(text: str) -> list[Any]:
    found = PLACE.fullmatch(text)
    if found is None:
        raise BadPlace
    return [int(found[1]), int(found[2]), found[3]]
