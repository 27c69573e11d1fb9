"""The cinema on a database of the test's own, with one small process."""

from collections.abc import Iterator

import pytest

from infra.bootstrap import System, assemble
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.deliveries import Deliveries
from infra.eventstore.feed import Feed
from infra.eventstore.recorder import LogRecorder
from infra.settings import Settings
from tests.eventstore.stories import STORY


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        yield system


@pytest.fixture
def outbox(system: System) -> LogRecorder:
    return system.cinema.beside(STORY.name)


@pytest.fixture
def conductor(system: System, outbox: LogRecorder) -> Conductor:
    return Conductor(STORY, system.log, outbox, system.clock)


@pytest.fixture
def courier(system: System, outbox: LogRecorder) -> Courier:
    feed = Feed(STORY.name, outbox)
    return Courier("checkout_courier", feed, STORY.orders, Deliveries(system.cinema))
