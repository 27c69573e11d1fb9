"""The shape of a read model: a pure fold by key."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar

from domain.kernel.messages import Recorded

K = TypeVar("K")
R = TypeVar("R")

#: The keys of the rows whose field is this value, or has it among its values.
Lookup: TypeAlias = Callable[[str, object], Iterable[K]]
Locality: TypeAlias = Literal["none", "row", "stream"]


@dataclass(frozen=True, slots=True)
class Projection(Generic[K, R]):
    """``keys`` are the rows a fact changes or looks at; ``evolve`` is called for each.

    It answers with the row after the fact, the same row if nothing is to change, None
    if there is to be none. It sees the other rows as they stand, and must accept any
    fact ever recorded: nothing here may refuse.

    ``locality`` promises more: with "row" no row looks at another, so that each can be
    folded by itself; with "stream" all facts of a row come from one stream, too, so
    that streams can be projected side by side, or one of them again.
    """

    name: str
    facts: tuple[type, ...]
    keys: Callable[[Recorded[Any], Lookup[K]], Iterable[K]]
    evolve: Callable[[R | None, Recorded[Any], Mapping[K, R]], R | None]
    locality: Locality = "none"

    @property
    def is_by_row(self) -> bool:
        return self.locality != "none"

    @property
    def is_by_stream(self) -> bool:
        return self.locality == "stream"


class Index(Generic[K]):
    """A lookup among rows at hand: a field is indexed when it is first asked for."""

    def __init__(self, rows: MutableMapping[K, Any]) -> None:
        self.rows = rows
        self.fields: dict[str, dict[object, dict[K, None]]] = {}

    def __call__(self, field: str, value: object) -> Iterable[K]:
        if field not in self.fields:
            self.fields[field] = {}
            for key, row in self.rows.items():
                self.add(field, key, row)
        return tuple(self.fields[field].get(value, ()))

    def put(self, key: K, row: Any | None) -> None:
        """None is for no row."""
        for field, found in self.fields.items():
            for value in values(self.rows.get(key), field):
                found[value].pop(key, None)
            self.add(field, key, row)
        if row is None:
            del self.rows[key]
        else:
            self.rows[key] = row

    def add(self, field: str, key: K, row: Any | None) -> None:
        for value in values(row, field):
            self.fields[field].setdefault(value, {})[key] = None


def values(row: Any | None, field: str) -> Iterable[object]:
    """What a row can be found by: the field as it is, and each that is in it."""
    if row is None:
        return ()
    found = getattr(row, field)
    return (found, *found) if isinstance(found, tuple) else (found,)


def fold(
    projection: Projection[K, R],
    rows: MutableMapping[K, R],
    recorded: Iterable[Recorded[Any]],
) -> set[K]:
    """Let the facts change the rows, and say which keys are not what they were."""
    index = Index(rows)
    located = ((fact, projection.keys(fact, index)) for fact in recorded)
    return fold_located(projection, index, located)


def fold_located(
    projection: Projection[K, R],
    index: Index[K],
    located: Iterable[tuple[Recorded[Any], Iterable[K]]],
) -> set[K]:
    """The same for facts of which it is known which rows they touch."""
    changed: set[K] = set()
    rows = index.rows
    for fact, keys in located:
        for key in tuple(keys):
            before = rows.get(key)
            after = projection.evolve(before, fact, rows)
            if after is not before:
                changed.add(key)
                index.put(key, after)
    return changed


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
    #: How often something could not be projected, and why it was the last time.
    failures: int = 0
    failure: str | None = None
