"""What signing in with a provider needs of the world, and how it can be refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from fastapi import HTTPException

from command_api.identity import Device, Grant
from domain.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send the browser, and the secret it is to bring back."""

    url: str
    cookie: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the browser brings back: the provider's answer, and its own secret."""

    state: str
    code: str | None
    issuer: str | None
    error: str | None
    cookie: str


class UnknownProvider(NotFound):
    """There is no such provider."""


class InvalidFlow(HTTPException):
    code = "invalid-flow"

    def __init__(self) -> None:
        detail = (
            "This sign-in was begun in another browser, is over, or took more than"
            " ten minutes: begin again."
        )
        super().__init__(400, detail)


class ProviderRefused(HTTPException):
    code = "provider-refused"

    def __init__(self, provider: str) -> None:
        super().__init__(400, f"{provider} did not sign you in: begin again.")


class ProviderFailed(HTTPException):
    code = "provider-failed"

    def __init__(self, provider: str) -> None:
        detail = f"{provider} cannot be asked, or its answer cannot be relied upon."
        super().__init__(502, detail)


class ConfirmExistingCredential(HTTPException):
    code = "confirm-existing-credential"

    def __init__(self) -> None:
        detail = "Sign in as you did before, and link this way of signing in then."
        super().__init__(409, detail)


class IdentityTaken(HTTPException):
    code = "identity-taken"

    def __init__(self) -> None:
        super().__init__(409, "This way of signing in cannot be linked.")


class OpenId(Protocol):
    @property
    def names(self) -> Sequence[str]: ...

    def depart(self, provider: str, account_id: UUID | None = None) -> Departure:
        """With an account: to link another identity to it."""
        ...

    def arrive(self, provider: str, answer: Answer, device: Device) -> Grant:
        """Raises ``InvalidFlow``, ``ProviderRefused``, ``ProviderFailed``…"""
        ...
