"""What a collector is told of the processes (OpenTelemetry); without one, nothing."""

from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from eventsourcing.persistence import PersistenceError
from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation

from infra.eventstore.feed import Feed

meter = metrics.get_meter("cinema")
facts = meter.create_counter(
    "cinema.process.facts", description="Facts that a process has read"
)
parkings = meter.create_counter(
    "cinema.process.parked", description="Stories that were parked"
)


@runtime_checkable
class Reader(Protocol):
    """Conductors, couriers and publishers."""

    name: str
    feed: Feed

    def position(self) -> int: ...


def reacted(name: str, number: int) -> None:
    facts.add(number, {"process": name})


def parked(name: str) -> None:
    parkings.add(1, {"process": name})


def observe(followers: Iterable[object]) -> None:
    """Tell how far each is behind, whenever it is asked."""
    readers = [each for each in followers if isinstance(each, Reader)]

    def lags(_: CallbackOptions) -> Iterator[Observation]:
        for reader in readers:
            try:
                lag = max(reader.feed.head() - reader.position(), 0)
            except PersistenceError:
                continue
            yield Observation(lag, {"process": reader.name})

    meter.create_observable_gauge(
        "cinema.process.lag",
        [lags],
        unit="{event}",
        description="Events and commands that it has not read yet",
    )
