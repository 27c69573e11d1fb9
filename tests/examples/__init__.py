"""One good example of everything, varied by keyword. A module for each aggregate."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from domain.kernel.messages import Metadata, Recorded

T = TypeVar("T")

#: The first example of each class.
MAKERS: dict[Callable[..., Any], Callable[..., Any]] = {}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def example(make: Callable[..., T], /, **usual: Any) -> Callable[..., T]:
    """A maker of good ones, each a little different if need be."""

    def maker(**changes: Any) -> T:
        return make(**{**usual, **changes})

    MAKERS.setdefault(make, maker)
    return maker


def metadata(number: int = 1) -> Metadata:
    return Metadata.root(uuid5(UUID(int=0), f"message {number}"), actor="someone")


def recorded(*payloads: Any, stream: str = "") -> list[Recorded[Any]]:
    """The payloads as the log would give them back, one after the other."""
    first = Recorded(
        originator_id="",
        originator_version=1,
        recorded_at=NOON,
        metadata=metadata(),
        payload=None,
    )
    return [
        replace(
            first,
            originator_id=stream or f"stream-{number}",
            originator_version=number,
            payload=payload,
            position=number,
        )
        for number, payload in enumerate(payloads, start=1)
    ]
