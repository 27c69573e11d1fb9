"""What facts make of the rows of a store."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from domain.kernel.messages import Recorded
from projections.projection import Index, Lookup, Projection, fold_located

K = TypeVar("K")
R = TypeVar("R")

NO_ROWS: Mapping[Any, Any] = {}


class Source(Protocol[K, R]):
    """Of a ``RowStore``, what is read."""

    def load(self, keys: Collection[K]) -> dict[K, R]: ...

    def find(self, column: str, value: object) -> Iterable[K]: ...


def folded(
    projection: Projection[K, R],
    store: Source[K, R],
    facts: Sequence[Recorded[Any]],
) -> dict[K, R | None]:
    """What the facts make of the store's rows."""
    if projection.is_by_row:
        return folded_row_by_row(projection, store, facts)
    return folded_together(projection, store, facts)


def folded_row_by_row(
    projection: Projection[K, R],
    store: Source[K, R],
    facts: Sequence[Recorded[Any]],
) -> dict[K, R | None]:
    groups: dict[K, list[Recorded[Any]]] = {}
    for fact in facts:
        for key in projection.keys(fact, no_lookup):
            groups.setdefault(key, []).append(fact)
    rows = store.load(groups)
    changed: dict[K, R | None] = {}
    for key, group in groups.items():
        before = row = rows.get(key)
        for fact in group:
            row = projection.evolve(row, fact, NO_ROWS)
        if row is not before:
            changed[key] = row
    return changed


def no_lookup(field: str, value: object) -> Iterable[Any]:
    raise LookupError(f"a row that is folded by itself looks for {field} {value!r}")


def folded_together(
    projection: Projection[K, R],
    store: Source[K, R],
    facts: Sequence[Recorded[Any]],
) -> dict[K, R | None]:
    """Rows that look at one another.

    Which rows a fact touches is asked before they are loaded, and once more while they
    change, unless the answer cannot have become another: nothing was looked up.
    """
    lookup = Attentive(store.find)
    asked: list[tuple[K, ...] | None] = []
    touched: set[K] = set()
    for fact in facts:
        keys = tuple(projection.keys(fact, lookup))
        touched.update(keys)
        asked.append(None if lookup.was_used() else keys)
    index = Index(store.load(touched))
    located = (
        (fact, projection.keys(fact, index) if keys is None else keys)
        for fact, keys in zip(facts, asked, strict=True)
    )
    changed = fold_located(projection, index, located)
    return {key: index.rows.get(key) for key in changed}


class Attentive(Generic[K]):
    """A lookup that remembers whether it has been asked since."""

    def __init__(self, lookup: Lookup[K]) -> None:
        self.lookup = lookup
        self.uses = 0

    def __call__(self, field: str, value: object) -> Iterable[K]:
        self.uses += 1
        return self.lookup(field, value)

    def was_used(self) -> bool:
        uses, self.uses = self.uses, 0
        return uses > 0
