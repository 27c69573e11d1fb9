"""``cinema events verify`` and ``seal``: proof that the log was not altered."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from infra.cli import output
from infra.cli.advancing import advancing
from infra.cli.session import AsJson, Data, database, installation

if TYPE_CHECKING:
    from infra.eventstore.sealing.damage import Damage
    from infra.eventstore.sealing.heads import Head
    from infra.eventstore.sealing.verification import Verified

#: Exit codes beside those of all commands.
DAMAGED, UNUSABLE_ROOT = 3, 4

NO_ROOT = (
    "Without --root this cannot show a log that was cut off together with its blocks, "
    "or sealed anew from some point on: keep what cinema events seal --export writes."
)
NOT_SEALED = (
    "{} events are not sealed yet: of these only the positions and the versions of "
    "their streams were checked."
)
SEALED_SINCE = (
    "{} sealed events are younger than the root: that they are the original ones "
    "shows against a later root only."
)


def verify(
    root: Annotated[
        Path | None, typer.Option(help="What seal --export has written.")
    ] = None,
    public_key: Annotated[
        str | None,
        typer.Option(help="The one the root must be signed with: hex, or a file."),
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Hold the whole log against its seal, and name the first bad position.

    Ends with 0 if all is in order, with 3 if the log is damaged, with 4 if the root
    proves nothing.
    """
    from infra.eventstore.sealing.damage import Damage
    from infra.eventstore.sealing.verification import head, verify

    kept = opened(root, public_key)
    with database(installation(data), read_only=True) as connection:
        try:
            with advancing("events", head(connection)) as advance:
                found = verify(connection, kept, advance)
        except Damage as damage:
            damaged(damage, as_json)
    told = summary(found)
    output.either(told | {"limits": limits(found)} if as_json else told, as_json)
    if not as_json:
        for limit in limits(found):
            typer.echo(limit, err=True)


def opened(root: Path | None, pinned: str | None) -> "Head | None":
    from infra.eventstore.sealing.heads import (
        UnusableKey,
        UnusableRoot,
        opened,
        public_key,
    )

    if root is None:
        if pinned:
            raise typer.BadParameter("--public-key is about the --root.")
        return None
    try:
        return opened(root, public_key(pinned) if pinned else None)
    except UnusableKey as error:
        raise typer.BadParameter(f"--public-key: {error}") from error
    except UnusableRoot as error:
        output.fail(str(error), UNUSABLE_ROOT)


def damaged(damage: "Damage", as_json: bool) -> NoReturn:
    if as_json:
        facts = {"kind": damage.kind, "position": damage.position, "said": str(damage)}
        output.document({"damage": facts})
    output.fail(str(damage), DAMAGED)


def summary(found: "Verified") -> dict[str, object]:
    return {
        "events": found.events,
        "sealed_upto": found.sealed_upto,
        "unsealed": found.unsealed,
        "blocks": found.blocks,
        "head": found.head.hash.hex(),
        "root": found.root
        and {"block": found.root.block, "position": found.root.position},
        "signed_by": found.root and found.root.public_key,
    }


def limits(found: "Verified") -> list[str]:
    """What was not shown."""
    said = [] if found.root else [NO_ROOT]
    if found.root and found.sealed_upto > found.root.position:
        said.append(SEALED_SINCE.format(found.sealed_upto - found.root.position))
    return said + [NOT_SEALED.format(found.unsealed)] * bool(found.unsealed)


def seal(
    export: Annotated[
        Path | None,
        typer.Option(help="Sign the head, and write it here for an auditor; or -."),
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Seal what is not sealed yet, and sign the head of the seal."""
    from infra.clock import utc_now
    from infra.eventstore.sealing.heads import UnusableKey, private_key, signed
    from infra.eventstore.sealing.sealer import NotDense, seal_everything

    settings = installation(data)
    with database(settings) as connection:
        try:
            block = seal_everything(connection)
        except NotDense as error:
            output.fail(str(error), DAMAGED)
    if not block.no:
        output.fail("There is nothing to seal: the log is empty.", output.NOTHING)
    if export is None:
        told = {"block": block.no, "position": block.last, "head": block.hash.hex()}
        output.either(told, as_json)
        return
    try:
        head = signed(block, private_key(settings), utc_now())
    except UnusableKey as error:
        output.fail(str(error))
    text = f"{output.dumped(head, indent=2)}\n"
    if str(export) == "-":
        sys.stdout.write(text)
        return
    export.write_text(text)
    output.either(output.plain(head), as_json)
