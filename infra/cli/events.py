"""``cinema events``: what is in the log, and what it amounts to."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from infra.cli import output, proofs, transfers
from infra.cli.exporting import Format, json_array, write
from infra.cli.filters import filtered, known_stream, moment_or_position
from infra.cli.session import AsJson, Data, audit
from infra.cli.wording import told, when, why, words
from infra.eventstore.selection import Grouping, Selection

if TYPE_CHECKING:
    from infra.eventstore.audit import Entry, Total

app = typer.Typer(no_args_is_help=True, help="What is in the log: the auditor's tool.")

app.command()(proofs.verify)
app.command()(proofs.seal)
app.command("import")(transfers.import_)

USUAL = 100
EVENTS = ("position", "when", "stream", "version", "event", "who", "fields")
STORY = ("version", "position", "when", "what", "fields", "who", "why")
TOTALS = ("events", "streams", "first", "last", "since", "until")

Stream = Annotated[
    str, typer.Argument(parser=known_stream, metavar="STREAM", help="As film-<id>.")
]


def line(entry: "Entry") -> tuple[object, ...]:
    return (
        entry.position,
        when(entry.recorded_at),
        entry.stream,
        entry.version,
        entry.type,
        entry.metadata.actor,
        told(entry),
    )


def chapter(entry: "Entry") -> tuple[object, ...]:
    return (
        entry.version,
        entry.position,
        when(entry.recorded_at),
        words(entry.type),
        told(entry),
        entry.metadata.actor,
        why(entry),
    )


def counted(total: "Total") -> tuple[object, ...]:
    return (
        total.what,
        total.events,
        total.streams,
        total.first,
        total.last,
        when(total.since),
        when(total.until),
    )


@app.command("list")
@filtered
def list_events(chosen: Selection, data: Data = None, as_json: AsJson = False) -> None:
    """What happened, in the order in which it was recorded."""
    limit = chosen.limit or USUAL
    with audit(data) as log:
        entries = list(log.entries(chosen.but(limit=limit + 1)))
    shown = entries[:limit]
    if as_json:
        json_array(shown, sys.stdout)
    else:
        output.table(EVENTS, map(line, shown))
    something(len(shown), chosen)
    if len(entries) > limit:
        typer.echo(f"There is more: --after {shown[-1].position}", err=True)


@app.command()
def show(position: int, data: Data = None, as_json: AsJson = False) -> None:
    """All about one event."""
    with audit(data) as log:
        here = Selection(after=position - 1, before=position + 1)
        found = list(log.entries(here))
    if not found:
        output.fail(f"There is no event at position {position}.", output.NOTHING)
    output.either(found[0], as_json)


@app.command()
def stream(stream: Stream, data: Data = None, as_json: AsJson = False) -> None:
    """The story of one thing: when, what, who and why."""
    with audit(data) as log:
        entries = log.entries(Selection(stream=stream))
        if as_json:
            number = json_array(entries, sys.stdout)
        else:
            number = output.table(STORY, map(chapter, entries))
    something(number, Selection(stream=stream))


@app.command("replay")
def replay_stream(
    stream: Stream,
    as_of: Annotated[
        Any,
        typer.Option(
            parser=moment_or_position,
            metavar="TIME|POSITION",
            help="What it was then, that moment's own events included.",
        ),
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """What one thing was then, from its own events alone."""
    from infra.eventstore.replay import UnknownStream, replay

    with audit(data) as log:
        try:
            moment = replay(log, stream, as_of)
        except UnknownStream as error:
            output.fail(str(error), output.NOTHING)
    state = {"is": type(moment.state).__name__} | output.plain(moment.state)
    output.either(output.plain(moment) | {"state": state}, as_json)


@app.command()
@filtered
def export(
    chosen: Selection,
    file: transfers.Whole = None,
    to: Annotated[Path | None, typer.Option(help="A file, not the screen.")] = None,
    format_: Annotated[Format, typer.Option("--format")] = Format.JSONL,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """The events that are chosen, for programs; or, with FILE, the whole store.

    That file can be imported: all logs, receipts, positions and the seal are in it.
    """
    if file is not None:
        if to or chosen.asked() or format_ is not Format.JSONL:
            raise typer.BadParameter("A FILE is of the whole store, in one format.")
        transfers.export(file, data, as_json)
        return
    with audit(data) as log:
        number = write(log.entries(chosen), Format.JSON if as_json else format_, to)
    something(number, chosen)
    typer.echo(f"{number} events", err=True)


@app.command()
@filtered
def stats(
    chosen: Selection,
    by: Annotated[Grouping, typer.Option(help="Counted by what.")] = Grouping.TYPE,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """How many there are, of what, since when."""
    with audit(data) as log:
        totals = log.totals(chosen, by)
    if as_json:
        output.document({"by": by, "totals": totals})
    else:
        output.table((by, *TOTALS), map(counted, totals))
    something(len(totals), chosen)


def something(number: int, chosen: Selection) -> None:
    """It is not a success to have found nothing."""
    if not number:
        asked = " ".join(
            f"{name}={output.brief(value)}" for name, value in chosen.asked().items()
        )
        output.fail(f"No event matches: {asked or 'the log is empty'}", output.NOTHING)
