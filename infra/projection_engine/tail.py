"""The end of the log, read once for all engines of a process that are level with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from domain.kernel.messages import Recorded
from infra.eventstore.feed import Page, Unreadable
from infra.projection_engine.log import Log
from infra.projection_engine.store import partition_of

RECENT = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """All facts after one position, as of a moment."""

    asked_at: float
    after: int
    page: Page


class Tail:
    """Whoever is further behind reads for itself."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.lock = Lock()
        self.seen = Seen(0.0, 0, Page((), 0))

    def read(
        self,
        after: int,
        kinds: Sequence[type],
        limit: int,
        partitions: range | None = None,
    ) -> Page:
        page = self.recent(after) if limit >= RECENT else None
        if page is None:
            return self.log.read(after, kinds, limit, partitions)
        facts = [
            fact
            for fact in page.facts
            if fact.position > after
            and type(fact.payload) in kinds
            and (partitions is None or partition_of(fact.originator_id) in partitions)
        ]
        return Page(facts, max(page.upto, after))

    def recent(self, after: int) -> Page | None:
        """None unless it is near: asked not before this call, but maybe by another."""
        begun = monotonic()
        with self.lock:
            seen = self.seen
            if seen.asked_at >= begun and seen.after <= after:
                return seen.page
            asked_at = monotonic()
            try:
                page = self.log.read(after, (), RECENT)
            except Unreadable:  # Perhaps of a kind that this one does not want.
                return None
            if page.is_cut or len(page.facts) == RECENT:
                return None
            self.seen = Seen(asked_at, after, page)
            return page

    def pages(
        self, after: int, kinds: Sequence[type], partitions: range | None = None
    ) -> Iterable[Page]:
        return self.log.pages(after, kinds, partitions)

    def of_stream(
        self, stream: str, kinds: Sequence[type], after: int
    ) -> Iterable[Recorded[Any]]:
        return self.log.of_stream(stream, kinds, after)
