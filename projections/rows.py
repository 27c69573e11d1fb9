"""Rows that change all the time: ``dataclasses.replace``, three times as fast.

It goes by the slots and not through ``__init__``, which takes a frozen row apart and
sets each field by name. A row is what it is given: it has nothing to check. The code
for each kind of row is written here once, as ``dataclasses`` writes their ``__init__``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

R = TypeVar("R")

CHANGED = """
def changed(row, changes):
    after = new(kind)
    {copied}
    for name in changes:
        puts[name](after, changes[name])
    return after
"""
MADE = """
def made(values):
    after = new(kind)
    {names}, = values
    {put}
    return after
"""

if TYPE_CHECKING:
    from dataclasses import replace as replace
else:

    def replace(row: R, /, **changes: Any) -> R:
        """For frozen dataclasses with slots, and no more to it.

        Raises ``KeyError`` for what is no field.
        """
        return CHANGES[row.__class__](row, changes)


def maker(kind: type) -> Callable[[Sequence[Any]], Any]:
    """From the values of all fields, in their order, to the row."""
    names = [field.name for field in fields(kind)]
    # A field may be called like something that the code itself speaks of.
    places = [f"of_{name}" for name in names]
    put = (f"put_{name}(after, of_{name})" for name in names)
    code = MADE.format(names=", ".join(places), put="; ".join(put))
    made: Callable[[Sequence[Any]], Any] = written(code, kind, names)["made"]
    return made


class Changes(dict[type, Callable[[Any, Mapping[str, Any]], Any]]):
    def __missing__(self, kind: type) -> Callable[[Any, Mapping[str, Any]], Any]:
        names = [field.name for field in fields(kind)]
        copied = (f"put_{name}(after, row.{name})" for name in names)
        code = CHANGED.format(copied="; ".join(copied))
        self[kind] = written(code, kind, names)["changed"]
        return self[kind]


def written(code: str, kind: type, names: Sequence[str]) -> dict[str, Any]:
    puts = {name: getattr(kind, name).__set__ for name in names}
    scope: dict[str, Any] = {"new": object.__new__, "kind": kind, "puts": puts}
    scope |= {f"put_{name}": put for name, put in puts.items()}
    exec(code, scope)  # noqa: S102  Of the names of its fields alone.
    return scope


CHANGES = Changes()
