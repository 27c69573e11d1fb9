"""What came of each table, and what could not be taken over."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from infra.legacy.database import TABLES


@dataclass(frozen=True, slots=True)
class Reject:
    table: str
    id: str
    column: str
    why: str

    def __str__(self) -> str:
        return f"{self.table} {self.id}: {self.column} {self.why}"


class StrictStop(Exception):
    """The first row that could not be taken over, and --strict asked to stop there."""

    def __init__(self, reject: Reject) -> None:
        super().__init__(reject)
        self.reject = reject


@dataclass(slots=True)
class Tally:
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0


@dataclass(slots=True)
class Report:
    is_strict: bool = False
    tables: dict[str, Tally] = field(
        default_factory=lambda: {table: Tally() for table in TABLES}
    )
    rejects: list[Reject] = field(default_factory=list)
    #: What was taken over and is worth a look.
    remarks: list[str] = field(default_factory=list)
    #: Told of each row that is done with.
    advance: Callable[[], None] = lambda: None

    def reject(self, reject: Reject) -> None:
        """Raises ``StrictStop``."""
        self.tables[reject.table].rejected += 1
        self.rejects.append(reject)
        if self.is_strict:
            raise StrictStop(reject)

    def rows(self) -> Iterator[tuple[str, int, int, int, int, int]]:
        for table, tally in self.tables.items():
            yield (
                table,
                tally.read,
                tally.new,
                tally.changed,
                tally.unchanged,
                tally.rejected,
            )

    def document(self) -> dict[str, Any]:
        return {
            "tables": {table: asdict(tally) for table, tally in self.tables.items()},
            "rejects": [asdict(reject) for reject in self.rejects],
            "remarks": self.remarks,
        }
