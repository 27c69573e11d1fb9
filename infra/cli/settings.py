"""``cinema settings``: what this installation runs with."""

import typer

from infra.cli.output import document, table
from infra.cli.session import AsJson, Data, found


def add_to(app: typer.Typer) -> None:
    app.command("settings")(settings)


def settings(data: Data = None, as_json: AsJson = False) -> None:
    """Every setting and its value; secrets are masked."""
    from infra.settings import masked

    values = masked(found(data))
    if as_json:
        document(values)
    else:
        names = ((f"CINEMA_{name.upper()}", value) for name, value in values.items())
        table(("setting", "value"), names)
