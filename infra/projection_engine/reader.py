"""What every view can answer, whatever its rows are kept in."""

from typing import Any, Generic, TypeVar

from infra.projection_engine.store import RowStore

S = TypeVar("S", bound=RowStore[Any, Any])


class Reader(Generic[S]):
    def __init__(self, store: S) -> None:
        self.store = store

    def position(self) -> int:
        return self.store.position()
