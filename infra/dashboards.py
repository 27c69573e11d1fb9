"""What the dashboards are given."""

from collections.abc import Sequence

from infra.bootstrap import System, engines
from infra.eventstore.audit import AuditLog
from infra.eventstore.sealing import standing as seal
from infra.eventstore.story import Chapter, story
from infra.http.command_client import HttpCommands, client_for
from infra.postgres.dashboard_sessions import PostgresSessions
from infra.postgres.figures import PostgresFigures
from infra.postgres.table_view import PostgresTable
from infra.projection_engine.postgres import Pool
from infra.projection_engine.standing import standing
from projections.projection import Standing
from query_api.dashboards.ports import (
    Change,
    CommandApi,
    Dashboards,
    Happened,
)

#: The read models that have a page, and what their rows are found by.
TABLES = {
    "films": "id",
    "genres": "id",
    "people": "id",
    "accounts": "account_id",
    "subscriptions": "subscription_id",
    "payments": "payment_id",
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

    return Dashboards(
        authenticate=system.authenticate,
        commands=commands,
        sessions=sessions,
        secret=settings.secret("dashboards").hex(),
        tables={name: PostgresTable(pool, name, key) for name, key in TABLES.items()},
        directory=system.access.directory,
        history=LoggedHistory(pool),
        figures=PostgresFigures(pool, system.clock, standings),
    )
