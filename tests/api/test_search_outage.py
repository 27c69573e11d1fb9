"""The search engine is away: what goes on, what does not, and how it comes back."""

import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import System, assemble, engines
from infra.eventstore.runner import Runner
from infra.search.elasticsearch.connection import connect
from infra.settings import Settings
from tests.api.test_http_contract import FILMS, PEOPLE, SOLARIS
from tests.conftest import free_port
from tests.elasticsearch.cable import Cable

EDITOR = {"Authorization": "Bearer editor"}
PATIENCE = 60.0


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def system(postgres: Settings, elasticsearch_url: str, port: int) -> Iterator[System]:
    """Its search engine is behind a port where nobody answers yet."""
    where = {
        "elasticsearch_url": f"http://127.0.0.1:{port}",
        "elasticsearch_index": f"test-{uuid4().hex}",
    }
    settings = postgres.model_copy(update=where)
    with assemble(settings, authenticate=PEOPLE.get) as system:
        runner = Runner(engines(system).values(), system.bell)
        runner.start()
        yield system
        runner.stop()
    with connect(elasticsearch_url) as client:
        client.indices.delete(index=f"{settings.elasticsearch_index}-1")


@pytest.fixture
def client(system: System) -> TestClient:
    app = OneAddress(command_app(system), query_app(system))
    return TestClient(app, raise_server_exceptions=False)


def test_lists_go_on_and_search_comes_back(
    client: TestClient, port: int, elasticsearch_url: str
) -> None:
    added = client.post(FILMS, json=SOLARIS, headers=EDITOR)
    seen = {"Cinema-Position": added.headers["Cinema-Position"], "Prefer": "wait=9"}
    listed = client.get("/query/v1/films", headers=seen)
    assert [film["title"] for film in listed.json()["items"]] == ["Solaris"]

    for path in ("/query/v1/search?q=solaris", "/query/v1/suggest?q=sol"):
        away = client.get(path)
        assert (away.status_code, away.headers["Retry-After"]) == (503, "1")
        assert away.json()["code"] == "search-unavailable"

    with Cable(port, elasticsearch_url):
        found = once_it_answers(client, seen)
        assert [film["title"] for film in found["items"]] == ["Solaris"]


def once_it_answers(client: TestClient, headers: dict[str, str]) -> Any:
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = client.get("/query/v1/search?q=solaris", headers=headers)
        if answer.status_code == 200:
            return answer.json()
        assert answer.status_code == 503
        assert time.monotonic() < deadline, answer.text
