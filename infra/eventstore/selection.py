"""Which events an auditor asks for."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Grouping(StrEnum):
    CATEGORY = "category"
    TYPE = "type"
    ACTOR = "actor"
    STREAM = "stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which events: after < position < before, since <= time < until.

    What is None does not matter.
    """

    after: int | None = None
    before: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    types: list[str] | None = None
    stream: str | None = None
    categories: list[str] | None = None
    actor: str | None = None
    correlation: UUID | None = None
    limit: int | None = None

    def asked(self) -> dict[str, Any]:
        """By name, what does matter."""
        named = asdict(self).items()
        return {name: value for name, value in named if value is not None}

    def but(self, **changes: Any) -> "Selection":
        return replace(self, **changes)
