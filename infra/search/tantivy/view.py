"""Answers from the embedded index.

Matches are taken tier by tier, in each by rank, so the order is the same each time and
a page begins after the last rank of the page before, however far down that is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from tantivy import FieldType, Occur, Query, Searcher

from infra.projection_engine.reader import Reader
from infra.projection_engine.tantivy import TantivyStore
from infra.search.groups import KINDS, shared_out
from infra.search.tantivy.layout import SCHEMA
from infra.search.tantivy.queries import Wording, of_kind, passing
from infra.search.tiers import suggestions, tiers
from projections.search import (
    BadPlace,
    Document,
    Filters,
    Found,
    SearchUnavailable,
)

PLACE = re.compile(r"(\d{1,2})\.(\d{1,20})\.(\d{1,6})")
HIGHEST = 2**64 - 1
#: What tantivy and the system raise for files that cannot be read.
FAILURES = (ValueError, OSError)

decoder = msgspec.json.Decoder(Document)


@dataclass(frozen=True, slots=True)
class Place:
    """Below this rank in this tier, but for ``skip`` that have the very same rank."""

    tier: int = 0
    rank: int = HIGHEST
    skip: int = 0

    @classmethod
    def read(cls, text: str | None) -> "Place":
        if text is None:
            return cls()
        found = PLACE.fullmatch(text)
        if found is None or int(found[2]) > HIGHEST:
            raise BadPlace
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        return f"{self.tier}.{self.rank}.{self.skip}"


@dataclass(frozen=True, slots=True)
class Hit:
    document: Document
    tier: int
    rank: int


class TantivySearch(Reader[TantivyStore[UUID, Document]]):
    def search(
        self, words: str, filters: Filters, limit: int, after: str | None = None
    ) -> Found:
        place = Place.read(after)
        conditions = [of_kind("film"), *passing(filters)]
        meanings = [*tiers(words, Wording())]
        try:
            searcher = self.store.searcher()
            total = count(searcher, [*conditions, any_of(meanings)])
            hits = taken(searcher, meanings, conditions, place, limit + 1)
        except FAILURES as error:
            raise SearchUnavailable from error
        page = hits[:limit]
        following = str(beyond(page, place)) if len(hits) > limit else None
        return Found([hit.document for hit in page], total, following)

    def suggest(self, words: str, limit: int = 10) -> Sequence[Document]:
        meanings = [*suggestions(words, Wording())]
        try:
            searcher = self.store.searcher()
            groups = [
                taken(searcher, meanings, [of_kind(kind)], Place(), limit)
                for kind in KINDS
            ]
        except FAILURES as error:
            raise SearchUnavailable from error
        return [hit.document for hit in shared_out(groups, limit)]


def taken(
    searcher: Searcher,
    meanings: Sequence[Query],
    conditions: Sequence[Query],
    place: Place,
    limit: int,
) -> list[Hit]:
    hits: list[Hit] = []
    for tier, meaning in enumerate(meanings):
        if tier < place.tier or len(hits) >= limit:
            continue
        better = meanings[:tier]
        here = place if tier == place.tier else Place()
        query = combined([*conditions, meaning, below(here.rank)], better)
        found = searcher.search(
            query,
            limit - len(hits),
            count=False,
            order_by_field="rank",
            offset=here.skip,
        )
        for rank, address in found.hits:
            row = searcher.doc(address).get_first("row")
            assert row is not None
            hits.append(Hit(decoder.decode(bytes(row)), tier, rank))
    return hits


def combined(conditions: Sequence[Query], exceptions: Sequence[Query] = ()) -> Query:
    musts = [(Occur.Must, query) for query in conditions]
    return Query.boolean_query(
        [*musts, *((Occur.MustNot, query) for query in exceptions)]
    )


def any_of(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def below(rank: int) -> Query:
    if rank == HIGHEST:
        return Query.all_query()
    return Query.range_query(SCHEMA, "rank", FieldType.Unsigned, 0, rank)


def count(searcher: Searcher, conditions: Sequence[Query]) -> int:
    found = searcher.search(combined(conditions), 1, count=True)
    return int(found.count)  # type: ignore[attr-defined]


def beyond(page: Sequence[Hit], before: Place) -> Place:
    last = page[-1]
    equals = sum((hit.tier, hit.rank) == (last.tier, last.rank) for hit in page)
    if (before.tier, before.rank) == (last.tier, last.rank):
        equals += before.skip
    return Place(last.tier, last.rank, equals)
