"""Events in words, for people."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from infra.cli.output import brief

if TYPE_CHECKING:
    from infra.eventstore.audit import Entry

CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
FORM = "%Y-%m-%d %H:%M:%S.%f"


def words(name: str) -> str:
    """``FilmRetitled`` is "Film retitled"."""
    return CAPITAL.sub(" ", name).capitalize()


def when(time: datetime) -> str:
    """UTC, to the millisecond."""
    return time.astimezone(UTC).strftime(FORM)[:-3] + "Z"


def told(entry: "Entry") -> str:
    """What the event says beside whom it is about: ``title=Solaris``.

    Not what it leaves open: ``show`` and JSON have that too.
    """
    about = entry.stream.partition("-")[2]
    said = {
        name: value
        for name, value in entry.payload.items()
        if value != about and value is not None and value != []
    }
    return " ".join(f"{name}={brief(value)}" for name, value in said.items())


def why(entry: "Entry") -> str:
    """The reason given, what it followed from, the request it all began with."""
    metadata = entry.metadata
    parts: list[Any] = [
        metadata.reason and f"“{metadata.reason}”",
        metadata.causation_id and f"caused by {metadata.causation_id}",
        f"in {metadata.correlation_id}",
    ]
    return ", ".join(part for part in parts if part)
