"""``cinema events export FILE`` and ``import FILE``: a store carried elsewhere."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from gzip import GzipFile
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING, Annotated, TypeAlias, cast

import typer

from infra.cli import output
from infra.cli.advancing import advancing
from infra.cli.session import AsJson, Data, database, found, installation

if TYPE_CHECKING:
    from infra.settings import Settings

Whole: TypeAlias = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        help="The whole store, to be imported elsewhere; .gz is compressed; or -.",
    ),
]
STANDARD = Path("-")
COMPRESSED = ".gz"
#: Of gzip: the best one takes more than three times as long, for a fifth less.
LEVEL = 1


def export(file: Path, data: Path | None, as_json: bool) -> None:
    from infra.clock import utc_now
    from infra.eventstore.transfer import exporting

    began = monotonic()
    with (
        database(installation(data)) as connection,
        exporting.snapshot(connection) as events,
        advancing("events", sum(events.values())) as advance,
        written(file) as target,
    ):
        header = exporting.header(utc_now(), events)
        trailer = exporting.export(connection, target, header, advance)
    told = {
        "events": sum(events.values()),
        "lines": trailer.lines,
        "sha256": trailer.sha256,
        "seconds": round(monotonic() - began, 1),
    }
    if file == STANDARD:
        typer.echo(output.dumped(told), err=True)
    else:
        output.either(told, as_json)


def import_(
    file: Annotated[
        Path, typer.Argument(help="What events export FILE has written; or -.")
    ],
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Put a whole store that was exported into an empty one: all of it, or nothing.

    No cinema may be running on it. Read models are built from the log when it starts.
    """
    from infra.embedded.errors import CannotRun
    from infra.eventstore.transfer.importing import Import, NotImported
    from infra.eventstore.transfer.reading import BadFile, Reading

    began = monotonic()
    try:
        with (
            opened(file) as source,
            target(data) as settings,
            database(settings) as connection,
        ):
            reading = Reading(source)
            total = sum(reading.header.events.values())
            with advancing("events", total) as advance:
                Import(connection, reading, advance).run()
    except (BadFile, NotImported, CannotRun) as error:
        output.fail(str(error))
    told = {"events": total, "seconds": round(monotonic() - began, 1)}
    output.either(told, as_json)


@contextmanager
def target(data: Path | None) -> Generator["Settings", None, None]:
    """A database with tables; one of the data folder, if no other is named."""
    from infra.embedded.alone import database_alone
    from infra.migrate import migrate

    settings = found(data)
    if settings.database_url.get_secret_value():
        migrate(settings)
        yield settings
        return
    with database_alone(settings) as settings:
        migrate(settings)
        yield settings


@contextmanager
def opened(file: Path) -> Generator[IO[bytes], None, None]:
    if file == STANDARD:
        yield sys.stdin.buffer
        return
    with file.open("rb") as source:
        if file.suffix == COMPRESSED:
            yield cast("IO[bytes]", GzipFile(fileobj=source))
        else:
            yield source


@contextmanager
def written(file: Path) -> Generator[IO[bytes], None, None]:
    """For its owner alone, and under its name only when it is complete."""
    if file == STANDARD:
        yield sys.stdout.buffer
        return
    draft = file.with_name(f"{file.name}.part")
    draft.touch(mode=0o600)
    try:
        with draft.open("wb") as target:
            if file.suffix == COMPRESSED:
                with GzipFile("", "wb", LEVEL, target) as smaller:
                    yield cast("IO[bytes]", smaller)
            else:
                yield target
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
