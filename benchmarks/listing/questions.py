"""What lists are asked for: by each filter alone, and by whatever goes together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeAlias
from urllib.parse import urlencode

from benchmarks.listing.films import COUNTRIES, Catalogue
from projections.catalogue import Sort, SortKey
from projections.search import Filters

SORTS: tuple[SortKey, ...] = ("rating", "release_date", "title", "popularity")
Parameters: TypeAlias = dict[str, Any]
Filter: TypeAlias = Callable[[Random, Catalogue], Parameters]


@dataclass(frozen=True, slots=True)
class Question:
    sort: Sort
    limit: int = 20
    parameters: Parameters = field(default_factory=dict)

    @property
    def filters(self) -> Filters:
        return Filters(
            **{name: value for name, value in self.parameters.items() if name != AGE}
        )

    @property
    def age_max(self) -> int | None:
        age: int | None = self.parameters.get(AGE)
        return age

    @property
    def address(self) -> str:
        order = f"{'-' if self.sort.descending else ''}{self.sort.by}"
        asked = {**self.parameters, "sort": order, "limit": self.limit}
        return f"/query/v1/films?{urlencode(asked, doseq=True)}"


AGE = "age_rating_max"


def few(chance: Random, values: Any) -> tuple[Any, ...]:
    return tuple(chance.sample(values, chance.choice((1, 1, 2))))


def years(chance: Random, _: Catalogue) -> Parameters:
    first = chance.randint(1930, 2026)
    return {"year_from": first, "year_to": min(2026, first + chance.randint(0, 40))}


FILTERS: Mapping[str, Filter] = {
    "genre": lambda chance, shop: {"genre": few(chance, shop.genres)},
    "country": lambda chance, _: {"country": few(chance, COUNTRIES)},
    "person": lambda chance, shop: {"person": few(chance, shop.people)},
    "type": lambda chance, _: {"type": (chance.choice(("movie", "series")),)},
    "access": lambda chance, _: {
        "access": (chance.choice(("free", "registered", "subscription")),)
    },
    "age": lambda chance, _: {AGE: chance.choice((0, 6, 12, 16))},
    "years": years,
}
#: A person has so few films that nothing else matters beside it.
COMBINED = [name for name in FILTERS if name != "person"]


def some_sort(chance: Random, by: SortKey | None = None) -> Sort:
    chosen = chance.choice(SORTS) if by is None else by
    return Sort(chosen, chance.random() < 0.5)


def combined(chance: Random, shop: Catalogue, limit: int = 20) -> Question:
    names = chance.sample(COMBINED, chance.randint(2, 6))
    parameters: Parameters = {}
    for name in names:
        parameters |= FILTERS[name](chance, shop)
    return Question(some_sort(chance), limit, parameters)


def kinds(shop: Catalogue, number: int, seed: int = 3) -> dict[str, list[Question]]:
    """So many questions of each kind."""
    chance = Random(seed)  # noqa: S311
    found = {
        f"all, by {by}": [Question(some_sort(chance, by)) for _ in range(number)]
        for by in SORTS
    }
    for name, make in FILTERS.items():
        found[f"by {name}"] = [
            Question(some_sort(chance), 20, make(chance, shop)) for _ in range(number)
        ]
    found["2–6 filters"] = [combined(chance, shop) for _ in range(number * 4)]
    found["2–6 filters, 100 rows"] = [
        combined(chance, shop, limit=100) for _ in range(number)
    ]
    return found
