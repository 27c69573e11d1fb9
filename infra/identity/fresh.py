"""What was read a moment ago, so that one page's requests ask only once."""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

MOST = 10_000


class Fresh(Generic[K, V]):
    """Reads again what is older than so many seconds."""

    def __init__(self, read: Callable[[K], V], seconds: float) -> None:
        self.read = read
        self.seconds = seconds
        self.kept: dict[K, tuple[float, V]] = {}

    def __call__(self, key: K) -> V:
        now = monotonic()
        kept = self.kept.get(key)
        if kept and now < kept[0] + self.seconds:
            return kept[1]
        value = self.read(key)
        if len(self.kept) >= MOST:
            self.kept.clear()
        # The age counts from before the reading: what changed during it is newer.
        self.kept[key] = (now, value)
        return value

    def forget(self) -> None:
        self.kept.clear()
