"""Every operation there is, by everybody there can be."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from domain.staff.roles import PERMISSIONS, ROLES
from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import assemble, utc_now
from infra.settings import Settings

PUBLIC, OWN = "public", "me"


@dataclass(frozen=True)
class Holder:
    permissions: frozenset[str]
    account_id: UUID = field(default_factory=uuid4)
    session_id: UUID = field(default_factory=uuid4)
    authenticated_at: datetime = field(default_factory=utc_now)


def people() -> dict[str, Holder]:
    """A token is the name of a role; nothing is a viewer's. All just signed in."""
    found = {role: Holder(permissions) for role, permissions in ROLES.items()}
    return found | {"viewer": Holder(frozenset())}


@pytest.fixture
def client(postgres: Settings) -> Iterator[TestClient]:
    with assemble(postgres, authenticate=people().get) as system:
        app = OneAddress(command_app(system), query_app(system))
        yield TestClient(app, raise_server_exceptions=False)


def operations(client: TestClient) -> Iterator[tuple[str, str, str]]:
    for api in ("command", "query"):
        document = client.get(f"/{api}/v1/openapi.json").json()
        for path, item in document["paths"].items():
            for method, operation in item.items():
                yield method, path, operation["x-required-permission"]


def call(client: TestClient, method: str, path: str, caller: str = "") -> Any:
    steps = path.split("/")
    filled = [str(uuid4()) if step.startswith("{") else step for step in steps]
    headers = {"Prefer": "wait=0", "Idempotency-Key": str(uuid4())}
    if caller:
        headers["Authorization"] = f"Bearer {caller}"
    return client.request(
        method, "/".join(filled), headers=headers, follow_redirects=False
    )


def test_default_is_to_refuse(client: TestClient) -> None:
    found = list(operations(client))
    assert {permission for *_, permission in found} <= PERMISSIONS | {PUBLIC, OWN}
    for method, path, permission in found:
        place = f"{method} {path}"
        nobody = call(client, method, path)
        stranger = call(client, method, path, "stranger")
        viewer = call(client, method, path, "viewer")
        if permission == PUBLIC:
            assert nobody.status_code != 403, place
            continue
        assert nobody.status_code == 401, place
        assert stranger.status_code == 401, place
        if permission == OWN:
            assert viewer.status_code not in (401, 403), place
        else:
            assert (viewer.status_code, viewer.json()["code"]) == (403, "forbidden")
        assert viewer.status_code != 500, place


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_opens_its_own_doors_only(client: TestClient, role: str) -> None:
    for method, path, permission in operations(client):
        if permission in (PUBLIC, OWN):
            continue
        answer = call(client, method, path, role)
        is_open = answer.status_code not in (401, 403)
        assert is_open == (permission in ROLES[role]), f"{method} {path}"
        assert answer.status_code != 500, f"{method} {path}"
