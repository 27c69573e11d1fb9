"""What the dashboards are given."""

from collections.abc import Iterator, Sequence
from typing import Any

from infra.bootstrap import System, engines
from infra.eventstore.audit import AuditLog
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.eventstore.deliveries import Deliveries
from infra.eventstore.feed import Feed
from infra.eventstore.sealing import standing as seal
from infra.eventstore.story import Chapter, story
from infra.gateways.shops import codes
from infra.http.command_client import HttpCommands, client_for
from infra.postgres.dashboard_sessions import PostgresSessions
from infra.postgres.figures import PostgresFigures
from infra.postgres.finance import PostgresFinance
from infra.postgres.searches import PostgresSearches
from infra.postgres.table_view import PostgresTable
from infra.projection_engine.postgres import Pool
from infra.projection_engine.standing import standing
from infra.stories import STORIES
from projections.projection import Standing
from query_api.dashboards.health import GatewayHealth
from query_api.dashboards.ports import (
    Change,
    CommandApi,
    Dashboards,
    Follower,
    Happened,
)

#: The read models that have a page, and what their rows are found by.
TABLES = {
    "films": "id",
    "genres": "id",
    "people": "id",
    "collections": "id",
    "accounts": "account_id",
    "subscriptions": "subscription_id",
    "payments": "payment_id",
    "refunds": "refund_id",
    "plans": "plan_id",
    "gateway_differences": "id",
    "promo_codes": "promo_code_id",
}


class LoggedHistory:
    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def of(self, stream: str) -> Sequence[Happened]:
        with self.pool.connection() as connection:
            return [happened(each) for each in story(AuditLog(connection), stream)]


def happened(chapter: Chapter) -> Happened:
    entry = chapter.entry
    return Happened(
        position=entry.position,
        version=entry.version,
        type=entry.type,
        recorded_at=entry.recorded_at,
        actor=entry.metadata.actor,
        reason=entry.metadata.reason,
        correlation=entry.metadata.correlation_id,
        changes=[Change(name, *pair) for name, pair in chapter.changes.items()],
    )


def processes(system: System) -> Iterator[Conductor | Courier]:
    """To be asked how far they are; they do nothing here."""
    deliveries = Deliveries(system.cinema)
    for process in STORIES:
        recorder = system.cinema.beside(process.name)
        outbox = Feed(process.name, recorder)
        yield Conductor(process, system.log, recorder, system.clock)
        yield Courier(f"{process.name}_courier", outbox, process.orders, deliveries)


def following(reader: Conductor | Courier) -> Follower:
    position, parked = reader.position(), reader.parked()
    oldest = min(parked, key=lambda each: each.since, default=None)
    return Follower(
        name=reader.name,
        position=position,
        lag=max(reader.feed.head() - position, 0),
        parked=len(parked),
        reason=oldest.reason if oldest else None,
    )


def dashboards(system: System, commands: CommandApi | None = None) -> Dashboards:
    settings, pool = system.settings, system.pool
    if commands is None:
        client = client_for(settings.command_url or settings.public_url)
        commands = HttpCommands(system.stack.enter_context(client))
    sessions = PostgresSessions(pool, system.access.identity.wall_clock)

    def standings() -> Sequence[Standing]:
        head = system.log.head()
        models = [standing(engine, head) for engine in engines(system).values()]
        with pool.connection() as connection:
            return [*models, seal.standing(connection)]

    def followers() -> Sequence[Follower]:
        return [following(each) for each in reading]

    def gateways() -> Sequence[GatewayHealth]:
        found = {name: system.health.condition(name) for name in codes(settings)}
        return [
            GatewayHealth(name, each.state, each.failures, each.failed_at, each.cause)
            for name, each in found.items()
        ]

    books: Any = system.models["ledger"].store
    reading = [*processes(system)]
    return Dashboards(
        authenticate=system.authenticate,
        commands=commands,
        sessions=sessions,
        secret=settings.secret("dashboards").hex(),
        tables={name: PostgresTable(pool, name, key) for name, key in TABLES.items()},
        directory=system.access.directory,
        history=LoggedHistory(pool),
        searched=PostgresSearches(pool, system.clock),
        clock=system.clock,
        finance=PostgresFinance(pool, books),
        figures=PostgresFigures(pool, system.clock, standings, followers, gateways),
    )
