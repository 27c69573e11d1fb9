"""``cinema admin``: what must be possible before anybody can sign in."""

import sys
from typing import Annotated

import typer

from infra.cli.output import fail
from infra.cli.session import Data, assembled

app = typer.Typer(no_args_is_help=True, help="Administrators and signing keys.")


@app.callback()
def admin() -> None:
    """Administrators and signing keys."""


@app.command()
def create(
    email: Annotated[str, typer.Argument(help="Their e-mail address.")],
    password_stdin: Annotated[
        bool,
        typer.Option("--password-stdin", help="Read the password, do not make one."),
    ] = False,
    data: Data = None,
) -> None:
    """Make somebody an administrator; without an account yet, with a new one."""
    from command_api.emails import email_address
    from infra.identity.administrator import appoint_administrator, generated_password

    try:
        address = email_address(email)
    except ValueError:
        fail(f"This is not an e-mail address: {email}")
    given = sys.stdin.readline().rstrip("\r\n") if password_stdin else ""
    if password_stdin and not given:
        fail("No password came in on the standard input.")
    password = given or generated_password()
    with assembled(data) as system:
        appointed = appoint_administrator(system, address, password)
    typer.echo(f"{address} is an administrator.")
    if not appointed.is_new:
        typer.echo("The account was there already; its password is as it was.")
    elif not given:
        typer.echo(f"Password (shown only now): {password}")


@app.command("rotate-keys")
def rotate_keys(data: Data = None) -> None:
    """Sign access tokens with a new key; the old one verifies for an hour yet."""
    with assembled(data) as system:
        kid = system.access.keys.rotate()
    typer.echo(f"Tokens are signed with the key {kid} from now on.")
