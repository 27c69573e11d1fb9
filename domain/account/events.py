"""What happens to an account. No e-mail address is in it; a name can be erased."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel.personal import Personal, Subject
from domain.kernel.values import AccountId, Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRegistered:
    account_id: AccountId
    locale: Locale
    time_zone: str
    registered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationRepeated:
    """Somebody tried to register with the address of an account that is there."""

    account_id: AccountId
    repeated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailVerified:
    account_id: AccountId
    verified_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationRequested:
    """Its owner wants another letter with a link."""

    account_id: AccountId
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordResetRequested:
    """By anybody who knows the address; the letter goes to its owner."""

    account_id: AccountId
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged:
    account_id: AccountId
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleChosen:
    account_id: AccountId
    locale: Locale
    chosen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeZoneChosen:
    account_id: AccountId
    time_zone: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLinked:
    """``identity_id`` is ours; the provider's own subject is not told."""

    account_id: AccountId
    identity_id: UUID
    provider: str
    linked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountBlocked:
    account_id: AccountId
    blocked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUnblocked:
    account_id: AccountId
    unblocked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileNamed:
    """How somebody wants to be called."""

    account_id: Subject[AccountId]
    name: Personal[str]
    named_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountErased:
    """Its person is to be forgotten; what is personal here is read no more."""

    account_id: AccountId
    erased_at: datetime


AccountEvent: TypeAlias = (
    AccountRegistered
    | RegistrationRepeated
    | EmailVerified
    | VerificationRequested
    | PasswordResetRequested
    | PasswordChanged
    | LocaleChosen
    | TimeZoneChosen
    | IdentityLinked
    | AccountBlocked
    | AccountUnblocked
    | ProfileNamed
    | AccountErased
)
