"""Rows that an engine has written need not be loaded again, while it catches up."""

from collections.abc import Collection, Iterable
from typing import Generic, TypeVar

from infra.projection_engine.store import Changes, Checkpoint, RowStore

K = TypeVar("K")
R = TypeVar("R")

#: Rows: some hundred megabytes at most, and only until it is level.
MOST = 150_000


class Kept(Generic[K, R]):
    """A store's rows as of one checkpoint: whatever else moves that makes it forget."""

    def __init__(self, store: RowStore[K, R], most: int = MOST) -> None:
        self.store = store
        self.most = most
        self.checkpoint = Checkpoint()
        self.rows: dict[K, R | None] = {}

    @property
    def is_full(self) -> bool:
        return len(self.rows) > self.most

    def as_of(self, checkpoint: Checkpoint) -> None:
        if self.checkpoint != checkpoint or self.is_full:
            self.forget()
        self.checkpoint = checkpoint

    def forget(self) -> None:
        self.rows = {}

    def load(self, keys: Collection[K]) -> dict[K, R]:
        if missing := [key for key in keys if key not in self.rows]:
            loaded = self.store.load(missing)
            self.rows.update((key, loaded.get(key)) for key in missing)
        found: dict[K, R] = {}
        for key in keys:
            row = self.rows[key]
            if row is not None:
                found[key] = row
        return found

    def find(self, column: str, value: object) -> Iterable[K]:
        return self.store.find(column, value)

    def written(
        self, changes: Changes[K, R], before: Checkpoint, after: Checkpoint
    ) -> None:
        self.as_of(before)
        self.rows.update(changes.rows)
        self.checkpoint = after
