"""What is known of people and is in no read model, because it must stay erasable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """``device`` is what the browser said of itself: a hint, no proof."""

    session_id: UUID
    device: str
    address: str
    signed_in_at: datetime
    last_seen_at: datetime
    expires_at: datetime


class Directory(Protocol):
    def email_of(self, account_id: UUID) -> str | None: ...

    def account_with(self, email: str) -> UUID | None: ...

    def sessions_of(self, account_id: UUID) -> Sequence[Session]:
        """Those that live, the one used last first."""
        ...


def masked(email: str | None) -> str | None:
    """Enough to recognise an address by, for staff who need not know it."""
    if email is None:
        return None
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}***@{domain}"
