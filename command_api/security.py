"""Who is calling, and what they may do: every route names its permission."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias, cast
from uuid import UUID

from fastapi import HTTPException, Request

BEARER = "bearer "


class Principal(Protocol):
    """An account that has shown who it is, in one of its sessions."""

    @property
    def account_id(self) -> UUID: ...

    @property
    def session_id(self) -> UUID: ...

    @property
    def permissions(self) -> frozenset[str]: ...

    @property
    def authenticated_at(self) -> datetime: ...


#: From an access token to its holder, or None if it is not (or no longer) valid.
Authenticate: TypeAlias = Callable[[str], Principal | None]


class Unauthenticated(HTTPException):
    code = "unauthenticated"

    def __init__(self, detail: str) -> None:
        super().__init__(401, detail, headers={"WWW-Authenticate": "Bearer"})


class Forbidden(HTTPException):
    code = "forbidden"

    def __init__(self, permission: str) -> None:
        super().__init__(403, f"This needs the permission {permission}.")


class StaleSignIn(HTTPException):
    """RFC 9470: it is not enough to have shown it at some time."""

    code = "insufficient-user-authentication"

    def __init__(self, allowed: timedelta) -> None:
        seconds = int(allowed.total_seconds())
        challenge = (
            f'Bearer error="insufficient_user_authentication", max_age="{seconds}"'
        )
        detail = f"Sign in again: this needs a sign-in of the last {seconds} s."
        super().__init__(401, detail, headers={"WWW-Authenticate": challenge})


@dataclass(frozen=True, slots=True)
class Everybody:
    """Whoever it is: an old token beside a new sign-in is not looked at."""

    permission = "public"

    def __call__(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Anyone:
    """The caller if they have shown who they are; a token that is wrong is refused."""

    permission = "public"

    def __call__(self, request: Request) -> Principal | None:
        authorization = request.headers.get("authorization", "")
        if not authorization:
            return None
        if not authorization.lower().startswith(BEARER):
            raise Unauthenticated("Send the access token as: Authorization: Bearer …")
        authenticate = cast("Authenticate", request.app.state.authenticate)
        principal = authenticate(authorization[len(BEARER) :].strip())
        if principal is None:
            raise Unauthenticated("The access token is not valid, or no longer.")
        return principal


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Anybody who has shown who they are; what they reach is their own."""

    permission = "me"

    def __call__(self, request: Request) -> Principal:
        principal = Anyone()(request)
        if principal is None:
            raise Unauthenticated("Sign in first: this needs an access token.")
        return principal


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody to whom one of their roles gives this permission."""

    permission: str

    def __call__(self, request: Request) -> Principal:
        principal = SignedIn()(request)
        if self.permission not in principal.permissions:
            raise Forbidden(self.permission)
        return principal
