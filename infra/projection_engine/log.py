"""What the engine reads."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from domain.kernel.messages import Recorded
from infra.eventstore.feed import Page


class Log(Protocol):
    def read(
        self,
        after: int,
        kinds: Sequence[type],
        limit: int,
        partitions: range | None = None,
    ) -> Page: ...

    def pages(
        self, after: int, kinds: Sequence[type], partitions: range | None = None
    ) -> Iterable[Page]: ...

    def of_stream(
        self, stream: str, kinds: Sequence[type], after: int
    ) -> Iterable[Recorded[Any]]: ...
