"""How far an index has read, and what is being written to it right now."""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from infra.projection_engine.store import Parked

#: The id of its document; a row's id is that of a thing.
PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Redo:
    """A batch that is decided on: whoever finds it here may finish it."""

    position: int
    parked: tuple[Parked, ...]
    #: Each row by its id, as JSON; None for a row that goes.
    rows: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Progress:
    position: int = 0
    parked: tuple[Parked, ...] = ()
    redo: Redo | None = None
    #: Another index is about to take its place: nothing more is written here.
    is_sealed: bool = False

    def source(self) -> dict[str, Any]:
        packed = zlib.compress(msgspec.json.encode(self), level=1)
        return {"progress": b64encode(packed).decode()}

    def finished(self) -> "Progress":
        if self.redo is None:
            return self
        return Progress(self.redo.position, (*self.parked, *self.redo.parked))


def progress_in(source: Mapping[str, str]) -> Progress:
    packed = b64decode(source["progress"])
    return msgspec.json.decode(zlib.decompress(packed), type=Progress)


@dataclass(frozen=True, slots=True)
class Place:
    """A progress as it was found: in which index, and which write of it."""

    index: str
    seq_no: int
    primary_term: int
    progress: Progress
