"""What facts make of the rows of a store."""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from domain.kernel.messages import Recorded
from infra.projection_engine.store import RowStore
from projections.projection import Index, Lookup, Projection, fold_located

K = TypeVar("K")
R = TypeVar("R")


def folded(
    projection: Projection[K, R],
    store: RowStore[K, R],
    facts: Sequence[Recorded[Any]],
) -> dict[K, R | None]:
    """What the facts make of the store's rows.

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
