"""``cinema clock``: the one clock that everything reads, in a sandbox."""

import typer

from infra.cli.session import Data, installation

app = typer.Typer(no_args_is_help=True, help="The sandbox's clock.")


@app.callback()
def clock() -> None:
    """The sandbox's clock."""


@app.command()
def show(data: Data = None) -> None:
    """What time it is."""
    from psycopg import connect

    from infra.clock import ahead, utc_now

    settings = installation(data)
    with connect(settings.conninfo) as connection:
        offset = ahead(connection)
    now = utc_now() + offset if settings.sandbox else utc_now()
    typer.echo(f"{now:%Y-%m-%d %H:%M:%S} UTC")
