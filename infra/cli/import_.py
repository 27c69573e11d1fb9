"""``cinema import``: the catalogue of the system before this one."""

import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from infra.cli.advancing import advancing
from infra.cli.errors import explained
from infra.cli.output import document, dumped, fail, table
from infra.cli.session import AsJson, Data, assembled

if TYPE_CHECKING:
    from infra.bootstrap import System
    from infra.legacy.database import LegacyDatabase
    from infra.legacy.report import Report
    from infra.legacy.verifying import Deviation

app = typer.Typer(no_args_is_help=True, help="The legacy catalogue: take over, check.")

FAILED, WITH_REJECTS = 1, 2
#: Seconds for which a read model may stand still.
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
    from infra.legacy.report import Rejects, Report

    report = Report(is_strict=strict)
    with opened(file, data) as (system, database):
        unknown = database.unknown_columns()
        listing = rejects or system.settings.data / f"{file.stem}.rejects.jsonl"
        with Rejects(listing) as report.keep, progress(database, report):
            reading = Reading(database, report, decides=True)
            LegacyImport(reading, Bulk(system.cinema, dry_run)).run()
    listed = str(listing) if report.rejected else None
    if as_json:
        found = {"dry_run": dry_run, "stopped": report.is_over}
        more = {"unknown_columns": unknown, "rejects_file": listed}
        document({**report.document(), **found, **more})
    else:
        tell(report, unknown, listed)
        if dry_run:
            typer.echo("Nothing was recorded: this was a dry run.", err=True)
        if report.is_over:
            typer.echo("Stopped at the first broken row, as asked.", err=True)
    if report.rejected:
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
        with progress(database, report):
            found = deviations(Reading(database, report), stores)
            number = list_json(found, report) if as_json else list_lines(found)
    if not as_json:
        known = report.rejected
        typer.echo(f"{report.read} rows, {known} of them broken, {number} differences.")
    if number:
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

    head = system.log.head()
    for name in ("genres", "people", "films"):
        store, before, since = system.models[name].store, -1, monotonic()
        while (position := store.position()) < head:
            if position > before:
                before, since = position, monotonic()
            elif monotonic() - since > PATIENCE:
                fail(
                    f"{name} has read up to {position} of {head} and stands still: is "
                    "cinema up, or cinema run projections, running?",
                    FAILED,
                )
            sleep(0.1)


@contextmanager
def progress(
    database: "LegacyDatabase", report: "Report"
) -> Generator[None, None, None]:
    rows = sum(map(database.count, report.tables)) if sys.stderr.isatty() else None
    with advancing(database.path.name, rows) as report.advance:
        yield


def list_lines(found: "Iterable[Deviation]") -> int:
    number = 0
    for each in found:
        typer.echo(str(each))
        number += 1
    return number


def list_json(found: "Iterable[Deviation]", report: "Report") -> int:
    """One document, written as it comes: there may be as many as there are rows."""
    number = 0
    typer.echo('{"differences": [', nl=False)
    for number, each in enumerate(found, 1):
        typer.echo(f"{',' * (number > 1)}\n  {dumped(each)}", nl=False)
    typer.echo(f'\n], "rows": {report.read}, "rejected": {report.rejected}}}')
    return number


def tell(report: "Report", unknown: list[str], listing: str | None) -> None:
    table(COLUMNS, report.rows())
    for column in unknown:
        typer.echo(f"Not taken over: the column {column} is unknown.", err=True)
    for remark in report.remarks:
        typer.echo(f"Worth a look: {remark}", err=True)
    if more := report.remarked - len(report.remarks):
        typer.echo(f"Worth a look: {more} more such names.", err=True)
    if listing:
        typer.echo(f"{report.rejected} rows were rejected: {listing}", err=True)
