"""What a collector is told of the engines (OpenTelemetry); without one, nothing."""

from collections.abc import Callable, Iterable, Mapping

from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation

from infra.projection_engine.store import StoreUnavailable

meter = metrics.get_meter("cinema")
events = meter.create_counter(
    "cinema.projection.events", description="Facts that were projected"
)
batches = meter.create_histogram(
    "cinema.projection.batch.duration", unit="s", description="One batch, all in all"
)
errors = meter.create_counter(
    "cinema.projection.errors", description="Batches that failed, streams parked"
)


def projected(name: str, number: int, seconds: float) -> None:
    if number:
        events.add(number, {"projection": name})
        batches.record(seconds, {"projection": name})


def failed(name: str, kind: str) -> None:
    errors.add(1, {"projection": name, "error.type": kind})


def observe(
    positions: Mapping[str, Callable[[], int]], head: Callable[[], int]
) -> None:
    """Tell how far each is behind, whenever it is asked."""

    def lags(_: CallbackOptions) -> Iterable[Observation]:
        end = head()
        for name, position in positions.items():
            try:
                lag = max(end - position(), 0)
            except StoreUnavailable:
                continue
            yield Observation(lag, {"projection": name})

    meter.create_observable_gauge(
        "cinema.projection.lag",
        [lags],
        unit="{event}",
        description="Events in the log that it has not read yet",
    )
