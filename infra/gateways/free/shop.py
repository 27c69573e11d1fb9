"""Open when the settings say to whom it is."""

from domain.kernel.messages import Clock
from infra.projection_engine.postgres import Pool
from infra.settings import Settings
from processes.ports import Gateway


def is_named(settings: Settings) -> bool:
    return settings.free_payments != "nobody"


def opened(_settings: Settings, pool: Pool, clock: Clock) -> Gateway:
    from infra.gateways.free.book import Book
    from infra.gateways.free.gateway import Free

    return Free(Book(pool), clock)
