"""Accounts as staff and their owners see them. No address: that is not in the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias, assert_never
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
from domain.kernel.messages import Recorded
from domain.kernel.personal import ERASED, Erased
from domain.kernel.unions import members
from domain.kernel.values import Locale
from domain.session.events import SignedIn
from domain.staff.events import RoleGranted, RoleRevoked, StaffEvent
from projections.projection import Lookup, Projection, View
from projections.rows import replace

Fact: TypeAlias = AccountEvent | StaffEvent | SignedIn


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    account_id: UUID
    locale: Locale
    time_zone: str
    registered_at: datetime
    verified: bool = False
    blocked: bool = False
    roles: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    last_signed_in_at: datetime | None = None
    name: str | None = None
    #: There was something personal, and it was erased.
    erased: bool = False


class AccountsView(View, Protocol):
    def get(self, account_id: UUID) -> AccountRow | None: ...


def keys(recorded: Recorded[Fact], _: Lookup[UUID]) -> Iterable[UUID]:
    return (recorded.payload.account_id,)


def evolve(
    row: AccountRow | None, recorded: Recorded[Fact], _: Mapping[UUID, AccountRow]
) -> AccountRow | None:
    event = recorded.payload
    if isinstance(event, AccountRegistered):
        return registered(event)
    return row and changed(row, event)


def registered(event: AccountRegistered) -> AccountRow:
    return AccountRow(
        account_id=event.account_id,
        locale=event.locale,
        time_zone=event.time_zone,
        registered_at=event.registered_at,
    )


def changed(row: AccountRow, event: Fact) -> AccountRow:
    match event:
        case AccountRegistered() | RegistrationRepeated() | PasswordChanged():
            return row
        case VerificationRequested() | PasswordResetRequested():
            return row
        case LocaleChosen(locale=locale):
            return replace(row, locale=locale)
        case TimeZoneChosen(time_zone=time_zone):
            return replace(row, time_zone=time_zone)
        case ProfileNamed(name=name):
            return named(row, name)
        case AccountErased():
            return named(row, ERASED)
        case EmailVerified():
            return replace(row, verified=True)
        case IdentityLinked(provider=provider):
            return replace(row, providers=(*row.providers, provider))
        case AccountBlocked():
            return replace(row, blocked=True)
        case AccountUnblocked():
            return replace(row, blocked=False)
        case RoleGranted(role=role):
            return replace(row, roles=(*row.roles, role))
        case RoleRevoked(role=role):
            return replace(row, roles=tuple(r for r in row.roles if r != role))
        case SignedIn(signed_in_at=moment):
            return replace(row, last_signed_in_at=moment)
        case _:
            assert_never(event)


def named(row: AccountRow, name: str | Erased) -> AccountRow:
    if isinstance(name, Erased):
        return replace(row, name=None, erased=True)
    return replace(row, name=name)


accounts: Projection[Any, AccountRow] = Projection(
    name="accounts", facts=members(Fact), keys=keys, evolve=evolve, locality="row"
)
