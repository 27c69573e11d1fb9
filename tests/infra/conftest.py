"""Servers for what leaves the system."""

from collections.abc import Iterator

import pytest

from infra import outgoing
from infra.bootstrap import assemble
from infra.settings import Settings
from tests.examples import NOON
from tests.mail import scripted
from tests.post import Post


@pytest.fixture
def answers() -> list[str]:
    return []


@pytest.fixture
def post(postgres: Settings, nats_url: str, answers: list[str]) -> Iterator[Post]:
    moment = [NOON]
    settings = postgres.model_copy(update={"nats_url": nats_url})
    with scripted(*answers) as script, assemble(settings, lambda: moment[-1]) as system:
        yield Post(system, outgoing.bus(system), script, moment)
