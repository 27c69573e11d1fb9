"""``make bench``: every benchmark, into docs/benchmarks.md."""

import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from benchmarks.report import Options, options, progress
from infra.embedded.postgres import binaries

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "benchmarks.md"
NAMES = (
    "event_store",
    "commands",
    "processes",
    "projections",
    "growth",
    "own_writes",
    "renewals",
    "personal",
    "seal",
    "viewing",
    "lists",
    "relevance",
    "legacy_import",
    "search",
    "start",
)
PACKAGES = ("psycopg", "eventsourcing", "msgspec", "fastapi", "uvicorn")
FLUSH = re.compile(r"fdatasync\s+[\d.]+ ops/sec\s+(\d+) usecs/op")
INTRODUCTION = """\
# Benchmarks

Written by `make bench`: ratios first, medians of the rounds with their range in
brackets. A ratio is taken between contenders that ran in turns on the same machine;
absolute figures are this machine's, on this day.

"""


def main() -> None:
    chosen = options()
    names = chosen.only or NAMES
    if unknown := {*names} - {*NAMES}:
        raise SystemExit(f"There is no {', '.join(unknown)}; there is {NAMES}.")
    sections = written() if chosen.only else {}
    for name in names:
        progress(f"{name} …")
        sections[title_of(name)] = section(name, chosen)
        if not chosen.quick:  # What was measured is kept, should the next one fail.
            TARGET.write_text(INTRODUCTION + "".join(ordered(sections)))
    progress("")
    print("".join(ordered(sections)))


def section(name: str, chosen: Options) -> str:
    module = import_module(f"benchmarks.{name}")
    _, _, more = (module.__doc__ or "").strip().partition("\n\n")
    head = f"## {title_of(name)}\n\n`python -m benchmarks.{name}`. {more}\n\n"
    return f"{head}{module.main(chosen)}\n{machine()}\n"


def title_of(name: str) -> str:
    documentation = import_module(f"benchmarks.{name}").__doc__ or name
    return documentation.strip().partition("\n")[0]


def written() -> dict[str, str]:
    """The sections of the page as it is, by their titles."""
    _, *parts = re.split(r"^(?=## )", TARGET.read_text(), flags=re.MULTILINE)
    return {part.partition("\n")[0].removeprefix("## "): part for part in parts}


def ordered(sections: Mapping[str, str]) -> list[str]:
    titles = [title_of(name) for name in NAMES]
    return [sections[title] for title in titles if title in sections]


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return "".join(
        f"- {line}\n"
        for line in (
            f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
            f"{platform.release()}; a flush takes {flush()} µs (`pg_test_fsync`)",
            f"Python {platform.python_version()}, {postgres()}, node {node()}",
            ", ".join(f"{name} {version(name)}" for name in PACKAGES),
            f"by `{' '.join(('python -m benchmarks', *sys.argv[1:]))}`",
        )
    )


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def flush() -> str:
    """Where the servers of the benchmarks have their data."""
    with tempfile.TemporaryDirectory() as folder:
        command = (str(binaries() / "pg_test_fsync"), "-s", "1", "-f", f"{folder}/f")
        return next(measured(output(*command)), "?")


def measured(text: str) -> Iterator[str]:
    return (found[1] for found in FLUSH.finditer(text))


def postgres() -> str:
    return output(str(binaries() / "postgres"), "--version")


def node() -> str:
    try:
        return output("node", "--version")
    except FileNotFoundError:
        return "is not there"


if __name__ == "__main__":
    main()
