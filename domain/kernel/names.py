"""Names that only one may have at a time: claimed and given back by their holders.

Every name is a stream of its own, so that two who claim the same one at the same time
meet there, and the event store lets one of them through.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, TypeAlias, TypeVar, assert_never

from domain.kernel.errors import Rejected

S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameClaimed:
    name: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameReleased:
    name: str
    holder: str


NameEvent: TypeAlias = NameClaimed | NameReleased


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique(Generic[S]):
    """Which names a state holds, and the refusal for whoever wants one of them."""

    names: Callable[[S], frozenset[str]]
    taken: type[Rejected]


def stream_of(name: str) -> str:
    return f"name-{sha256(name.encode()).hexdigest()[:32]}"


def holder_after(_: str | None, event: NameEvent) -> str | None:
    match event:
        case NameClaimed(holder=holder):
            return holder
        case NameReleased():
            return None
        case _:
            assert_never(event)
