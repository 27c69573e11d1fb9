"""``cinema migrate``, and what ``cinema up`` does before all else."""

from typing import Annotated

import typer

from infra.cli.session import Data, installation


def add_to(app: typer.Typer) -> None:
    app.command("migrate")(migrate)
    app.command("prepare", hidden=True)(prepare)


def migrate(data: Data = None) -> None:
    """Bring the database's schema up to date. Safe to run again, and side by side."""
    from infra.migrate import migrate as bring_up_to_date

    applied = bring_up_to_date(installation(data))
    for name in applied:
        typer.echo(f"applied {name}")
    typer.echo("The schema is up to date.")


def prepare(
    data: Data = None,
    empty: Annotated[bool, typer.Option("--empty")] = False,
) -> None:
    """Migrate; the first time also create what a new cinema begins with."""
    from infra.founding import is_founded
    from infra.migrate import migrate as bring_up_to_date

    settings = installation(data)
    bring_up_to_date(settings)
    if is_founded(settings):
        return
    from infra.bootstrap import assemble
    from infra.first_start import found

    with assemble(settings) as system:
        found(system, typer.echo, empty=empty)
