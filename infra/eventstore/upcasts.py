"""What an old row needs before today's classes can read it, by its stored type."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import msgspec

Upcast: TypeAlias = Callable[[bytes], tuple[str, bytes]]


def renamed(to: str, **fields: str) -> Upcast:
    """The event, and some of its fields, are called something else today."""

    def upcast(raw: bytes) -> tuple[str, bytes]:
        state = msgspec.json.decode(raw)
        payload = state["payload"]
        for old, new in fields.items():
            payload[new] = payload.pop(old)
        return to, msgspec.json.encode(state)

    return upcast


UPCASTS: Mapping[str, Upcast] = {}
