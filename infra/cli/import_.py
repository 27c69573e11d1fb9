"""``cinema import``: the catalogue of the system before this one."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from infra.cli.errors import explained
from infra.cli.output import document, fail, table
from infra.cli.session import AsJson, Data, assembled

if TYPE_CHECKING:
    from infra.bootstrap import System
    from infra.legacy.database import LegacyDatabase
    from infra.legacy.report import Report

app = typer.Typer(no_args_is_help=True, help="The legacy catalogue: take over, check.")

FAILED, WITH_REJECTS = 1, 2
PATIENCE = 30.0
COLUMNS = ("table", "read", "new", "changed", "unchanged", "rejected")
LegacyFile: TypeAlias = Annotated[
    Path, typer.Argument(metavar="FILE", help="The SQLite file.")
]


@app.command()
def legacy(
    file: LegacyFile,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Decide everything, record nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first broken row.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(help="Where broken rows are listed, as JSON lines."),
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Take the legacy database over; a second time, only what has changed since.

    Ends with 0 if all rows could be taken over, with 2 if some could not, with 1 if
    the import itself has failed.
    """
    from infra.eventstore.bulk import Bulk
    from infra.legacy.importing import LegacyImport
    from infra.legacy.reading import Reading
    from infra.legacy.report import Report, StrictStop

    report = Report(is_strict=strict)
    stopped = False
    with opened(file, data) as (system, database):
        reading = Reading(database, report)
        with advancing(database, report):
            try:
                LegacyImport(reading, Bulk(system.cinema, dry_run)).run()
            except StrictStop:
                stopped = True
        unknown = database.unknown_columns()
        listed = rejects or system.settings.data / f"{file.stem}.rejects.jsonl"
        listing = write_rejects(report, listed)
    if as_json:
        found = {"dry_run": dry_run, "stopped": stopped, "unknown_columns": unknown}
        document({**report.document(), **found, "rejects_file": listing})
    else:
        tell(report, unknown, listing)
        if dry_run:
            typer.echo("Nothing was recorded: this was a dry run.", err=True)
        if stopped:
            typer.echo("Stopped at the first broken row, as asked.", err=True)
    if report.rejects:
        raise typer.Exit(WITH_REJECTS)


@app.command()
def verify(file: LegacyFile, data: Data = None, as_json: AsJson = False) -> None:
    """Compare the legacy database with the read models, row by row, link by link.

    Ends with 0 if they agree but for rows that cannot be taken over, with 2 if they
    do not.
    """
    from infra.legacy.reading import Reading
    from infra.legacy.report import Report
    from infra.legacy.verifying import deviations

    report = Report()
    with opened(file, data) as (system, database):
        wait_until_level(system)
        stores = {name: model.store for name, model in system.models.items()}
        with advancing(database, report):
            found = [*deviations(Reading(database, report), stores)]
    if as_json:
        document({"differences": found, "rejected": len(report.rejects)})
    else:
        for each in found:
            typer.echo(str(each))
        rows = sum(tally.read for tally in report.tables.values())
        known = len(report.rejects)
        typer.echo(f"{rows} rows, {known} of them broken, {len(found)} differences.")
    if found:
        raise typer.Exit(WITH_REJECTS)


@contextmanager
def opened(
    file: Path, data: Path | None
) -> "Generator[tuple[System, LegacyDatabase], None, None]":
    """Whatever goes wrong is a failed import, and nothing else."""
    from infra.legacy.database import LegacyDatabase, NotLegacy

    try:
        with LegacyDatabase(file) as database, assembled(data) as system:
            yield system, database
    except NotLegacy as error:
        fail(str(error), FAILED)
    except typer.Exit as error:
        raise typer.Exit(FAILED) from error
    except Exception as error:
        fail(explained(error), FAILED)


def wait_until_level(system: "System") -> None:
    from time import monotonic, sleep

    head, deadline = system.log.head(), monotonic() + PATIENCE
    for name in ("genres", "people", "films"):
        store = system.models[name].store
        while (position := store.position()) < head:
            if monotonic() > deadline:
                fail(
                    f"{name} has read up to {position} of {head}: is cinema up, or "
                    "cinema run projections, running?",
                    FAILED,
                )
            sleep(0.1)


@contextmanager
def advancing(
    database: "LegacyDatabase", report: "Report"
) -> Generator[None, None, None]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress

    total = sum(map(database.count, report.tables))
    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(database.path.name, total=total)
        report.advance = partial(bars.advance, bar)
        yield


def write_rejects(report: "Report", path: Path) -> str | None:
    """One JSON object a line; where, if there were any."""
    import msgspec

    if not report.rejects:
        path.unlink(missing_ok=True)
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(msgspec.json.encode(r) + b"\n" for r in report.rejects))
    return str(path)


def tell(report: "Report", unknown: list[str], listing: str | None) -> None:
    table(COLUMNS, report.rows())
    for column in unknown:
        typer.echo(f"Not taken over: the column {column} is unknown.", err=True)
    for remark in report.remarks:
        typer.echo(f"Worth a look: {remark}", err=True)
    if listing:
        typer.echo(f"{len(report.rejects)} rows were rejected: {listing}", err=True)
