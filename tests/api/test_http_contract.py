"""What both applications promise of every request."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from psycopg import OperationalError

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import assemble, everyone
from infra.eventstore.postgres import PostgresRecorder
from infra.eventstore.runner import drain
from infra.settings import Settings
from tests.examples import NOON

FILMS = "/command/v1/films"
SOLARIS = {"titles": {"en": "Solaris"}, "type": "movie"}
STALKER = {"titles": {"en": "Stalker"}, "type": "movie"}
ACCOUNT, SESSION = UUID(int=1), UUID(int=2)


@dataclass(frozen=True)
class Somebody:
    account_id: UUID = ACCOUNT
    session_id: UUID = SESSION
    permissions: frozenset[str] = frozenset({"catalogue:edit"})
    authenticated_at: datetime = NOON


PEOPLE = {"editor": Somebody(), "viewer": Somebody(permissions=frozenset())}


@dataclass
class Site:
    client: TestClient
    drain: Any

    def post(self, path: str, as_: str = "editor", **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {as_}", **options.pop("headers", {})}
        return self.client.post(path, headers=headers, **options)


@pytest.fixture
def site(postgres: Settings) -> Iterator[Site]:
    with assemble(postgres, authenticate=PEOPLE.get) as system:
        app = OneAddress(command_app(system), query_app(system))
        client = TestClient(app, raise_server_exceptions=False)
        yield Site(client, lambda: drain(everyone(system).values()))


def test_a_command_says_where_its_result_will_be(site: Site) -> None:
    answer = site.post(FILMS, json=SOLARIS)
    body = answer.json()
    assert answer.status_code == 201
    assert body == {"id": body["id"], "version": 1, "position": 1}
    assert UUID(body["id"]).version == 7
    assert answer.headers["Location"] == f"/query/v1/films/{body['id']}"
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Cinema-Position"] == "1"


def test_a_reader_waits_for_what_it_has_written(site: Site) -> None:
    written = site.post(FILMS, json=SOLARIS)
    where = written.headers["Location"]
    position = {"Cinema-Position": written.headers["Cinema-Position"]}
    late = site.client.get(where, headers=position | {"Prefer": "wait=0"})
    assert (late.status_code, late.json()["code"]) == (503, "projection-lag")
    assert late.headers["Retry-After"] == "1"
    site.drain()
    read = site.client.get(where, headers=position)
    assert (read.status_code, read.json()["title"]) == (200, "Solaris")
    assert read.headers["Cinema-Position"] == "1"


def test_the_same_key_is_the_same_request(site: Site) -> None:
    key = {"Idempotency-Key": "a-1"}
    first = site.post(FILMS, json=SOLARIS, headers=key)
    again = site.post(FILMS, json=SOLARIS, headers=key)
    other = site.post(FILMS, json=STALKER, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


def test_an_old_version_is_told_the_current_one(site: Site) -> None:
    id_ = site.post(FILMS, json=SOLARIS).json()["id"]
    titles = f"{FILMS}/{id_}/titles"
    seen = {"If-Match": '"1"'}
    assert (
        site.post(titles, json={"titles": {"en": "A"}}, headers=seen).status_code == 200
    )
    stale = site.post(titles, json={"titles": {"en": "B"}}, headers=seen)
    assert (stale.status_code, stale.headers["ETag"]) == (412, '"2"')


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b'{"title": "a", "title": "b"}', "application/json", 400, "malformed-json"),
        (b'{"title": NaN}', "application/json", 400, "malformed-json"),
        (b'\xef\xbb\xbf{"title": "a"}', "application/json", 400, "malformed-json"),
        (b'{"title": "\xff"}', "application/json", 400, "malformed-json"),
        (b"[" * 65 + b"]" * 65, "application/json", 400, "malformed-json"),
        (b'{"title": ', "application/json", 400, "malformed-json"),
        (b'{"title": "a"}', "text/plain", 415, "not-json"),
        (b'{"title": "' + b"a" * 65536 + b'"}', "application/json", 413, "too-long"),
        (b'{"title": "a", "id": 1}', "application/json", 422, "invalid"),
        (b"{}", "application/json", 422, "invalid"),
        (b"", "application/json", 422, "invalid"),
    ],
)
def test_bad_bodies(site: Site, body: bytes, kind: str, status: int, code: str) -> None:
    answer = site.post(FILMS, content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/query/v1/nowhere", 404),
        ("GET", "/nowhere", 404),
        ("PATCH", FILMS, 405),
        ("GET", "/query/v1/films/nonsense", 422),
        ("GET", f"/query/v1/films/{UUID(int=9)}", 404),
    ],
)
def test_other_errors_are_problems_too(
    site: Site, method: str, path: str, status: int
) -> None:
    answer = site.client.request(method, path)
    body = answer.json()
    assert (answer.status_code, body["status"]) == (status, status)
    assert body["instance"] == path
    assert answer.headers["Content-Type"] == "application/problem+json"
    if status == 405:
        assert answer.headers["Allow"] == "POST"


def test_who_may_not_is_told_why(site: Site) -> None:
    body = SOLARIS
    unknown = site.client.post(FILMS, json=body)
    wrong = site.post(FILMS, as_="nobody", json=body)
    viewer = site.post(FILMS, as_="viewer", json=body)
    assert (unknown.status_code, wrong.status_code) == (401, 401)
    assert unknown.headers["WWW-Authenticate"] == "Bearer"
    assert (viewer.status_code, viewer.json()["code"]) == (403, "forbidden")


def test_every_answer_has_a_request_id(site: Site) -> None:
    given = site.client.get("/query/v1/health/live", headers={"X-Request-Id": "r-1"})
    made = site.client.get("/command/v1/health/ready", headers={"X-Request-Id": "\t"})
    assert given.headers["X-Request-Id"] == "r-1"
    assert UUID(made.headers["X-Request-Id"])
    assert made.headers["X-Content-Type-Options"] == "nosniff"


def test_every_operation_names_its_permission(site: Site) -> None:
    for api in ("command", "query"):
        document = site.client.get(f"/{api}/v1/openapi.json").json()
        operations = [
            operation
            for item in document["paths"].values()
            for operation in item.values()
        ]
        assert operations
        assert all(operation["x-required-permission"] for operation in operations)


@pytest.mark.parametrize("path", ["/", "/query/v1/docs", "/command/v1/docs"])
def test_pages_for_people_ask_nobody_else(site: Site, path: str) -> None:
    page = site.client.get(path)
    assert page.headers["Content-Type"].startswith("text/html")
    own = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    assert own
    for each in own:
        if each.startswith("data:"):
            continue
        assert each.startswith("/")
        assert site.client.get(each).status_code == 200, each


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (KeyError("secret"), 500, "internal-server-error"),
        (OperationalError("host=secret"), 503, "database-unavailable"),
    ],
)
def test_what_breaks_inside_stays_inside(
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception,
    status: int,
    code: str,
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(PostgresRecorder, "select_streams", fail)
    answer = site.post(FILMS, json=SOLARIS)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "secret" not in answer.text
    assert answer.headers["X-Request-Id"]
    assert answer.headers["Content-Type"] == "application/problem+json"
