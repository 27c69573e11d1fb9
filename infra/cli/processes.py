"""``cinema processes``: how far they are, and what waits for somebody to look at it."""

from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from infra.cli import output
from infra.cli.session import AsJson, Data, assembled

if TYPE_CHECKING:
    from infra.bootstrap import System
    from infra.eventstore.waiting_room import Parking

app = typer.Typer(no_args_is_help=True, help="Operate the processes.")

STATUS = ("name", "position", "head", "lag", "parked")
PARKED = ("stream", "waiting", "since", "reason")

Stream = Annotated[str, typer.Argument(help="What waits, as `parked` names it.")]


def parkings(system: "System") -> "list[Parking]":
    """The processes, their couriers, and those who publish."""
    from infra.bootstrap import conductors
    from infra.eventstore.waiting_room import Parking
    from infra.outgoing import publishers

    followers = [*conductors(system), *publishers(system)]
    return [each for each in followers if isinstance(each, Parking)]


@app.command()
def status(data: Data = None, as_json: AsJson = False) -> None:
    """How far each process, each courier and each publisher has read."""
    with assembled(data) as system:
        found = [standing_of(each) for each in parkings(system)]
    if as_json:
        output.document(found)
    else:
        output.table(STATUS, ([each[name] for name in STATUS] for each in found))


def standing_of(follower: "Parking") -> dict[str, Any]:
    from infra.eventstore.process_metrics import Reader

    assert isinstance(follower, Reader)
    head, position = follower.feed.head(), follower.position()
    return {
        "name": follower.name,
        "position": position,
        "head": head,
        "lag": max(head - position, 0),
        "parked": len(follower.parked()),
    }


@app.command()
def parked(data: Data = None, as_json: AsJson = False) -> None:
    """What does not go on, how many facts or commands wait there, and why."""
    with assembled(data) as system:
        found = [each for one in parkings(system) for each in one.parked()]
    if as_json:
        output.document(found)
    elif not output.table(PARKED, ([getattr(f, n) for n in PARKED] for f in found)):
        typer.echo("Nothing is parked.")


@app.command()
def retry(stream: Stream, data: Data = None) -> None:
    """Handle what waits, in its order, once what was wrong is put right."""
    with assembled(data) as system:
        resumed(system, stream, skip=False, reason=None)
    typer.echo(f"{stream} goes on.")


@app.command()
def skip(
    stream: Stream,
    reason: Annotated[str, typer.Option(help="Why it may be left out.")],
    data: Data = None,
) -> None:
    """Leave out the first that waits, and go on with the others."""
    with assembled(data) as system:
        resumed(system, stream, skip=True, reason=reason)
    typer.echo(f"{stream} goes on without the first that waited.")


def resumed(system: "System", stream: str, *, skip: bool, reason: str | None) -> None:
    from domain.kernel.messages import Metadata

    known = {each.name: each for each in parkings(system)}
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
