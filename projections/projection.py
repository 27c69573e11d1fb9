"""The shape of a read model: a pure fold by key."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar

from domain.kernel.messages import Recorded

K = TypeVar("K")
R = TypeVar("R")

#: The keys of the rows whose field is this value, or has it among its values.
Lookup: TypeAlias = Callable[[str, object], Iterable[K]]


@dataclass(frozen=True, slots=True)
class Projection(Generic[K, R]):
    """``keys`` are the rows a fact changes or looks at; ``evolve`` is called for each.

    It answers with the row after the fact, the same row if nothing is to change, None
    if there is to be none. It sees the other rows as they stand, and must accept any
    fact ever recorded: nothing here may refuse.
    """

    name: str
    facts: tuple[type, ...]
    keys: Callable[[Recorded[Any], Lookup[K]], Iterable[K]]
    evolve: Callable[[R | None, Recorded[Any], Mapping[K, R]], R | None]


def fold(
    projection: Projection[K, R],
    rows: MutableMapping[K, R],
    recorded: Iterable[Recorded[Any]],
) -> set[K]:
    """Let the facts change the rows, and say which keys are not what they were."""
    changed: set[K] = set()
    for fact in recorded:
        for key in tuple(projection.keys(fact, lookup_in(rows))):
            before = rows.get(key)
            after = projection.evolve(before, fact, rows)
            if after is before:
                continue
            changed.add(key)
            if after is None:
                del rows[key]
            else:
                rows[key] = after
    return changed


def lookup_in(rows: Mapping[K, Any]) -> Lookup[K]:
    def lookup(field: str, value: object) -> Iterable[K]:
        for key, row in rows.items():
            found = getattr(row, field)
            if found == value or (isinstance(found, tuple) and value in found):
                yield key

    return lookup


class Unavailable(Exception):
    """A read model cannot be reached now; another time it can."""


class View(Protocol):
    """What a reader may ask of any read model."""

    def position(self) -> int:
        """How far in the log it has read."""
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one read model has read."""

    name: str
    position: int
    head: int
    lag: int
    parked: int
    rows: int
    builds: int
    state: Literal["level", "behind", "paused"]
