"""The import of the legacy database

A synthetic file with every quirk of the real one and its proportions: for each film
four people, two links to genres, six credits. Each step runs in a process of its own:
the first import, into an empty store; the second one, which finds everything as it is
and writes nothing; the lists and the search index, from nothing until they have it all;
the comparison of every row and link. The limits beside them are the same events and
receipts copied into tables of the same kind (`COPY`), with nothing decided, and the
file read with nothing made of it. Memory is what the importing process takes at its
most, the interpreter included.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.importing.size import STEPS, Size
from benchmarks.report import Options, alone, number, progress, ratios, spread, table
from benchmarks.servers import postgres

SIZES, QUICK = (10_000, 100_000), (500, 5_000)
LABELS = {
    "read": "the file, read alone",
    "first": "first import",
    "again": "second import",
    "lists": "until the lists have it all",
    "search": "until the search index has it all",
    "verify": "verify",
    "copy": "the same events and receipts, copied",
}


def compared(sizes: Sequence[Size]) -> Iterator[Sequence[str]]:
    few, many = sizes
    for each in sizes:
        of = f"of {each.films:,} films"
        rates = each.rates("first", each.films)
        yield f"first import {of}, films/s", spread(rates), "2,000"
        yield (
            f"second import {of}, films/s",
            spread(each.rates("again", each.films)),
            "",
        )
        yield f"verify {of}, rows/s", spread(each.rates("verify", each.rows)), "10,000"
        most = max(each.all("first", "megabytes") + each.all("again", "megabytes"))
        yield f"memory of an import {of}, MB", number(most), "at most 300"
        cost = ratios(each.all("first"), each.all("copy"))
        yield f"first import / COPY {of}, seconds", spread(cost), ""
        cost = ratios(each.all("again"), each.all("read"))
        yield f"second import / file read alone {of}, seconds", spread(cost), ""
    growth = ratios(many.rates("first", many.films), few.rates("first", few.films))
    yield (
        f"first import of {many.films:,} / of {few.films:,}, films/s",
        spread(growth),
        "flat",
    )


def details(each: Size) -> Iterator[Sequence[str]]:
    for step, label in LABELS.items():
        measured = step in STEPS
        yield (
            f"{label}, {each.films:,} films",
            spread(each.all(step)),
            spread(each.all(step, "processor")) if measured else "",
            number(max(each.all(step, "megabytes"))) if measured else "",
        )


def main(chosen: Options) -> str:
    with tempfile.TemporaryDirectory() as folder, postgres() as server:
        films = QUICK if chosen.quick else SIZES
        sizes = [Size(each, Path(folder)) for each in films]
        for round_ in range(chosen.rounds):
            for each in sizes:
                each.round(server, round_)
    progress("")
    rows = [row for each in sizes for row in details(each)]
    return (
        table(["", "", "bar"], compared(sizes))
        + "\n"
        + table(["", "seconds", "of its processor", "MB"], rows)
    )


if __name__ == "__main__":
    alone(main)
