"""What came of each table, and what could not be taken over."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, astuple, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import msgspec

from infra.legacy.database import TABLES

#: Of rejects and of remarks; a file may be broken from end to end.
MOST_TOLD = 1_000


@dataclass(frozen=True, slots=True)
class Reject:
    table: str
    id: str
    column: str
    why: str

    def __str__(self) -> str:
        return f"{self.table} {self.id}: {self.column} {self.why}"


class Rejects:
    """A file with a line of JSON for each; none if there are none.

    It gets its name when it is complete: what the run before has left stays until then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.draft = path.with_name(f"{path.name}.part")
        self.file: IO[bytes] | None = None

    def __call__(self, reject: Reject) -> None:
        if self.file is None:
            self.draft.parent.mkdir(parents=True, exist_ok=True)
            self.file = self.draft.open("wb")
        self.file.write(msgspec.json.encode(reject) + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.file is not None:
            self.file.close()
            self.draft.replace(self.path)
        elif error is None:
            self.path.unlink(missing_ok=True)


@dataclass(slots=True)
class Tally:
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0


@dataclass(slots=True)
class Report:
    #: Read nothing more once a row was rejected.
    is_strict: bool = False
    tables: dict[str, Tally] = field(
        default_factory=lambda: {table: Tally() for table in TABLES}
    )
    #: The first of them.
    rejects: list[Reject] = field(default_factory=list)
    #: What was taken over and is worth a look; the first of that.
    remarks: list[str] = field(default_factory=list)
    remarked: int = 0
    #: Told of all that is rejected.
    keep: Callable[[Reject], None] = lambda _: None
    #: Told how many rows have been read since it was told last.
    advance: Callable[[int], object] = lambda _: None

    @property
    def read(self) -> int:
        return sum(tally.read for tally in self.tables.values())

    @property
    def rejected(self) -> int:
        return sum(tally.rejected for tally in self.tables.values())

    @property
    def is_over(self) -> bool:
        return self.is_strict and bool(self.rejects)

    def reject(self, reject: Reject) -> None:
        self.tables[reject.table].rejected += 1
        self.keep(reject)
        if len(self.rejects) < MOST_TOLD:
            self.rejects.append(reject)

    def remark(self, text: str) -> None:
        self.remarked += 1
        if len(self.remarks) < MOST_TOLD:
            self.remarks.append(text)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        for table, tally in self.tables.items():
            yield table, *astuple(tally)

    def document(self) -> dict[str, Any]:
        return {
            "tables": {table: asdict(tally) for table, tally in self.tables.items()},
            "rejected": self.rejected,
            "rejects": [asdict(reject) for reject in self.rejects],
            "remarked": self.remarked,
            "remarks": self.remarks,
        }
