"""``cinema projections``: how far the read models are, and what to do about it."""

from typing import TYPE_CHECKING, Annotated

import typer

from infra.cli import output
from infra.cli.models import advancing, alone, chosen, controls, rebuilt, retried
from infra.cli.session import AsJson, Data, assembled

if TYPE_CHECKING:
    from infra.projection_engine.rebuilding import Verification

app = typer.Typer(no_args_is_help=True, help="Operate the read models.")

STATUS = ("name", "position", "head", "lag", "parked", "rows", "builds", "state")
PARKED = ("name", "stream", "position", "reason")

Name = Annotated[str | None, typer.Argument(help="One of them; all if none is named.")]
OneName = Annotated[str, typer.Argument(metavar="NAME", help="Which of them.")]


@app.command()
def status(name: Name = None, data: Data = None, as_json: AsJson = False) -> None:
    """How far each has read, and what keeps it."""
    from infra.projection_engine.standing import standing

    with assembled(data) as system:
        head = system.log.head()
        found = [standing(engine, head) for engine in chosen(system, name)]
    if as_json:
        output.document(found)
    else:
        rows = ([getattr(each, column) for column in STATUS] for each in found)
        output.table(STATUS, rows)


@app.command("rebuild")
def rebuild_models(name: Name = None, data: Data = None) -> None:
    """Build anew beside the live one, then switch; readers notice nothing."""
    with assembled(data) as system:
        for engine in chosen(system, name):
            rebuilt(system, engine)
            position, rows = engine.store.position(), engine.store.count()
            typer.echo(f"{engine.name}: rebuilt, {rows} rows as of {position}")


@app.command("verify")
def verify_models(
    name: Name = None, data: Data = None, as_json: AsJson = False
) -> None:
    """Build anew and compare with the live one, row by row, at the same position."""
    from infra.projection_engine.rebuilding import verify

    found: dict[str, Verification] = {}
    with assembled(data) as system:
        for engine in chosen(system, name):
            with alone(system, engine.name), advancing(system, engine.name) as progress:
                found[engine.name] = verify(engine, progress)
    if as_json:
        output.document(found)
    else:
        for checked, result in found.items():
            report(checked, result)
    if any(result.different for result in found.values()):
        raise typer.Exit(output.NOTHING)


def report(name: str, found: "Verification") -> None:
    place = f"{found.rows} rows as of {found.position}"
    if not found.different:
        typer.echo(f"{name}: equal, {place}")
        return
    typer.echo(f"{name}: {found.different} of {place} differ")
    for each in found.differences:
        typer.echo(f"  {each.key} is {each.kind}")
        typer.echo(f"    live     {output.brief(each.live)}")
        typer.echo(f"    rebuilt  {output.brief(each.rebuilt)}")
    for parked in found.parked:
        typer.echo(f"  {parked.stream} is parked since {parked.position}")


@app.command()
def parked(name: Name = None, data: Data = None, as_json: AsJson = False) -> None:
    """The streams whose facts wait, and why."""
    with assembled(data) as system:
        found = [
            {
                "name": engine.name,
                "stream": each.stream,
                "position": each.position,
                "reason": each.reason,
            }
            for engine in chosen(system, name)
            for each in engine.store.parked()
        ]
    if as_json:
        output.document(found)
    elif not output.table(PARKED, (tuple(each.values()) for each in found)):
        typer.echo("Nothing is parked.")


@app.command()
def retry(
    name: OneName,
    stream: Annotated[
        str | None, typer.Argument(help="Only this one of those that are parked.")
    ] = None,
    data: Data = None,
) -> None:
    """Give what is parked another try, once what was wrong is put right.

    A stream whose rows are its own catches up in its place, while the others go on.
    Where rows take facts from several streams, others have been projected since, and
    nothing less than a rebuild puts these in their place: then it is one.
    """
    with assembled(data) as system:
        [engine] = chosen(system, name)
        waiting = [parked.stream for parked in engine.store.parked()]
        if not waiting or (stream and stream not in waiting):
            what = f"{stream} is not" if stream else "nothing is"
            typer.echo(f"{name}: {what} parked.")
            return
        retried(system, engine, [stream] if stream else waiting)
        still = engine.store.parked()
    if stream:
        still = [each for each in still if each.stream == stream]
    if still:
        places = ", ".join(f"{each.stream} at {each.position}" for each in still)
        output.fail(f"{name}: still parked: {places}", output.NOTHING)
    what = f"{stream} is not" if stream else "nothing is"
    typer.echo(f"{name}: {what} parked any more.")


@app.command()
def skip(
    name: OneName,
    position: Annotated[int, typer.Argument(help="Where the parked fact is.")],
    reason: Annotated[str, typer.Option(help="Why it may be left out.")],
    data: Data = None,
) -> None:
    """Leave one fact out for good, and go on with the rest of its stream.

    It stays in the log; this read model, in this and every later rebuild, is made as
    if it were not there.
    """
    with assembled(data) as system:
        [engine] = chosen(system, name)
        for each in engine.store.parked():
            if each.position == position:
                controls(system).skip(name, position, each.stream, reason)
                retried(system, engine, [each.stream])
                break
        else:
            output.fail(f"{name}: nothing is parked at {position}.", output.NOTHING)
    typer.echo(f"{name}: goes on without the fact at {position}.")


@app.command()
def pause(name: Name = None, data: Data = None) -> None:
    """Let a read model stand where it is, until it is resumed."""
    with assembled(data) as system:
        for engine in chosen(system, name):
            controls(system).pause(engine.name)
            typer.echo(f"{engine.name}: paused")


@app.command()
def resume(name: Name = None, data: Data = None) -> None:
    """Let a read model go on."""
    with assembled(data) as system:
        for engine in chosen(system, name):
            controls(system).resume(engine.name)
            typer.echo(f"{engine.name}: goes on")
