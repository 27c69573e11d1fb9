"""Real people for tests: registered and signed in through the front door."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from domain.kernel.messages import Metadata
from domain.kernel.values import AccountId
from domain.staff.commands import GrantRole
from infra.bootstrap import System
from tests.examples import NOON

PASSWORD = "plum gravel 41 lantern"


@dataclass(frozen=True)
class Person:
    account_id: UUID
    email: str
    access_token: str
    refresh_token: str
    password: str = PASSWORD

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.access_token}"}


def register(client: Any, email: str, password: str = PASSWORD) -> Any:
    body = {"email": email, "password": password}
    return client.post("/auth/v1/registrations", json=body)


def sign_in(client: Any, email: str, password: str = PASSWORD) -> Any:
    body = {"grant_type": "password", "email": email, "password": password}
    return client.post("/auth/v1/tokens", json=body)


def refresh(client: Any, token: str) -> Any:
    body = {"grant_type": "refresh_token", "refresh_token": token}
    return client.post("/auth/v1/tokens", json=body)


def person(client: Any, system: System, email: str = "") -> Person:
    """Somebody who has just registered and signed in."""
    email = email or f"{uuid4().hex}@example.org"
    assert register(client, email).status_code == 202
    return signed_in(client, system, email)


def signed_in(client: Any, system: System, email: str) -> Person:
    tokens = sign_in(client, email).json()
    caller = system.authenticate(tokens["access_token"])
    assert caller
    return Person(
        caller.account_id, email, tokens["access_token"], tokens["refresh_token"]
    )


def staff(client: Any, system: System, *roles: str) -> Person:
    """Somebody who works here, as all of that."""
    email = f"{uuid4().hex}@example.org"
    assert register(client, email).status_code == 202
    account_id = system.access.directory.account_with(email)
    assert account_id
    for role in roles:
        grant(system, account_id, role)
    return signed_in(client, system, email)


def grant(system: System, account_id: UUID, role: str) -> None:
    command = GrantRole(account_id=AccountId(account_id), role=role, now=NOON)
    system.cinema.dispatch(command, Metadata.root(uuid4(), actor="test"))
