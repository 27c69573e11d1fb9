"""What can be asked of a session."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    session_id: SessionId
    account_id: AccountId
    method: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOut:
    session_id: SessionId
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTokenReuse:
    session_id: SessionId
    now: datetime


SessionCommand: TypeAlias = SignIn | SignOut | ReportTokenReuse
