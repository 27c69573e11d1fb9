"""A cinema with its dashboards."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import assemble
from infra.http.command_client import HttpCommands
from infra.settings import Settings
from tests.dashboards.site import Site


@pytest.fixture
def site(postgres: Settings) -> Iterator[Site]:
    with assemble(postgres) as system:
        commands = command_app(system)
        client: Any = TestClient(commands)
        app = OneAddress(commands, query_app(system, HttpCommands(client)))
        yield Site(app, system)
