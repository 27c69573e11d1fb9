"""The situations an account can be in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.account.events import (
    AccountBlocked,
    AccountErased,
    AccountEvent,
    AccountRegistered,
    AccountUnblocked,
    EmailVerified,
    IdentityLinked,
    LocaleChosen,
    PasswordChanged,
    PasswordResetRequested,
    ProfileNamed,
    RegistrationRepeated,
    TimeZoneChosen,
    VerificationRequested,
)
from domain.account.refusals import AccountNotFound
from domain.kernel.personal import Erased
from domain.kernel.values import Locale


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """The moments are of the last letters that strangers, too, can cause."""

    locale: Locale
    time_zone: str
    name: str | Erased | None = None
    is_verified: bool = False
    identities: frozenset[UUID] = frozenset()
    repeated_at: datetime | None = None
    verification_at: datetime | None = None
    reset_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    was: Open


@dataclass(frozen=True, slots=True)
class Gone:
    """Erased: nothing more happens to it."""


Account: TypeAlias = Absent | Open | Blocked | Gone


def registered(state: Account) -> Open:
    """What is so of it whether it is blocked or not. Raises ``AccountNotFound``."""
    match state:
        case Absent() | Gone():
            raise AccountNotFound
        case Blocked(was):
            return was
        case Open():
            return state
        case _:
            assert_never(state)


def evolve(state: Account, event: AccountEvent) -> Account:
    match event:
        case AccountRegistered(locale=locale, time_zone=time_zone):
            return Open(locale=locale, time_zone=time_zone)
        case AccountBlocked():
            return Blocked(state) if isinstance(state, Open) else state
        case AccountUnblocked():
            return state.was if isinstance(state, Blocked) else state
        case AccountErased():
            return Gone()
        case _:
            return within(state, lambda was: changed(was, event))


def changed(was: Open, event: AccountEvent) -> Open:
    match event:
        case AccountRegistered() | AccountBlocked() | AccountUnblocked():
            return was
        case PasswordChanged() | AccountErased():
            return was
        case RegistrationRepeated(repeated_at=moment):
            return replace(was, repeated_at=moment)
        case EmailVerified():
            return replace(was, is_verified=True)
        case VerificationRequested(requested_at=moment):
            return replace(was, verification_at=moment)
        case PasswordResetRequested(requested_at=moment):
            return replace(was, reset_at=moment)
        case LocaleChosen(locale=locale):
            return replace(was, locale=locale)
        case TimeZoneChosen(time_zone=time_zone):
            return replace(was, time_zone=time_zone)
        case ProfileNamed(name=name):
            return replace(was, name=name)
        case IdentityLinked(identity_id=id_):
            return replace(was, identities=was.identities | {id_})
        case _:
            assert_never(event)


def within(state: Account, change: Callable[[Open], Open]) -> Account:
    match state:
        case Absent() | Gone():
            return state
        case Open():
            return change(state)
        case Blocked(was):
            return Blocked(change(was))
        case _:
            assert_never(state)
