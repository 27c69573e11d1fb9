"""``cinema up``: everything on one machine."""

from typing import Annotated

import typer

from infra.cli.output import fail
from infra.cli.session import Data

HIGHEST = 65535 - 5


def add_to(app: typer.Typer) -> None:
    app.command()(up)


def up(
    port: Annotated[
        int,
        typer.Option(min=1, max=HIGHEST, help="The first of six ports in a row."),
    ] = 8000,
    data: Data = None,
    empty: Annotated[
        bool, typer.Option("--empty", help="Without the demo content.")
    ] = False,
) -> None:
    """Run everything here until Ctrl-C: servers, APIs, projections, processes."""
    from infra.embedded.errors import CannotRun
    from infra.embedded.up import up as start_all
    from infra.settings import Settings

    settings = Settings() if data is None else Settings(data=data)
    try:
        start_all(settings, port, empty=empty, say=typer.echo)
    except CannotRun as error:
        fail(str(error))
