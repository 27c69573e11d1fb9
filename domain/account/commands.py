"""What can be asked of an account."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel.values import AccountId, Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAccount:
    account_id: AccountId
    locale: Locale
    time_zone: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRegistration:
    account_id: AccountId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyEmail:
    account_id: AccountId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestVerification:
    account_id: AccountId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPasswordReset:
    account_id: AccountId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPasswordChange:
    """It was changed: where passwords are kept, which is not here."""

    account_id: AccountId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseLocale:
    account_id: AccountId
    locale: Locale
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseTimeZone:
    account_id: AccountId
    time_zone: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkIdentity:
    account_id: AccountId
    identity_id: UUID
    provider: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockAccount:
    """``is_administrator`` is what the staff's own stream says at this moment."""

    account_id: AccountId
    is_administrator: bool
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnblockAccount:
    account_id: AccountId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NameProfile:
    account_id: AccountId
    name: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseAccount:
    """``is_administrator`` is what the staff's own stream says at this moment."""

    account_id: AccountId
    is_administrator: bool
    now: datetime


AccountCommand: TypeAlias = (
    RegisterAccount
    | RepeatRegistration
    | VerifyEmail
    | RequestVerification
    | RequestPasswordReset
    | RecordPasswordChange
    | ChooseLocale
    | ChooseTimeZone
    | LinkIdentity
    | BlockAccount
    | UnblockAccount
    | NameProfile
    | EraseAccount
)
