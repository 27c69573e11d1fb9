"""What signing up and signing in need of the world, and how they can be refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from fastapi import HTTPException

from domain.kernel.errors import Invalid
from domain.kernel.values import Locale

if TYPE_CHECKING:
    from command_api.openid import OpenId


@dataclass(frozen=True, slots=True)
class Device:
    """Where somebody calls from; a hint for the owner of the account, no proof."""

    address: str
    user_agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """``expires_in`` is the access token's, in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Somebody's wish to have an account."""

    email: str
    password: str
    locale: Locale
    time_zone: str


class WeakPassword(Invalid):
    """The password is too easy to guess."""

    pointer = "/password"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


class InvalidCredentials(HTTPException):
    """One answer for an unknown address, a wrong password and too many attempts."""

    code = "invalid-credentials"

    def __init__(self) -> None:
        detail = (
            "The e-mail address and the password do not match, or it was tried too"
            " often: wait a little and try again."
        )
        super().__init__(401, detail, headers={"WWW-Authenticate": "Bearer"})


class InvalidRefreshToken(HTTPException):
    code = "invalid-refresh-token"

    def __init__(self) -> None:
        detail = "The refresh token is not valid, or no longer: sign in again."
        super().__init__(401, detail, headers={"WWW-Authenticate": "Bearer"})


class AccountIsBlocked(HTTPException):
    """Only said to who has shown that the account is theirs."""

    code = "account-blocked"

    def __init__(self) -> None:
        super().__init__(403, "This account is blocked; write to our support.")


class TooManyRequests(HTTPException):
    code = "too-many-requests"

    def __init__(self, seconds: int) -> None:
        detail = f"Too many requests from your address; try again in {seconds} s."
        super().__init__(429, detail, headers={"Retry-After": str(seconds)})


class Busy(HTTPException):
    code = "busy"

    def __init__(self) -> None:
        detail = "Too many people are signing in at this moment; try again."
        super().__init__(503, detail, headers={"Retry-After": "1"})


class InvalidLink(HTTPException):
    code = "invalid-link"

    def __init__(self) -> None:
        detail = "This link was used before, or is too old; ask for a new one."
        super().__init__(400, detail)


class Registration(Protocol):
    def register(self, application: Application, device: Device) -> None:
        """Whether the address was known is told to its owner only, by letter.

        Raises ``WeakPassword``, ``TooManyRequests``, ``Busy``.
        """
        ...

    def verify_email(self, token: str) -> None:
        """Raises ``InvalidLink``."""
        ...


class Passwords(Protocol):
    def admit(self, device: Device) -> None:
        """Raises ``TooManyRequests``."""
        ...

    def request_reset(self, email: str) -> None: ...

    def request_verification(self, account_id: UUID) -> None: ...

    def reset(self, token: str, password: str) -> None:
        """Raises ``InvalidLink``, ``WeakPassword``, ``Busy``."""
        ...

    def change(
        self, account_id: UUID, session_id: UUID, old: str, new: str, device: Device
    ) -> None:
        """Raises ``InvalidCredentials``, ``WeakPassword``, ``Busy``."""
        ...


class SignIn(Protocol):
    def with_password(self, email: str, password: str, device: Device) -> Grant:
        """Raises ``InvalidCredentials``, ``AccountIsBlocked``, ``Busy``…"""
        ...

    def refresh(self, token: str) -> Grant:
        """Raises ``InvalidRefreshToken``."""
        ...

    def sign_out(self, session_id: UUID) -> None: ...

    def end_session(self, account_id: UUID, session_id: UUID) -> bool:
        """False: this account has no such session."""
        ...

    def end_sessions(self, account_id: UUID, besides: UUID | None = None) -> None: ...


class Keys(Protocol):
    def published(self) -> Mapping[str, Any]:
        """A JSON Web Key Set (RFC 7517)."""
        ...


class Standing(Protocol):
    """What the log says of an account at this moment."""

    @property
    def is_open(self) -> bool: ...

    @property
    def is_verified(self) -> bool: ...

    @property
    def roles(self) -> frozenset[str]: ...


class Standings(Protocol):
    def of(self, account_id: UUID) -> Standing | None: ...


class WallClock(Protocol):
    """The time of the world, which no sandbox moves: what tokens expire by."""

    def __call__(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Identity:
    registration: Registration
    sign_in: SignIn
    keys: Keys
    standings: Standings
    open_id: "OpenId"
    passwords: Passwords
    wall_clock: WallClock
    #: Are we reached by TLS? Then cookies are for TLS only.
    is_secure: bool
