"""Reads a log in order, thousands of facts at a time, the next page while this one is
worked on.
"""

from collections.abc import Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import Any, TypeAlias

from domain.kernel.messages import Recorded
from infra.eventstore.mapper import fact_of, load_keys
from infra.eventstore.recorder import LogRecorder, Row
from infra.garbage import uncollected

PAGE = 5_000
#: Pages.
AHEAD = 2
#: Seconds between two looks whether the reader has gone.
PATIENCE = 0.1

Item: TypeAlias = "list[Row] | BaseException | None"


class PageReader:
    """Ends at the head that the log has when it begins."""

    def __init__(self, recorder: LogRecorder, size: int = PAGE) -> None:
        self.recorder = recorder
        self.size = size

    def pages(self, after: int = 0) -> Iterator[list[Recorded[Any]]]:
        """Raises ``LookupError`` and ``msgspec.MsgspecError``: what is unreadable."""
        for rows in self.rows(after):
            keys = self.recorder.keys
            with uncollected():
                load_keys(rows, keys)
                facts = [fact_of(row, keys) for row in rows]
            yield facts

    def rows(self, after: int = 0) -> Iterator[list[Row]]:
        """Of ``log.FACT``."""
        queue: Queue[Item] = Queue(AHEAD)
        gone = Event()
        thread = Thread(target=self.fetch, args=(after, queue, gone), daemon=True)
        thread.start()
        try:
            while (item := queue.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            gone.set()
            thread.join()

    def fetch(self, after: int, queue: "Queue[Item]", gone: Event) -> None:
        try:
            head = self.recorder.max_notification_id() or 0
            while after < head and not gone.is_set():
                rows = [*self.recorder.select_page(after, head, self.size)]
                if not rows:
                    break
                put(queue, rows, gone)
                after = rows[-1][4]
            put(queue, None, gone)
        except BaseException as error:
            put(queue, error, gone)


def put(queue: "Queue[Item]", item: Item, gone: Event) -> None:
    while not gone.is_set():
        try:
            queue.put(item, timeout=PATIENCE)
        except Full:
            continue
        return
