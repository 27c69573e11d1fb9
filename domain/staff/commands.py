"""What can be asked about the staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole:
    account_id: AccountId
    role: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeRole:
    account_id: AccountId
    role: str
    now: datetime


StaffCommand: TypeAlias = GrantRole | RevokeRole
