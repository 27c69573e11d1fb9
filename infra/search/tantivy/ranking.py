"""Matches in their order, however far down a page begins.

One query gives each document the number of the best tier that it is in. Tiers that are
complete among the first of these are put in order here; a tier with more documents than
that is read by rank, in the engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import Query, Searcher

from infra.search.tantivy.places import Hit, Place, by_rank, count, placed
from infra.search.tantivy.queries import all_of, any_of, scored

#: How many documents are looked at before it is asked for by rank.
GLANCE = 200


@dataclass(frozen=True, slots=True)
class Ranking:
    searcher: Searcher
    #: The tiers, the best first.
    meanings: Sequence[Query]
    conditions: Sequence[Query]

    @property
    def matching(self) -> Query:
        return all_of([*self.conditions, any_of(self.meanings)])

    def first(self, limit: int) -> tuple[list[Hit], int]:
        """So many of them, or a few more, and how many there are."""
        if len(self.meanings) == 1:
            total = count(self.searcher, self.matching)
            return self.further(limit, None), total
        query = scored(self.meanings, self.conditions)
        found = self.searcher.search(query, GLANCE, count=True)
        total = int(found.count)  # type: ignore[attr-defined]
        tiers = [(self.tier(score), address) for score, address in found.hits]
        if total <= len(tiers):
            return placed(self.searcher, tiers), total
        cut = tiers[-1][0]
        complete = placed(self.searcher, [one for one in tiers if one[0] < cut])
        if len(complete) >= limit:
            return complete, total
        more = self.further(limit - len(complete), None, cut)
        return complete + more, total

    def tier(self, score: float) -> int:
        return len(self.meanings) - round(score)

    def further(self, limit: int, after: Place | None, tier: int = 0) -> list[Hit]:
        """From a place on, or from the beginning of a tier."""
        hits: list[Hit] = []
        for number in range(after.tier if after else tier, len(self.meanings)):
            if len(hits) >= limit:
                break
            query = all_of(
                [*self.conditions, self.meanings[number]], self.meanings[:number]
            )
            here = after if after and number == after.tier else None
            hits += by_rank(self.searcher, query, number, limit - len(hits), here)
        return hits
