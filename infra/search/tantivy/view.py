"""Answers from the embedded index."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from uuid import UUID

import msgspec
from tantivy import Query, Searcher

from infra.projection_engine.reader import Reader
from infra.projection_engine.tantivy import TantivyStore
from infra.search.groups import KINDS, shared_out
from infra.search.marks import Marking
from infra.search.tantivy.counting import counts
from infra.search.tantivy.places import Hit, Place, count
from infra.search.tantivy.queries import (
    Wording,
    all_of,
    of_kind,
    passing,
    same,
    shown_to,
)
from infra.search.tantivy.ranking import Ranking
from infra.search.tantivy.similarity import like
from infra.search.tiers import suggestions, tiers
from projections.search import Document, Facet, Filters, Found, SearchUnavailable
from projections.visibility import Viewer

#: What tantivy and the system raise for files that cannot be read.
FAILURES = (ValueError, OSError)

decoder = msgspec.json.Decoder(Document)


class TantivySearch(Reader[TantivyStore[UUID, Document]]):
    def search(
        self,
        words: str,
        filters: Filters,
        viewer: Viewer,
        limit: int,
        after: str | None = None,
        facets: Sequence[Facet] = (),
    ) -> Found:
        place = None if after is None else Place.read(after)
        meanings = [*tiers(words, Wording())]
        narrowing = passing(filters)
        with reading(self.store) as searcher:
            shown = [*shown_to(viewer, searcher)]
            ranking = Ranking(searcher, meanings, [*shown, *narrowing.values()])
            if place is None:
                hits, total = ranking.first(limit + 1)
            else:
                hits = ranking.further(limit + 1, place)
                total = ranking.total
            page = hits[:limit]
            films = documents(searcher, page)
            everything = Ranking(searcher, meanings, shown).matching
            counted = counts(searcher, everything, narrowing, facets, self.store.load)
        following = str(Place.of(page[-1])) if len(hits) > limit else None
        marking = Marking.of(words)
        marks = [marking.of_film(film) for film in films]
        return Found(films, total, following, marks, counted)

    def suggest(
        self, words: str, viewer: Viewer, limit: int = 10
    ) -> Sequence[Document]:
        meanings = [*suggestions(words, Wording())]
        if not meanings:
            return []
        groups: list[list[Document]] = []
        with reading(self.store) as searcher:
            for kind in KINDS:
                is_film = kind == "film"
                shown = [*shown_to(viewer, searcher)] if is_film else [of_kind(kind)]
                hits, _ = Ranking(searcher, meanings, shown).best(limit)
                groups.append(documents(searcher, hits[:limit]))
        return shared_out(groups, limit)

    def similar(
        self, film_id: UUID, viewer: Viewer, limit: int
    ) -> Sequence[Document] | None:
        with reading(self.store) as searcher:
            shown = [*shown_to(viewer, searcher)]
            film = self.store.load([film_id]).get(film_id)
            if film is None or not is_among(searcher, film, shown):
                return None
            return documents(searcher, like(searcher, film, shown, limit))


@contextmanager
def reading(
    store: TantivyStore[UUID, Document],
) -> Generator[Searcher, None, None]:
    try:
        yield store.searcher()
    except FAILURES as error:
        raise SearchUnavailable from error


def is_among(searcher: Searcher, film: Document, shown: Sequence[Query]) -> bool:
    return count(searcher, all_of([same(film.id), *shown])) > 0


def documents(searcher: Searcher, hits: Sequence[Hit]) -> list[Document]:
    found = []
    for hit in hits:
        row = searcher.doc(hit.address).get_first("row")
        assert row is not None
        found.append(decoder.decode(bytes(row)))
    return found
