"""One order of the events, and what is measured on it."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from psycopg import connect
from pydantic import SecretStr

from benchmarks.projecting import log, views, workers
from infra.bootstrap import System, assemble
from infra.embedded.postgres import Postgres
from infra.garbage import collect_seldom
from infra.migrate import migrate
from infra.projection_engine.engine import BATCH, Engine
from infra.projection_engine.folding import folded
from infra.projection_engine.memory import MemoryStore
from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.rebuilding import Until, drain, rebuild
from infra.projection_engine.store import Changes
from infra.settings import Settings

COPY_OUT = """
COPY (SELECT stream, version, type, payload, position, metadata, recorded_at
FROM es.cinema_events ORDER BY position) TO STDOUT (FORMAT binary)
"""
FORGET = """
TRUNCATE read.{0};
UPDATE read.projection SET position = 0, generation = 0, revision = 0 WHERE name = '{0}'
"""
THERE = "SELECT to_regclass(%s)"
#: The same writes without events are measured over this many.
ENOUGH = 200_000


@dataclass
class Log:
    """One order of the events, and what is measured on it."""

    name: str
    events: int
    system: System
    plain: Engine[Any, Any]
    real: Engine[Any, Any]
    batches: list[dict[Any, Any]] = field(default_factory=list)

    def forget(self, engine: Engine[Any, Any]) -> None:
        with self.system.pool.connection() as connection:
            connection.execute(FORGET.format(engine.name))

    def forget_library(self, schema: str) -> None:
        """Unless its tables are to be made yet."""
        with self.system.pool.connection() as connection:
            for table in ("standings", "standings_tracking"):
                name = f"{schema}.{table}"
                [there] = connection.execute(THERE, (name,)).fetchone() or [None]
                if there:
                    connection.execute(f"TRUNCATE {name}")

    def catch_up(self, engine: Engine[Any, Any], upto: int = 0) -> float:
        """Microseconds for each event."""
        self.forget(engine)
        feed = engine.feed
        if upto:
            engine.feed = Until(feed, upto)
        took = timed(lambda: drain(engine, lambda _: None))
        engine.feed = feed
        return took / (upto or self.events)

    def share(self) -> float:
        """The same by two processes; their start is not counted."""
        self.forget(self.plain)
        self.plain.store.reslice(workers.WORKERS)
        url = self.system.settings.database_url.get_secret_value()
        seconds = workers.together(url, self.system.settings.data)
        self.plain.store.reslice(1)
        return seconds * 1e6 / self.events

    def rebuild(self, engine: Engine[Any, Any], upto: int = 0) -> float:
        self.forget(engine)
        feed = engine.feed
        if upto:
            engine.feed = Until(feed, upto)
        took = timed(lambda: rebuild(engine))
        engine.feed = feed
        return took / (upto or self.events)

    def write_alone(self) -> float:
        """The rows of each batch as they are after it, and the position, ready made."""
        self.forget(self.plain)
        position = self.plain.store.position()

        def write() -> None:
            at = position
            for rows in self.batches:
                self.plain.store.write(Changes(at, at + BATCH, rows))
                at += BATCH

        return timed(write) / (BATCH * len(self.batches))

    def rows_of_batches(self) -> Iterator[dict[Any, Any]]:
        memory: MemoryStore[Any, Any] = MemoryStore()
        for at in range(0, min(self.events, ENOUGH), BATCH):
            page = self.system.log.read(at, views.FACTS, BATCH)
            rows = folded(views.standings, memory, page.facts)
            memory.rows |= rows
            yield rows

    def replay(self) -> float:
        def read() -> None:
            for _ in self.system.log.pages(0, ()):
                pass

        return timed(read) / self.events

    def copy_out(self) -> float:
        def read() -> None:
            with (
                self.system.pool.connection() as connection,
                connection.cursor().copy(COPY_OUT) as copy,
            ):
                for _ in copy:
                    pass

        return timed(read) / self.events


def settle(logs: Sequence[Log]) -> None:
    """What the benchmark itself keeps is nothing for the collector to go through."""
    for each in logs:
        each.batches = [*each.rows_of_batches()]
    gc.collect()
    gc.freeze()
    collect_seldom()


def timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1e6


def prepared(name: str, events: int, postgres: Postgres, stack: ExitStack) -> Log:
    postgres.create(name)
    url = SecretStr(postgres.database(name))
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="cinema-benchmark-")))
    settings = Settings(_env_file=None, database_url=url, data=folder)
    migrate(settings)
    with connect(settings.conninfo, autocommit=True) as connection:
        connection.execute(views.TABLE)
        log.write(connection, events, is_scattered=name == "scattered")
    system = stack.enter_context(assemble(settings))
    store: PostgresStore[Any, Any] = PostgresStore(
        system.pool, "standings", views.Standing, "subscription_id"
    )
    model = system.models["subscriptions"]
    return Log(
        name,
        events,
        system,
        Engine(views.standings, store, system.log),
        Engine(model.projection, model.store, system.log),
    )
