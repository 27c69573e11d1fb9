"""Matches in their order, however far down a page begins.

Tiers are asked for one after the other, each by rank and no further than the page goes:
alone they cost little, together they are asked for in each document that any of them
may have.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import DocAddress, Query, Searcher

from infra.search.tantivy.places import Hit, Place, by_rank, count
from infra.search.tantivy.queries import all_of, any_of


@dataclass(frozen=True, slots=True)
class Ranking:
    searcher: Searcher
    #: The tiers, the best first.
    meanings: Sequence[Query]
    conditions: Sequence[Query]

    @property
    def matching(self) -> Query:
        return all_of([*self.conditions, any_of(self.meanings)])

    @property
    def total(self) -> int:
        return count(self.searcher, self.matching)

    def first(self, limit: int) -> tuple[list[Hit], int]:
        """So many of them, or a few more, and how many there are."""
        hits, are_all = self.best(limit)
        return hits, len(hits) if are_all else self.total

    def best(self, limit: int) -> tuple[list[Hit], bool]:
        """So many of them, or a few more, and whether these are all."""
        hits: list[Hit] = []
        seen: set[tuple[int, int]] = set()
        are_all = True
        for tier in range(len(self.meanings)):
            if len(hits) >= limit:
                return hits, False
            found, is_whole = self.tier(tier, limit, seen)
            seen.update(key(hit.address) for hit in found)
            hits += found
            are_all = are_all and is_whole
        return hits, are_all

    def tier(
        self, number: int, limit: int, seen: set[tuple[int, int]]
    ) -> tuple[list[Hit], bool]:
        """So many that no better one has, and whether these are all."""
        query = all_of([*self.conditions, self.meanings[number]])
        hits, are_all = by_rank(self.searcher, query, number, limit + len(seen), None)
        return [hit for hit in hits if key(hit.address) not in seen], are_all

    def further(self, limit: int, after: Place) -> list[Hit]:
        """From a place on."""
        hits: list[Hit] = []
        for number in range(after.tier, len(self.meanings)):
            if len(hits) >= limit:
                break
            query = all_of(
                [*self.conditions, self.meanings[number]], self.meanings[:number]
            )
            here = after if number == after.tier else None
            found, _ = by_rank(self.searcher, query, number, limit - len(hits), here)
            hits += found
        return hits


def key(address: DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc
