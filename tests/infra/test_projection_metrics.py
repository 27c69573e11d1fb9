"""What a collector would see of the engines."""

from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from infra.bootstrap import System, assemble, engines
from infra.projection_engine import metrics
from infra.projection_engine.standing import standing
from infra.projection_engine.store import StoreUnavailable
from infra.settings import Settings
from tests.contracts.test_retrying import Bad, call, refuser, send
from tests.examples.catalogue import add


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        yield system


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> InMemoryMetricReader:
    reader = InMemoryMetricReader()
    meter = MeterProvider([reader]).get_meter("test")
    monkeypatch.setattr(metrics, "meter", meter)
    monkeypatch.setattr(metrics, "events", meter.create_counter("events"))
    monkeypatch.setattr(metrics, "errors", meter.create_counter("errors"))
    return reader


def seen(reader: InMemoryMetricReader) -> dict[str, list[tuple[Any, Any]]]:
    data: Any = reader.get_metrics_data()
    [[scope]] = [each.scope_metrics for each in data.resource_metrics]
    return {
        each.name: [(dict(p.attributes), p.value) for p in each.data.data_points]
        for each in scope.metrics
    }


def test_rate_errors_and_lag_are_told(
    system: System, reader: InMemoryMetricReader
) -> None:
    def unreachable() -> int:
        raise StoreUnavailable

    positions = {"films": engines(system)["films"].store.position}
    metrics.observe(positions | {"search": unreachable}, system.log.head)
    send(system, add())
    call(system, "Bad")
    refuser(system, "Bad").catch_up()
    call(system, "Good")
    films = {"projection": "films"}
    assert seen(reader) == {
        "events": [(films, 2)],
        "errors": [(films | {"error.type": "parked"}, 1)],
        "cinema.projection.lag": [(films, 1)],
    }
    found = standing(engines(system)["films"], system.log.head())
    assert found.failures == 1
    assert found.failure is not None
    assert found.failure.endswith(repr(Bad("Bad")))
