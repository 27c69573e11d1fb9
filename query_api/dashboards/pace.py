"""How fast something moves, as seen by whoever looks at it now and then."""

from collections.abc import Callable, Mapping
from time import monotonic

#: Two looks that are nearer say nothing, in seconds.
NEAR = 2.0


class Pace:
    """Between this look and one that was some seconds ago, or more."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self.now = now
        self.last: tuple[float, Mapping[str, int]] | None = None
        self.known: Mapping[str, int] = {}

    def of(self, positions: Mapping[str, int]) -> Mapping[str, int]:
        """In steps a second; nothing is known at the first look."""
        moment = self.now()
        if self.last is None:
            self.last = (moment, positions)
            return self.known
        before, were = self.last
        if moment - before >= NEAR:
            self.last = (moment, positions)
            self.known = {
                name: round((position - were.get(name, position)) / (moment - before))
                for name, position in positions.items()
            }
        return self.known
