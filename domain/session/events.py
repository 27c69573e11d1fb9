"""What happens in a session, from sign-in to its end. Without any secret."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.kernel.values import AccountId, SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """``method`` is ``password``, or the name of an OpenID provider."""

    session_id: SessionId
    account_id: AccountId
    method: str
    signed_in_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut:
    session_id: SessionId
    account_id: AccountId
    signed_out_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshTokenReuseDetected:
    """A spent token came back: it, or its successor, is in somebody else's hands."""

    session_id: SessionId
    account_id: AccountId
    detected_at: datetime


SessionEvent: TypeAlias = SignedIn | SignedOut | RefreshTokenReuseDetected
