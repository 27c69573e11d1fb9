"""A cinema with editors, viewers and a subscriber, seen through both applications."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import System, assemble, engines
from infra.eventstore.runner import drain
from infra.settings import Settings
from tests.examples import NOON

FILMS = "/command/v1/films"
SOLARIS = {"titles": {"ru": "Солярис", "en": "Solaris"}, "type": "movie"}

SESSION = UUID(int=9)


@dataclass(frozen=True)
class Somebody:
    account_id: UUID
    session_id: UUID = SESSION
    permissions: frozenset[str] = frozenset()
    authenticated_at: datetime = NOON


PEOPLE = {
    "editor": Somebody(UUID(int=1), permissions=frozenset({"catalogue:edit"})),
    "viewer": Somebody(UUID(int=2)),
    "subscriber": Somebody(UUID(int=3)),
}


@dataclass
class Site:
    client: TestClient
    system: System

    def ask(self, method: str, path: str, as_: str = "editor", **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {as_}", **options.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **options)

    def post(self, path: str, **body: Any) -> Any:
        return self.ask("POST", path, json=body)

    def made(self, collection: str, **body: Any) -> str:
        answer = self.post(f"/command/v1/{collection}", **body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def film(self, title: str = "Solaris", **fields: Any) -> str:
        usual = {"titles": {"en": title}, "type": "movie"}
        return self.made("films", **(usual | fields))

    def linked(self, path: str, method: str = "PUT") -> Any:
        answer = self.ask(method, f"/command/v1/films/{path}")
        assert answer.status_code == 200, answer.text
        return answer

    def get(self, path: str, as_: str = "", **headers: str) -> Any:
        if as_:
            headers["Authorization"] = f"Bearer {as_}"
        return self.client.get(f"/query/v1/{path}", headers=headers)

    def seen(self, path: str, as_: str = "", **headers: str) -> Any:
        drain(engines(self.system).values())
        answer = self.get(path, as_, **headers)
        assert answer.status_code == 200, answer.text
        return answer.json()


@contextmanager
def opened(settings: Settings) -> Iterator[Site]:
    with assemble(settings, authenticate=PEOPLE.get) as system:
        queries = query_app(system)
        subscriber = PEOPLE["subscriber"].account_id
        queries.state.views = replace(
            queries.state.views, entitled=lambda account, *_: account == subscriber
        )
        app = OneAddress(command_app(system), queries)
        yield Site(TestClient(app, raise_server_exceptions=False), system)
