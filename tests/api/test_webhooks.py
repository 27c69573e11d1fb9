"""The door for payment providers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from infra.asgi import command_app
from infra.bootstrap import System, assemble
from infra.settings import Settings

HERE = "/webhooks/v1/yookassa"
NOTIFICATION = {
    "type": "notification",
    "event": "payment.succeeded",
    "object": {"id": "2fe0c4a1-000f-5000-8000-000000000000", "status": "succeeded"},
}


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    shop = {
        "yookassa_shop_id": "100500",
        "yookassa_secret_key": SecretStr("test_secret"),
        "yookassa_peers": ("127.0.0.1",),
    }
    with assemble(postgres.model_copy(update=shop)) as system:
        yield system


def client(system: System, peer: str = "127.0.0.1") -> TestClient:
    return TestClient(
        command_app(system), raise_server_exceptions=False, client=(peer, 50000)
    )


def kept(system: System) -> list[tuple[Any, ...]]:
    with system.pool.connection() as connection:
        query = "SELECT source, message, status FROM work.inbox"
        return connection.execute(query).fetchall()


def test_a_notification_is_kept_before_it_is_acknowledged(system: System) -> None:
    for _ in range(2):
        answer = client(system).post(HERE, json=NOTIFICATION)
        assert answer.status_code == 200
    message = "payment.succeeded:2fe0c4a1-000f-5000-8000-000000000000:succeeded"
    assert kept(system) == [("yookassa", message, "received")]


def test_others_are_told_nothing(system: System) -> None:
    unknown = client(system).post("/webhooks/v1/stripe", json=NOTIFICATION)
    stranger = client(system, "10.1.2.3").post(
        HERE,
        json=NOTIFICATION,
        headers={"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"},
    )
    nonsense = client(system).post(HERE, content=b"{")
    for answer in (unknown, stranger, nonsense):
        assert (answer.status_code, answer.json()["detail"]) == (404, "Not Found")
    assert kept(system) == []


def test_too_much_is_not_even_read(system: System) -> None:
    body = json.dumps(NOTIFICATION | {"more": "x" * 65536})
    answer = client(system).post(HERE, content=body)
    assert (answer.status_code, kept(system)) == (413, [])
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_what_cannot_be_kept_is_not_acknowledged(system: System) -> None:
    with system.pool.connection() as connection:
        connection.execute("DROP TABLE work.inbox")
    answer = client(system).post(HERE, json=NOTIFICATION)
    assert answer.status_code == 500
    assert "inbox" not in answer.text
