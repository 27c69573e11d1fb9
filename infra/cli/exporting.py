"""Events as files for programs, written as they come."""

import csv
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from infra.cli.output import dumped

if TYPE_CHECKING:
    from infra.eventstore.audit import Entry

COLUMNS = (
    "position",
    "stream",
    "version",
    "type",
    "recorded_at",
    "actor",
    "reason",
    "message_id",
    "causation_id",
    "correlation_id",
    "payload",
)


class Format(StrEnum):
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"


def write(entries: "Iterable[Entry]", format_: Format, to: Path | None) -> int:
    """How many there were."""
    with opened(to) as file:
        match format_:
            case Format.JSONL:
                return json_lines(entries, file)
            case Format.JSON:
                return json_array(entries, file)
            case Format.CSV:
                return comma_separated(entries, file)


@contextmanager
def opened(to: Path | None) -> Iterator[TextIO]:
    if to is None:
        yield sys.stdout
        return
    with to.open("w", encoding="utf-8", newline="") as file:
        yield file


def json_lines(values: Iterable[object], file: TextIO) -> int:
    number = 0
    for value in values:
        file.write(f"{dumped(value)}\n")
        number += 1
    return number


def json_array(values: Iterable[object], file: TextIO) -> int:
    """One document, an item to a line."""
    number = 0
    for value in values:
        file.write(f"{',' if number else '['}{dumped(value)}\n")
        number += 1
    file.write("]\n" if number else "[]\n")
    return number


def comma_separated(entries: "Iterable[Entry]", file: TextIO) -> int:
    writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    number = 0
    for entry in entries:
        metadata = entry.metadata
        writer.writerow(
            {
                "position": entry.position,
                "stream": entry.stream,
                "version": entry.version,
                "type": entry.type,
                "recorded_at": entry.recorded_at.isoformat(),
                "actor": metadata.actor,
                "reason": metadata.reason,
                "message_id": metadata.message_id,
                "causation_id": metadata.causation_id,
                "correlation_id": metadata.correlation_id,
                "payload": dumped(entry.payload),
            }
        )
        number += 1
    return number
