"""The same fold from nothing, beside the live store: to replace it, or to prove it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, TypeVar

from domain.kernel.messages import Recorded
from infra.eventstore.feed import Page, Unreadable
from infra.projection_engine.bulk_build import build_in_bulk
from infra.projection_engine.controls import Controls, Failures, Orders
from infra.projection_engine.engine import Engine
from infra.projection_engine.log import Log
from infra.projection_engine.relay import Relay
from infra.projection_engine.store import (
    Parked,
    RebuildIsBehind,
    Snapshot,
    StoreUnavailable,
)

K = TypeVar("K")
R = TypeVar("R")

#: Told how far it has read, each time it has read on.
Progress: TypeAlias = Callable[[int], None]
SWITCHES = 20
#: How many differences are worth reading.
ENOUGH = 100


class NeverPaused:
    """What an operator has ordered, but for the pause: that is for the live one."""

    def __init__(self, controls: Controls) -> None:
        self.controls = controls

    def orders(self, name: str) -> Orders:
        return replace(self.controls.orders(name), is_paused=False)

    def failed(self, name: str, reason: str) -> None:
        """That shows when it is done."""

    def failures(self, name: str) -> Failures:
        return self.controls.failures(name)


class Until:
    """The log as it was when it ended here."""

    def __init__(self, log: Log, end: int) -> None:
        self.log = log
        self.end = end

    def read(
        self,
        after: int,
        kinds: Sequence[type],
        limit: int,
        partitions: range | None = None,
    ) -> Page:
        try:
            page = self.log.read(after, kinds, limit, partitions)
        except Unreadable as error:
            if error.position <= self.end:
                raise
            return Page((), max(self.end, after))
        return self.cut(page, after)

    def pages(
        self, after: int, kinds: Sequence[type], partitions: range | None = None
    ) -> Iterator[Page]:
        try:
            for page in self.log.pages(after, kinds, partitions):
                yield self.cut(page, after)
                if page.upto >= self.end:
                    return
        except Unreadable as error:
            if error.position <= self.end:
                raise
            yield Page((), max(self.end, after))

    def cut(self, page: Page, after: int) -> Page:
        if page.upto <= self.end:
            return page
        facts = [fact for fact in page.facts if fact.position <= self.end]
        return Page(facts, max(self.end, after))

    def of_stream(
        self, stream: str, kinds: Sequence[type], after: int
    ) -> Iterable[Recorded[Any]]:
        for fact in self.log.of_stream(stream, kinds, after):
            if fact.position <= self.end:
                yield fact


def beside(engine: Engine[K, R], purpose: str) -> Engine[K, R]:
    return Engine(
        engine.projection,
        engine.store.beside(purpose),
        engine.feed,
        name=engine.name,
        batch=engine.batch,
        controls=NeverPaused(engine.controls),
    )


def drain(engine: Engine[K, R], progress: Progress) -> None:
    relay = Relay(engine)
    while relay.catch_up():
        progress(engine.store.position())


def rebuild(engine: Engine[K, R], progress: Progress = lambda _: None) -> None:
    """Build anew, then switch, whatever live engines do meanwhile anywhere.

    Raises ``StoreUnavailable`` and ``RebuildIsBehind`` if it cannot be switched.
    """
    fresh = beside(engine, "rebuild")
    build_in_bulk(fresh, progress)
    for attempt in range(SWITCHES):
        drain(fresh, progress)
        try:
            engine.store.switch_to(fresh.store)
        except (RebuildIsBehind, StoreUnavailable):
            if attempt == SWITCHES - 1:
                raise
        else:
            return


@dataclass(frozen=True, slots=True)
class Difference:
    key: str
    kind: Literal["missing", "unexpected", "different"]
    live: Any = None
    rebuilt: Any = None


@dataclass(frozen=True, slots=True)
class Verification:
    position: int
    rows: int
    #: How many rows differ, and the first of them.
    different: int
    differences: Sequence[Difference]
    #: What waits in the live store explains what is missing there.
    parked: Sequence[Parked]


def verify(engine: Engine[K, R], progress: Progress = lambda _: None) -> Verification:
    """Build anew up to where the live store has read, and compare row by row."""
    fresh = beside(engine, "verify")
    try:
        fresh.feed = Until(engine.feed, engine.store.position())
        build_in_bulk(fresh, progress)
        drain(fresh, progress)
        with engine.store.snapshot() as live:
            for part in level(fresh, live, engine.feed):
                drain(part, progress)
            with fresh.store.snapshot() as rebuilt:
                return compared(live, rebuilt, engine.store.parked())
    finally:
        fresh.store.discard()


def level(fresh: Engine[K, R], live: Snapshot, feed: Log) -> Iterator[Engine[K, R]]:
    """The same slices, each to be drained up to where the live one has read."""
    fresh.feed = Until(feed, min(live.positions))
    drain(fresh, lambda _: None)
    if not fresh.store.reslice(len(live.positions)):
        raise AssertionError("nobody else reads on for what is built beside")
    for part, position in zip(fresh.parts(), live.positions, strict=True):
        part.feed = Until(feed, position)
        yield part


def compared(
    live: Snapshot, rebuilt: Snapshot, parked: Sequence[Parked]
) -> Verification:
    rows = different = 0
    first: list[Difference] = []
    for found in merged(live.rows, rebuilt.rows):
        rows += 1
        if found is None:
            continue
        different += 1
        if len(first) < ENOUGH:
            first.append(found)
    return Verification(min(live.positions), rows, different, first, parked)


def merged(
    live: Iterator[tuple[str, Any]], rebuilt: Iterator[tuple[str, Any]]
) -> Iterator[Difference | None]:
    """Walk both in the order of their keys; None for what is equal."""
    ours, theirs = next(live, None), next(rebuilt, None)
    while ours or theirs:
        if theirs is None or (ours and ours[0] < theirs[0]):
            assert ours
            yield Difference(ours[0], "unexpected", live=ours[1])
            ours = next(live, None)
        elif ours is None or theirs[0] < ours[0]:
            yield Difference(theirs[0], "missing", rebuilt=theirs[1])
            theirs = next(rebuilt, None)
        else:
            is_equal = ours[1] == theirs[1]
            yield (
                None
                if is_equal
                else Difference(ours[0], "different", ours[1], theirs[1])
            )
            ours, theirs = next(live, None), next(rebuilt, None)
