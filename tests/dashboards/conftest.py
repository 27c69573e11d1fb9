"""A cinema with its dashboards."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import assemble
from infra.http.command_client import HttpCommands
from infra.settings import Settings
from tests.dashboards.site import Site, WallClock


@pytest.fixture
def wall_clock() -> WallClock:
    return WallClock()


@pytest.fixture
def site(postgres: Settings, wall_clock: WallClock) -> Iterator[Site]:
    with assemble(postgres, wall_clock=wall_clock) as system:
        commands = command_app(system)
        client: Any = TestClient(commands)
        app = OneAddress(commands, query_app(system, HttpCommands(client)))
        yield Site(app, system)
