"""Open when the settings say to whom it is."""

from typing import TYPE_CHECKING

from domain.kernel.messages import Clock
from infra.projection_engine.postgres import Pool
from infra.settings import Settings

if TYPE_CHECKING:
    from infra.gateways.free.gateway import Free


def free(settings: Settings, pool: Pool, clock: Clock) -> "Free | None":
    if settings.free_payments == "nobody":
        return None
    from infra.gateways.free.book import Book
    from infra.gateways.free.gateway import Free

    return Free(Book(pool), clock)
