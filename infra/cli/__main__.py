"""``cinema``: the one command line."""

import logging
import os

import typer

from infra.cli import (
    accounts,
    admin,
    clock,
    doctor,
    events,
    import_,
    keys,
    payments,
    processes,
    projections,
    run,
    schema,
    serve,
    settings,
    simulate,
    up,
)
from infra.cli.errors import reported
from infra.cli.session import Data

app = typer.Typer(
    name="cinema",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help=__doc__,
)
for group in (up, serve, run, schema, simulate, doctor, settings):
    group.add_to(app)
app.add_typer(accounts.app, name="accounts")
app.add_typer(admin.app, name="admin")
app.add_typer(clock.app, name="clock")
app.add_typer(events.app, name="events")
app.add_typer(import_.app, name="import")
app.add_typer(keys.app, name="keys")
app.add_typer(payments.app, name="payments")
app.add_typer(processes.app, name="processes")
app.add_typer(projections.app, name="projections")


@app.callback()
def cinema(data: Data = None) -> None:
    """The backend of a subscription online cinema."""
    if data is not None:
        os.environ["CINEMA_DATA"] = str(data)


def main() -> None:
    # People read this; the roles, which programs read, set up logs of their own.
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    reported(app)


if __name__ == "__main__":
    main()
