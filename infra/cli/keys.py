"""``cinema keys``: the keys of persons, and what they are wrapped with."""

from typing import TYPE_CHECKING, Any

import typer

from infra.cli import output
from infra.cli.advancing import advancing
from infra.cli.session import AsJson, Data, database, installation

if TYPE_CHECKING:
    from infra.personal.keks import Keks
    from infra.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Keys of personal data.")


@app.callback()
def keys() -> None:
    """Keys of personal data."""


@app.command()
def status(data: Data = None, as_json: AsJson = False) -> None:
    """How many persons have a key, and by what it is wrapped."""
    from infra.personal.custody import counted
    from infra.personal.keks import read_keks

    settings = installation(data)
    with database(settings, read_only=True) as connection:
        output.either(counted(connection, read_keks(settings)), as_json)


@app.command()
def rotate(data: Data = None, as_json: AsJson = False) -> None:
    """Wrap all keys with the current key-encryption key; events stay as they are.

    The current one is the first of CINEMA_PERSONAL_KEYS, which every process must know
    before; on one machine a new one is put into the file in the data folder.
    """
    from infra.personal.custody import outdated, rotate

    settings = installation(data)
    keks = current(settings)
    with database(settings) as connection:
        total = outdated(connection, keks)
        with advancing("keys", total) as advance:
            unused = rotate(connection, keks, advance)
    told: dict[str, Any] = {
        "current": keks.current,
        "rewrapped": total,
        "no_longer_needed": unused,
    }
    output.either(told, as_json)


@app.command()
def reconcile(data: Data = None, as_json: AsJson = False) -> None:
    """After a restore: destroy again the keys of all whom the log says were erased."""
    from infra.personal.custody import reconcile

    with database(installation(data)) as connection:
        again = reconcile(connection)
    output.either({"destroyed_again": [str(each) for each in again]}, as_json)


def current(settings: "Settings") -> "Keks":
    from infra.personal.keks import KEY_FILE, put_first, read_keks

    if settings.personal_keys.get_secret_value():
        return read_keks(settings)
    return put_first(settings.data / KEY_FILE, settings)
