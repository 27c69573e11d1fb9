"""``cinema processes``: how far the processes are, and what keeps their stories."""

from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from infra.cli import output
from infra.cli.session import AsJson, Data, assembled

if TYPE_CHECKING:
    from infra.bootstrap import System
    from infra.eventstore.conductor import Conductor
    from infra.eventstore.follower import Follower

app = typer.Typer(no_args_is_help=True, help="Operate the processes.")

STATUS = ("name", "position", "head", "lag", "parked")
PARKED = ("stream", "waiting", "since", "reason")

Stream = Annotated[str, typer.Argument(help="Which story, as `parked` names it.")]


def conductors(system: "System") -> "list[Conductor]":
    from infra.bootstrap import conductors
    from infra.eventstore.conductor import Conductor

    return [each for each in conductors(system) if isinstance(each, Conductor)]


@app.command()
def status(data: Data = None, as_json: AsJson = False) -> None:
    """How far each process and each courier has read."""
    from infra.bootstrap import conductors

    with assembled(data) as system:
        found = [
            standing
            for follower in conductors(system)
            if (standing := standing_of(follower)) is not None
        ]
    if as_json:
        output.document(found)
    else:
        output.table(STATUS, ([each[name] for name in STATUS] for each in found))


def standing_of(follower: "Follower") -> dict[str, Any] | None:
    from infra.eventstore.conductor import Conductor
    from infra.eventstore.courier import Courier

    if not isinstance(follower, Conductor | Courier):
        return None
    head, position = follower.feed.head(), follower.position()
    return {
        "name": follower.name,
        "position": position,
        "head": head,
        "lag": max(head - position, 0),
        "parked": len(follower.parked()) if isinstance(follower, Conductor) else 0,
    }


@app.command()
def parked(data: Data = None, as_json: AsJson = False) -> None:
    """The stories that do not go on, how many facts wait there, and why."""
    with assembled(data) as system:
        found = [each for one in conductors(system) for each in one.parked()]
    if as_json:
        output.document(found)
    elif not output.table(PARKED, ([getattr(f, n) for n in PARKED] for f in found)):
        typer.echo("Nothing is parked.")


@app.command()
def retry(stream: Stream, data: Data = None) -> None:
    """Let the process react to what waits, once what was wrong is put right."""
    with assembled(data) as system:
        resumed(system, stream, skip=False, reason=None)
    typer.echo(f"{stream} goes on.")


@app.command()
def skip(
    stream: Stream,
    reason: Annotated[str, typer.Option(help="Why it may be left out.")],
    data: Data = None,
) -> None:
    """Leave the first fact that waits out of the story, and go on with the others."""
    with assembled(data) as system:
        resumed(system, stream, skip=True, reason=reason)
    typer.echo(f"{stream} goes on without the first fact that waited.")


def resumed(system: "System", stream: str, *, skip: bool, reason: str | None) -> None:
    from domain.kernel.messages import Metadata

    known = {each.name: each for each in conductors(system)}
    name = stream.partition("-")[0]
    if name not in known:
        names = ", ".join(sorted(known))
        output.fail(f"There is no process {name!r}. There are: {names}.")
    metadata = Metadata.root(uuid4(), "operator", reason=reason)
    try:
        is_resumed = known[name].resume(stream, metadata, skip)
    except Exception as error:
        output.fail(f"{stream} is still parked: {error!r}", output.NOTHING)
    if not is_resumed:
        output.fail(f"{stream} is not parked.", output.NOTHING)
