"""What an old event needs before today's classes can read it, by its stored type."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class Upcast:
    """``to`` is today's type; ``change`` makes its payload from a stored one."""

    to: str
    change: Callable[[bytes], bytes]


def renamed(to: str, **fields: str) -> Upcast:
    """The event, and some of its fields, are called something else today."""

    def change(raw: bytes) -> bytes:
        payload = msgspec.json.decode(raw)
        for old, new in fields.items():
            payload[new] = payload.pop(old)
        return msgspec.json.encode(payload)

    return Upcast(to, change)


UPCASTS: Mapping[str, Upcast] = {}


def stored_as(kinds: Iterable[type]) -> list[str]:
    """All names under which messages of these kinds may be stored."""
    names = [kind.__name__ for kind in kinds]
    return names + [old for old, upcast in UPCASTS.items() if upcast.to in names]
