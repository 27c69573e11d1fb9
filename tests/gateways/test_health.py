"""What one process finds of a gateway, another one knows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from psycopg_pool import ConnectionPool

from infra.gateways import health as module
from infra.gateways.health import WELL, Health
from infra.gateways.watched import Watched, failure, outcome_of
from infra.projection_engine.postgres import Pool
from infra.settings import Settings
from processes.breaker import ENOUGH, SHORTEST
from processes.ports import Absent, Observed, Page, Refused, Unknown
from tests.billing.conftest import Hands
from tests.contracts.gateway_contract import ORDER
from tests.memory_gateway import MemoryGateway


@pytest.fixture
def pool(postgres: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    monkeypatch.setattr(module, "LOOK_AGAIN", 0.0)
    options = {"autocommit": True}
    with ConnectionPool(postgres.conninfo, min_size=1, kwargs=options) as pool:
        yield pool


def test_failures_of_all_processes_count_together(pool: Pool) -> None:
    hands = Hands()
    workers = [Health(pool, hands) for _ in range(ENOUGH)]
    with ThreadPoolExecutor(ENOUGH) as threads:
        list(threads.map(lambda each: each.failed("a", "ReadTimeout"), workers))
    front = Health(pool, hands)
    assert front.state("a") == "open"
    assert front.condition("a").failures == ENOUGH
    assert front.condition("b") == WELL


def test_what_works_again_is_well_for_everybody(pool: Pool) -> None:
    hands = Hands()
    worker, other = Health(pool, hands), Health(pool, hands)
    for _ in range(ENOUGH):
        worker.failed("a", "ReadTimeout")
    other.worked("a")
    assert worker.state("a") == "open", "that was the answer to something older"
    hands.now += SHORTEST
    assert worker.state("a") == "half-open"
    other.worked("a")
    assert worker.condition("a") == WELL


def test_a_success_between_failures_counts(pool: Pool) -> None:
    health = Health(pool, Hands())
    for _ in range(3 * ENOUGH):
        health.failed("a", "reset")
        health.worked("a")
    assert health.state("a") == "closed"


def test_while_all_is_well_nothing_is_written(pool: Pool) -> None:
    health = Health(pool, Hands())
    health.worked("a")
    with pool.connection() as connection:
        query = "SELECT count(*) FROM work.gateway_health"
        assert connection.execute(query).fetchone() == (0,)


def test_what_is_a_failure() -> None:
    assert failure(Unknown("reset")) == "reset"
    assert failure(Refused("too_many_requests", "")) == "too_many_requests"
    assert failure(Refused("invalid_request", "")) is None
    assert failure(Absent()) is None
    assert outcome_of(Page([])) == "listed"
    assert outcome_of(Unknown("reset")) == "unknown"


def test_an_outcome_is_told_even_if_it_cannot_be_noted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    closed: Pool = ConnectionPool("host=127.0.0.1 port=9", open=False)
    memory = MemoryGateway(Hands())
    gateway = Watched(memory, Health(closed, Hands()))
    made = gateway.create(gateway.prepare(ORDER), uuid4())
    assert isinstance(made, Observed)
    assert "health not noted" in caplog.text
