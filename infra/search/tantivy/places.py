"""Where a page of the embedded index ended, and what comes after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from tantivy import DocAddress, FieldType, Query, Searcher

from infra.search.tantivy.layout import SCHEMA
from infra.search.tantivy.queries import all_of
from projections.search import BadPlace

PLACE = re.compile(r"(\d{1,2})\.(\d{1,20})\.(\d{1,20})")
HIGHEST = 2**64 - 1


@dataclass(frozen=True, slots=True)
class Hit:
    """Sorted as they are shown: by tier, the higher rank first, the smaller tail."""

    tier: int
    rank: int
    tail: int
    address: DocAddress

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.tier, -self.rank, self.tail)


@dataclass(frozen=True, slots=True)
class Place:
    """The last hit of a page."""

    tier: int
    rank: int
    tail: int

    @classmethod
    def read(cls, text: str) -> Self:
        found = PLACE.fullmatch(text)
        if found is None:
            raise BadPlace
        tier, rank, tail = map(int, found.groups())
        if max(rank, tail) > HIGHEST:
            raise BadPlace
        return cls(tier, rank, tail)

    @classmethod
    def of(cls, hit: Hit) -> Self:
        return cls(hit.tier, hit.rank, hit.tail)

    def __str__(self) -> str:
        return f"{self.tier}.{self.rank}.{self.tail}"


def by_rank(
    searcher: Searcher, query: Query, tier: int, limit: int, after: Place | None
) -> tuple[list[Hit], bool]:
    """The first ones of a tier, and whoever has the same rank as the last of them.

    And whether these are all that are left of it.
    """
    hits: list[Hit] = []
    upto = HIGHEST
    if after is not None:
        equal = ranked(searcher, query, tier, (after.rank, after.rank))
        hits += [hit for hit in equal if hit.tail > after.tail]
        upto = after.rank - 1
    if upto < 0 or len(hits) >= limit:
        return hits, upto < 0
    # One more shows whether the last one is alone with its rank.
    found = searcher.search(
        within(query, 0, upto), limit + 1, count=False, order_by_field="rank"
    ).hits
    if len(found) <= limit:
        return hits + placed(searcher, [(tier, each) for _, each in found]), True
    (last, _), (following, _) = found[-2:]
    if last != following:
        shown = [(tier, address) for _, address in found[:-1]]
        return hits + placed(searcher, shown), False
    above = [(tier, address) for rank, address in found if rank > last]
    equal = ranked(searcher, query, tier, (last, last))
    return [*hits, *placed(searcher, above), *equal], False


def ranked(
    searcher: Searcher, query: Query, tier: int, bounds: tuple[int, int]
) -> list[Hit]:
    """All between these ranks, in order."""
    bounded = within(query, *bounds)
    size = max(1, count(searcher, bounded))
    found = searcher.search(bounded, size, count=False).hits
    return placed(searcher, [(tier, address) for _, address in found])


def placed(searcher: Searcher, found: Sequence[tuple[int, DocAddress]]) -> list[Hit]:
    if not found:
        return []
    addresses = [address for _, address in found]
    ranks = searcher.fast_field_values("rank", addresses)
    tails = searcher.fast_field_values("tail", addresses)
    hits = [
        Hit(tier, int(rank or 0), int(tail or 0), address)
        for (tier, address), rank, tail in zip(found, ranks, tails, strict=True)
    ]
    return sorted(hits, key=lambda hit: hit.order)


def within(query: Query, least: int, most: int) -> Query:
    if (least, most) == (0, HIGHEST):
        return query
    bounds = Query.range_query(SCHEMA, "rank", FieldType.Unsigned, least, most)
    return all_of([query, bounds])


def count(searcher: Searcher, query: Query) -> int:
    found = searcher.search(query, 1, count=True)
    return int(found.count)  # type: ignore[attr-defined]
