"""``cinema accounts``: what operators do with the account of a person."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from infra.cli import output
from infra.cli.session import AsJson, Data, assembled

if TYPE_CHECKING:
    from infra.bootstrap import System

app = typer.Typer(no_args_is_help=True, help="Accounts of people.")


@app.callback()
def accounts() -> None:
    """Accounts of people."""


@app.command()
def erase(
    account: Annotated[str, typer.Argument(help="Its id, or its e-mail address.")],
    reason: Annotated[
        str, typer.Option(help="Why; it is recorded. Name nobody in it.")
    ],
    confirmed: Annotated[
        bool, typer.Option("--yes", help="Do not ask: this cannot be undone.")
    ] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make what is personal of somebody unreadable, for ever; can be repeated.

    Destroys their key and deletes address, password and sessions. Payments stay, under
    an id that stands for nobody. End a running subscription first: this does not.
    """
    from infra.identity.erasure import erase

    with assembled(data) as system:
        account_id = known(system, account)
        if not confirmed:
            typer.confirm(f"Erase {account_id}? This cannot be undone", abort=True)
        done = erase(system, account_id, reason)
    output.either(output.plain(done), as_json)


def known(system: "System", account: str) -> UUID:
    if "@" in account:
        row = system.access.accounts.by_email(account)
        if row is None:
            output.fail("Nobody has this e-mail address.", output.NOTHING)
        return row.account_id
    try:
        return UUID(account)
    except ValueError:
        raise typer.BadParameter(
            f"{account!r} is neither the id of an account nor an e-mail address."
        ) from None
