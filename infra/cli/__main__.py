"""``cinema``: the one command line."""

import typer

from infra.cli import events

app = typer.Typer(
    name="cinema", no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__
)
app.add_typer(events.app, name="events")


@app.callback()
def cinema() -> None:
    """The backend of a subscription online cinema."""


def main() -> None:
    app()


if __name__ == "__main__":
    main()
