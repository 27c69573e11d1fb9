"""Pages that go on where the last one ended, however far that is.

What is empty comes last in either direction, and the key decides between equals, as in
``TableView.find``.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from query_api.dashboards.ports import Compare, Condition, Either, Every, Order, Row


class Mark(msgspec.Struct, frozen=True):
    """A row's place in an order: what it has in each column of it, and its key."""

    order: list[tuple[str, bool]]
    values: list[str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind a row, or before it if ``backwards``."""

    values: Sequence[Any]
    backwards: bool


def mark_of(row: Row, order: Order, key: str) -> str:
    names = [*(column for column, _ in order), key]
    mark = {"order": list(order), "values": [row[name] for name in names]}
    return msgspec.json.encode(mark, enc_hook=str).decode()


def place_at(mark: str, order: Order, *, backwards: bool) -> Place | None:
    """None if it is no place in that order."""
    try:
        found = msgspec.json.decode(mark, type=Mark)
    except msgspec.DecodeError:
        return None
    if found.order != list(order) or len(found.values) != len(order) + 1:
        return None
    return Place(found.values, backwards)


def beyond(
    place: Place, order: Order, key: str, never_empty: Collection[str]
) -> Condition:
    """What is further on; the first column said twice, for an index to begin there."""
    columns = [*order, (key, False)]
    never_empty = {*never_empty, key}
    either: list[Condition] = []
    equal: list[Condition] = []
    for (column, descends), value in zip(columns, place.values, strict=True):
        strictly = further(column, value, descends, place, never_empty, "t")
        either.append(Every((*equal, strictly)))
        equal.append(same(column, value))
    (column, descends), value = columns[0], place.values[0]
    if value is None:
        return Either(tuple(either))
    begins = further(column, value, descends, place, never_empty, "e")
    return Every((begins, Either(tuple(either))))


def further(
    column: str,
    value: Any,
    descends: bool,
    place: Place,
    never_empty: Collection[str],
    ending: str,
) -> Condition:
    """``ending``: t for greater than, e for greater than or equal."""
    if value is None:
        return Compare(column, "is_not_null") if place.backwards else Either()
    is_down = descends != place.backwards
    reached = Compare(column, OPERATORS[is_down, ending], value)
    if place.backwards or column in never_empty:
        return reached
    return Either((reached, Compare(column, "is_null")))


OPERATORS: dict[tuple[bool, str], Any] = {
    (True, "t"): "lt",
    (True, "e"): "le",
    (False, "t"): "gt",
    (False, "e"): "ge",
}


def same(column: str, value: Any) -> Condition:
    return Compare(column, "is_null" if value is None else "eq", value)
