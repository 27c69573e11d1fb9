"""What happens among the staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted:
    account_id: AccountId
    role: str
    granted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRevoked:
    account_id: AccountId
    role: str
    revoked_at: datetime


StaffEvent: TypeAlias = RoleGranted | RoleRevoked
