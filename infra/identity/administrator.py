"""The first administrator, made by whoever runs the machine. No default password."""

from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from uuid import uuid5

from command_api.identity import Application
from domain.account.commands import VerifyEmail
from domain.kernel.messages import Metadata
from domain.kernel.values import AccountId
from domain.staff.commands import GrantRole
from domain.staff.decider import administrators
from domain.staff.roles import ADMINISTRATOR
from infra.identity.accounts import AccountRow

if TYPE_CHECKING:
    from infra.bootstrap import System

#: Of the domain that is nobody's (RFC 2606), for a cinema that is tried out.
USUAL_EMAIL = "admin@cinema.example"
GENERATED_BYTES = 15
OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Appointed:
    """``is_new``: the account was made for it, with the password that was given."""

    email: str
    is_new: bool


def generated_password() -> str:
    return token_urlsafe(GENERATED_BYTES)


def appoint_administrator(system: "System", email: str, password: str) -> Appointed:
    """Whoever has the address already keeps their password. Raises ``WeakPassword``."""
    access = system.access
    known = access.accounts.by_email(email)
    row = known or register(system, email, password)
    access.registering.recorder.record(row)
    account_id, now = AccountId(row.account_id), system.clock()
    for command in (
        VerifyEmail(account_id=account_id, now=now),
        GrantRole(account_id=account_id, role=ADMINISTRATOR, now=now),
    ):
        message_id = uuid5(account_id, f"{type(command).__name__} {now.isoformat()}")
        metadata = Metadata.root(message_id, OPERATOR, reason="made on the machine")
        system.cinema.dispatch(command, metadata)
    return Appointed(email, is_new=known is None)


def register(system: "System", email: str, password: str) -> AccountRow:
    application = Application(
        email=email, password=password, locale="ru", time_zone="Europe/Moscow"
    )
    registering = system.access.registering
    registering.check(application)
    registering.add(application)
    row = system.access.accounts.by_email(email)
    assert row
    return row


def create_first_administrator(system: "System") -> tuple[str, str] | None:
    """The address and the password; None if somebody is an administrator already."""
    if administrators(system.access.standings.staff()):
        return None
    settings = system.settings
    email = settings.admin_email or USUAL_EMAIL
    password = settings.admin_password.get_secret_value() or generated_password()
    appoint_administrator(system, email, password)
    return email, password


def introduce_administrator(system: "System", say: Callable[[str], None]) -> None:
    """At the first start; a password that was made up is said once and only now."""
    if (created := create_first_administrator(system)) is None:
        return
    email, password = created
    if system.settings.admin_password.get_secret_value():
        say(f"Administrator: {email}, with the password that you have set")
    else:
        say(f"Administrator: {email}, password: {password} (shown only now)")
