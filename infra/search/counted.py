"""What is counted beside what is found: in order, and with names. For all engines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from projections.search import MOST_COUNTED, Count, Document, Facet

#: Those of which a value is the id of a document with a name.
NAMED: tuple[Facet, ...] = ("genre", "person")

Rows: TypeAlias = Callable[[Sequence[UUID]], Mapping[UUID, Document]]


def listed(buckets: Iterable[Mapping[str, Any]]) -> list[Count]:
    """As both engines give them, with ``key`` and ``doc_count``."""
    found = [Count(text_of(each["key"]), int(each["doc_count"])) for each in buckets]
    return sorted(found, key=lambda each: (-each.films, each.value))[:MOST_COUNTED]


def text_of(key: Any) -> str:
    return key if isinstance(key, str) else str(int(key))


def named(found: Sequence[Count], rows: Rows) -> list[Count]:
    known = rows([UUID(each.value) for each in found])
    return [
        Count(each.value, each.films, document.name if document else None)
        for each in found
        for document in [known.get(UUID(each.value))]
    ]
