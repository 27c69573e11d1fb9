"""The streams that a batch decides on, as they will be when it is recorded."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from domain.kernel.decider import Decider
from domain.kernel.messages import Recorded
from infra.eventstore.mapper import facts_of
from infra.eventstore.recorder import LogRecorder, Row
from infra.eventstore.snapshots import (
    BEGINNING,
    Start,
    is_kept,
    is_snapshot,
    opened,
    program,
)


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
        for fact in facts_of([*self.rows([*wanted])], self.recorder.keys):
            self.found[fact.originator_id].append(fact)

    def rows(self, streams: Sequence[str]) -> Iterable[Row]:
        return self.recorder.select_streams(streams)

    def __call__(self, stream: str) -> Sequence[Recorded[Any]]:
        if stream not in self.found:
            self.load([stream])
        return self.found[stream]

    def add(self, facts: Iterable[Recorded[Any]]) -> None:
        """Decided, and not recorded yet."""
        for fact in facts:
            stream = fact.originator_id
            if stream not in self.found:
                self.load([stream])
            self.found[stream].append(fact)
            self.changed.add(stream)


class States(Histories):
    """Of long streams, reads what came after the last snapshot only."""

    def __init__(self, recorder: LogRecorder) -> None:
        super().__init__(recorder)
        self.starts: dict[str, Start] = {}

    def rows(self, streams: Sequence[str]) -> Iterable[Row]:
        if any(map(is_kept, streams)):
            return self.resumed(self.recorder.select_resumed(streams, program()))
        return super().rows(streams)

    def resumed(self, rows: Iterable[Row]) -> Iterator[Row]:
        damaged = set()
        for row in rows:
            stream, *_ = row
            if is_snapshot(row):
                start = opened(row, self.recorder.keys)
                if start is None:
                    damaged.add(stream)
                else:
                    self.starts[stream] = start
            elif stream not in damaged:
                yield row
        yield from self.recorder.select_streams(damaged) if damaged else ()

    def version(self, stream: str) -> int:
        facts = self(stream)
        return self.starts.get(stream, BEGINNING).version + len(facts)

    def state(self, decider: Decider[Any, Any, Any], stream: str) -> Any:
        facts = self(stream)
        since = self.starts.get(stream, BEGINNING).state
        return decider.fold((fact.payload for fact in facts), since)
