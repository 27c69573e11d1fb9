"""What a collector is told of the gateways (OpenTelemetry); without one, nothing."""

from collections.abc import Iterable, Iterator

from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation
from psycopg import Error

from infra.gateways.health import Health
from processes.breaker import State

meter = metrics.get_meter("cinema")
calls = meter.create_counter(
    "cinema.gateway.calls", description="Calls to a gateway, by what came of them"
)
LEVELS: dict[State, int] = {"closed": 0, "half-open": 1, "open": 2}


def called(gateway: str, call: str, outcome: str) -> None:
    told = {"gateway": gateway, "call": call, "outcome": outcome}
    calls.add(1, told)


def observe(health: Health, gateways: Iterable[str]) -> None:
    """Tell in which state each breaker is, whenever it is asked."""
    codes = tuple(gateways)

    def states(_: CallbackOptions) -> Iterator[Observation]:
        for code in codes:
            try:
                level = LEVELS[health.state(code)]
            except Error:
                return
            yield Observation(level, {"gateway": code})

    meter.create_observable_gauge(
        "cinema.gateway.breaker",
        [states],
        description="0: closed, it works; 1: half-open; 2: open, it does not",
    )
