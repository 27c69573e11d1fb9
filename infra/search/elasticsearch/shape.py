"""What an index is made of: the rows themselves, and how they are searched in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

R = TypeVar("R")

SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # Every batch is made visible when it is complete, and not before.
    "refresh_interval": "-1",
    # A write that comes late finds the version of what was deleted meanwhile.
    "gc_deletes": "1h",
    # Each segment has a dictionary of its own to be gone through for typos.
    "merge.policy.segments_per_tier": 2,
}
#: Longer values are not looked up; an exact term has at most 32,766 bytes.
LONGEST_TERM = 8_000
#: ``row`` is not indexed: the server keeps it as it is.
PROPERTIES = {
    "key": {"type": "keyword"},
    "term": {"type": "keyword", "ignore_above": LONGEST_TERM},
}


@dataclass(frozen=True, slots=True)
class Shape(Generic[R]):
    row: type[R]
    analysis: Mapping[str, Any]
    properties: Mapping[str, Any]
    #: What of a row is searched in.
    text: Callable[[R], Mapping[str, Any]]
    #: By which columns rows are looked up and filtered.
    columns: Sequence[str]

    def definition(self) -> dict[str, Any]:
        return {
            "settings": {**SETTINGS, "analysis": self.analysis},
            "mappings": {
                "dynamic": False,
                "properties": {**PROPERTIES, **self.properties},
            },
        }

    def bare(self, key: str, row: str) -> dict[str, Any]:
        """What keeps a row, without anything that the server could object to."""
        return self.kept(key, row, msgspec.json.decode(row, type=self.row))

    def document(self, key: str, row: str) -> dict[str, Any]:
        decoded = msgspec.json.decode(row, type=self.row)
        return {**self.kept(key, row, decoded), **self.text(decoded)}

    def kept(self, key: str, row: str, decoded: R) -> dict[str, Any]:
        return {"key": key, "row": row, "term": list(self.terms(decoded))}

    def terms(self, row: R) -> Iterable[str]:
        for column in self.columns:
            value = getattr(row, column)
            for one in value if isinstance(value, tuple) else (value,):
                yield term(column, one)


def term(column: str, value: object) -> str:
    return f"{column}={value}"
