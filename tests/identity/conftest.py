"""A cinema with its doors, and a clock on its wall that only a test moves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from fastapi.testclient import TestClient

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import System, assemble, everyone, utc_now
from infra.eventstore.runner import drain
from infra.settings import Settings
from tests import people
from tests.people import Person


@dataclass
class WallClock:
    now: datetime = field(default_factory=utc_now)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Site:
    client: TestClient
    system: System
    wall_clock: WallClock

    def register(self, email: str, password: str = people.PASSWORD) -> Any:
        return people.register(self.client, email, password)

    def sign_in(self, email: str, password: str = people.PASSWORD) -> Any:
        return people.sign_in(self.client, email, password)

    def refresh(self, token: str) -> Any:
        return people.refresh(self.client, token)

    def person(self, email: str = "") -> Person:
        return people.person(self.client, self.system, email)

    def staff(self, *roles: str) -> Person:
        return people.staff(self.client, self.system, *roles)

    def drain(self) -> None:
        drain(everyone(self.system).values())

    def facts(self, stream: str) -> list[str]:
        return [type(e.payload).__name__ for e in self.system.cinema.stream(stream)]


def within_a_second(holds: Callable[[], bool]) -> None:
    deadline = monotonic() + 1
    while not holds():
        assert monotonic() < deadline, "not within a second"


@pytest.fixture
def settings(postgres: Settings) -> Settings:
    """What a test changes by parametrising it."""
    return postgres


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    wall_clock = WallClock()
    with assemble(settings, utc_now, wall_clock=wall_clock) as system:
        app = OneAddress(command_app(system), query_app(system))
        client = TestClient(app, raise_server_exceptions=False)
        yield Site(client, system, wall_clock)
