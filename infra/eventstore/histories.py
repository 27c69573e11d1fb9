"""The streams that a batch decides on, as they will be when it is recorded."""

from collections.abc import Iterable, Sequence
from typing import Any

from domain.kernel.messages import Recorded
from infra.eventstore.mapper import fact_of, load_keys
from infra.eventstore.recorder import LogRecorder


class Histories:
    """Reads each stream once; many of them in one query."""

    def __init__(self, recorder: LogRecorder) -> None:
        self.recorder = recorder
        self.found: dict[str, list[Recorded[Any]]] = {}
        self.changed: set[str] = set()

    def load(self, streams: Iterable[str]) -> None:
        wanted = dict.fromkeys(each for each in streams if each not in self.found)
        if not wanted:
            return
        self.found |= {stream: [] for stream in wanted}
        rows = self.recorder.select_streams([*wanted])
        load_keys(rows, self.recorder.keys)
        for row in rows:
            fact = fact_of(row, self.recorder.keys)
            self.found[fact.originator_id].append(fact)

    def __call__(self, stream: str) -> Sequence[Recorded[Any]]:
        self.load([stream])
        return self.found[stream]

    def add(self, facts: Iterable[Recorded[Any]]) -> None:
        """Decided, and not recorded yet."""
        for fact in facts:
            self.load([fact.originator_id])
            self.found[fact.originator_id].append(fact)
            self.changed.add(fact.originator_id)
