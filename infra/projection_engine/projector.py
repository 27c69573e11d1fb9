"""An engine that runs while this process owns what it works on; else it stands by."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

from psycopg import Error

from infra.projection_engine import metrics
from infra.projection_engine.bulk_build import begin_in_bulk
from infra.projection_engine.engine import Engine
from infra.projection_engine.ownership import Ownership
from infra.projection_engine.relay import Relay
from infra.projection_engine.store import PositionMoved

logger = logging.getLogger(__name__)

#: How often, in seconds, it is looked whether somebody has come or gone.
INTERVAL = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """One slice; whichever thread finds it free works on it."""

    engine: Engine[Any, Any]
    relay: Relay[Any, Any]
    lock: Lock = field(default_factory=Lock)


def part_of(engine: Engine[Any, Any]) -> Part:
    return Part(engine, Relay(engine))


class Share:
    """What this process has of one read model."""

    def __init__(
        self,
        engine: Engine[Any, Any],
        ownership: Ownership,
        workers: int = 1,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self.engine = engine
        self.ownership = ownership
        self.workers = workers if engine.projection.is_by_stream else 1
        self.now = now
        self.lock = Lock()
        self.parts: Sequence[Part] = ()
        self.due = 0.0
        self.is_resliced = False

    def owned(self) -> Sequence[Part]:
        with self.lock:
            if self.now() >= self.due:
                before, self.parts = self.parts, ()
                self.parts = self.claimed(before)
                self.due = self.now() + INTERVAL
            return self.parts

    def claimed(self, before: Sequence[Part]) -> Sequence[Part]:
        store = self.engine.store
        if not self.is_resliced:
            self.is_resliced = store.reslice(self.workers)
        slices = store.shares()
        mine = self.ownership.claim(store.identity(), len(slices))
        known = {part.engine.store.slice: part for part in before}
        return [
            known.get(each) or part_of(self.engine.of(store.sliced(each)))
            for each in slices
            if each.number in mine
        ]

    def look_again(self) -> None:
        self.due = 0.0


class Projector:
    """One of the threads that work on a share."""

    def __init__(self, share: Share, number: int = 0) -> None:
        self.share = share
        is_alone = share.workers == 1
        name = share.engine.name
        self.name = name if is_alone else f"{name} {number + 1}/{share.workers}"
        self.was_moved = False

    def catch_up(self) -> int:
        return sum(self.project(part) for part in self.share.owned())

    def project(self, part: Part) -> int:
        if not part.lock.acquire(blocking=False):
            return 0
        try:
            begin_in_bulk(part.engine)
            handled = part.relay.catch_up()
        except PositionMoved:
            return self.give_way()
        except Exception as error:
            self.tell(error)
            raise
        else:
            self.was_moved = False
            return handled
        finally:
            part.lock.release()

    def tell(self, error: Exception) -> None:
        engine = self.share.engine
        metrics.failed(engine.name, type(error).__name__)
        with suppress(Error):  # It may be what has failed.
            engine.controls.failed(engine.name, repr(error))

    def give_way(self) -> int:
        """An operator has intervened, or somebody else has taken over: look again."""
        logger.info("%s has been moved by somebody else", self.name)
        self.share.look_again()
        is_first_time, self.was_moved = not self.was_moved, True
        return int(is_first_time)

    def is_at_rest(self) -> bool:
        return self.share.engine.is_at_rest()


def projectors(
    engine: Engine[Any, Any], ownership: Ownership, workers: int
) -> list[Projector]:
    share = Share(engine, ownership, workers)
    return [Projector(share, number) for number in range(share.workers)]
