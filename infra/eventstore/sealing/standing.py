"""How far the log is sealed: for the first page, and for a collector of metrics."""

from collections.abc import Iterator
from typing import Any

from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation
from psycopg import Connection, Error

from infra.eventstore.sealing.blocks import last_block
from infra.projection_engine.postgres import Pool
from projections.projection import Standing

HEAD = "SELECT coalesce(max(position), 0) FROM es.cinema_events"
meter = metrics.get_meter("cinema")


def standing(connection: Connection[Any]) -> Standing:
    """Its rows are the blocks."""
    last = last_block(connection)
    [(head,)] = connection.execute(HEAD).fetchall()
    lag = max(head - last.last, 0)
    return Standing(
        name="seal",
        position=last.last,
        head=head,
        lag=lag,
        parked=0,
        rows=last.no,
        builds=1,
        state="behind" if lag else "level",
    )


def observe(pool: Pool) -> None:
    """Tell how many events are not sealed, whenever it is asked."""

    def lags(_: CallbackOptions) -> Iterator[Observation]:
        try:
            with pool.connection() as connection:
                lag = standing(connection).lag
        except Error:  # No answer is an answer, too.
            return
        yield Observation(lag)

    meter.create_observable_gauge(
        "cinema.seal.lag",
        [lags],
        unit="{event}",
        description="Events in the log that are not sealed yet",
    )
