"""What is told about a person, and must be forgettable though facts are for ever.

An event says which of its fields are personal, and by another of them, whose they are::

    account_id: Subject[AccountId]
    name: Personal[str]

In memory a personal field has its value, or ``ERASED`` once the person was erased;
rules and folds have to do with either. How it is kept is not the domain's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, TypeAlias, TypeVar, get_args, get_type_hints

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Erased:
    """Stands where something personal was before its person was erased."""

    def __str__(self) -> str:
        return "erased"


class Mark(Enum):
    PERSONAL = "personal"
    SUBJECT = "subject"


ERASED = Erased()
Personal: TypeAlias = Annotated[T | Erased, Mark.PERSONAL]
Subject: TypeAlias = Annotated[T, Mark.SUBJECT]


@cache
def personal_fields(kind: type[Any]) -> Mapping[str, Any]:
    """Those of an event, with the types of their values.

    Raises ``TypeError`` for a declaration that could not be kept.
    """
    hints = hints_of(kind)
    found = {name: value_of(hint) for name, hint in hints.items() if is_personal(hint)}
    if hidden := [name for name, hint in hints.items() if is_hidden(hint)]:
        raise TypeError(
            f"{kind.__name__}.{hidden[0]}: Personal[...] is the whole type of a field; "
            "write Personal[str | None], not Personal[str] | None"
        )
    if found:
        subject_field(kind)
    return found


def subject_field(kind: type) -> str:
    """The field that says whose the personal ones are. Raises ``TypeError``."""
    marked = [
        name for name, hint in hints_of(kind).items() if Mark.SUBJECT in marks(hint)
    ]
    if len(marked) != 1:
        raise TypeError(
            f"{kind.__name__} has personal fields, so exactly one of the others must "
            f"be Subject[...]; it has {len(marked)}"
        )
    return marked[0]


def hints_of(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind)}


def marks(hint: Any) -> tuple[Any, ...]:
    return getattr(hint, "__metadata__", ())


def is_personal(hint: Any) -> bool:
    return Mark.PERSONAL in marks(hint)


def value_of(hint: Any) -> Any:
    """Of ``Personal[T]``, ``T``."""
    values = [each for each in get_args(hint.__origin__) if each is not Erased]
    return reduce(or_, values)


def is_hidden(hint: Any) -> bool:
    """Personal, but deeper than the field itself."""
    inner = hint.__origin__ if marks(hint) else hint
    return any(is_personal(each) or is_hidden(each) for each in get_args(inner))
