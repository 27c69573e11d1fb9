"""An account: registered, perhaps verified, open until staff blocks it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.account.commands import (
    AccountCommand,
    BlockAccount,
    LinkIdentity,
    RegisterAccount,
    RepeatRegistration,
    UnblockAccount,
    VerifyEmail,
)
from domain.account.events import (
    AccountBlocked,
    AccountEvent,
    AccountRegistered,
    AccountUnblocked,
    EmailVerified,
    IdentityLinked,
    RegistrationRepeated,
)
from domain.kernel.decider import Decider
from domain.kernel.errors import NotFound, Rejected

#: The owner is told of a repeated registration by letter, and not more often than so.
QUIET = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    is_verified: bool = False
    identities: frozenset[UUID] = frozenset()
    repeated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    was: Open


Account: TypeAlias = Absent | Open | Blocked


class AccountNotFound(NotFound):
    """There is no such account."""


class AdministratorCannotBeBlocked(Rejected):
    """The account is an administrator's; revoke that role first."""


def decide(command: AccountCommand, state: Account) -> Sequence[AccountEvent]:
    match command:
        case RegisterAccount():
            return register(command, state)
        case RepeatRegistration():
            return repeat_registration(command, registered(state))
        case VerifyEmail():
            return verify_email(command, registered(state))
        case LinkIdentity():
            return link_identity(command, registered(state))
        case BlockAccount():
            return block(command, state)
        case UnblockAccount():
            return unblock(command, state)
        case _:
            assert_never(command)


def register(command: RegisterAccount, state: Account) -> Sequence[AccountEvent]:
    if state != Absent():
        return ()
    return (
        AccountRegistered(
            account_id=command.account_id,
            locale=command.locale,
            time_zone=command.time_zone,
            registered_at=command.now,
        ),
    )


def repeat_registration(
    command: RepeatRegistration, account: Open
) -> Sequence[AccountEvent]:
    if account.repeated_at and command.now < account.repeated_at + QUIET:
        return ()
    return (
        RegistrationRepeated(account_id=command.account_id, repeated_at=command.now),
    )


def verify_email(command: VerifyEmail, account: Open) -> Sequence[AccountEvent]:
    if account.is_verified:
        return ()
    return (EmailVerified(account_id=command.account_id, verified_at=command.now),)


def link_identity(command: LinkIdentity, account: Open) -> Sequence[AccountEvent]:
    if command.identity_id in account.identities:
        return ()
    return (
        IdentityLinked(
            account_id=command.account_id,
            identity_id=command.identity_id,
            provider=command.provider,
            linked_at=command.now,
        ),
    )


def block(command: BlockAccount, state: Account) -> Sequence[AccountEvent]:
    registered(state)
    if isinstance(state, Blocked):
        return ()
    if command.is_administrator:
        raise AdministratorCannotBeBlocked
    return (AccountBlocked(account_id=command.account_id, blocked_at=command.now),)


def unblock(command: UnblockAccount, state: Account) -> Sequence[AccountEvent]:
    registered(state)
    if not isinstance(state, Blocked):
        return ()
    return (AccountUnblocked(account_id=command.account_id, unblocked_at=command.now),)


def registered(state: Account) -> Open:
    """What is so of it whether it is blocked or not."""
    match state:
        case Absent():
            raise AccountNotFound
        case Blocked(was):
            return was
        case Open():
            return state
        case _:
            assert_never(state)


def evolve(state: Account, event: AccountEvent) -> Account:
    match event:
        case AccountRegistered():
            return Open()
        case RegistrationRepeated(repeated_at=moment):
            return within(state, lambda was: replace(was, repeated_at=moment))
        case EmailVerified():
            return within(state, lambda was: replace(was, is_verified=True))
        case IdentityLinked(identity_id=id_):
            return within(
                state, lambda was: replace(was, identities=was.identities | {id_})
            )
        case AccountBlocked():
            return Blocked(state) if isinstance(state, Open) else state
        case AccountUnblocked():
            return state.was if isinstance(state, Blocked) else state
        case _:
            assert_never(event)


def within(state: Account, change: Callable[[Open], Open]) -> Account:
    match state:
        case Absent():
            return state
        case Open():
            return change(state)
        case Blocked(was):
            return Blocked(change(was))
        case _:
            assert_never(state)


account: Decider[AccountCommand, Account, AccountEvent] = Decider(
    category="account",
    key=lambda command: command.account_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
