"""``projections.py [--events N] [--rounds N]``: how fast read models are brought level.

A view of subscriptions, ten events to each: in the order in which they would be written
by one subscriber after another (``local``), and so that every event is another row's
(``scattered``). Beside it: the library's runner and its view of the same columns, over
fewer events; the same rows written and positions moved without any events; the log as
raw bytes. Rounds alternate; ratios of medians come first.
"""

import argparse
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter
from typing import Any

from psycopg import connect

from benchmarks.projecting import library, log, views
from benchmarks.projecting.server import database, server
from infra.bootstrap import System, assemble
from infra.eventstore.page_reader import PageReader
from infra.projection_engine.engine import BATCH, Engine
from infra.projection_engine.folding import folded
from infra.projection_engine.memory import MemoryStore
from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.rebuilding import Until, drain, rebuild
from infra.projection_engine.store import Changes

COPY_OUT = """
COPY (SELECT stream, version, type, payload, position, metadata, recorded_at
FROM es.cinema_events ORDER BY position) TO STDOUT (FORMAT binary)
"""
FORGET = """
TRUNCATE read.{0};
UPDATE read.projection SET position = 0, generation = 0, revision = 0 WHERE name = '{0}'
"""
ORDERS = ("local", "scattered")
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

    def catch_up(self, engine: Engine[Any, Any], upto: int = 0) -> float:
        """Microseconds for each event."""
        self.forget(engine)
        feed = engine.feed
        if upto:
            engine.feed = Until(feed, upto)
        took = timed(lambda: drain(engine, lambda _: None))
        engine.feed = feed
        return took / (upto or self.events)

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
        reader = PageReader(self.system.cinema.records)
        return timed(lambda: [len(page) for page in reader.pages()]) / self.events

    def copy_out(self) -> float:
        def read() -> None:
            with (
                self.system.pool.connection() as connection,
                connection.cursor().copy(COPY_OUT) as copy,
            ):
                for _ in copy:
                    pass

        return timed(read) / self.events


def settle() -> None:
    """What the benchmark itself keeps is nothing for the collector to go through."""
    gc.collect()
    gc.freeze()


def timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1e6


def prepared(name: str, events: int, postgres: Any, stack: ExitStack) -> Log:
    settings = database(postgres, name, Path(mkdtemp(prefix="cinema-bench-")))
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


class Measured:
    """Microseconds for each event, of each round."""

    def __init__(self) -> None:
        self.rounds: dict[str, list[float]] = {}

    def add(self, name: str, took: float) -> None:
        self.rounds.setdefault(name, []).append(took)
        print(f"  {name}: {took:.2f} µs", flush=True)

    def ratio(self, ours: str, theirs: str) -> str:
        """How many times as fast: the median of the rounds' ratios, and their range."""
        pairs = zip(self.rounds[ours], self.rounds[theirs], strict=True)
        ratios = sorted(other / own for own, other in pairs)
        return f"{median(ratios):.2f} [{ratios[0]:.2f}–{ratios[-1]:.2f}]"

    def rate(self, name: str) -> str:
        rates = sorted(1e6 / took for took in self.rounds[name])
        return f"{median(rates):,.0f} [{rates[0]:,.0f}–{rates[-1]:,.0f}]"


def measure(
    found: Measured, logs: Sequence[Log], env: dict[str, str], few: int
) -> None:
    schema = env["POSTGRES_SCHEMA"]
    forget = f"TRUNCATE {schema}.standings, {schema}.standings_tracking"
    found.add("library", library.project(env, few) * 1e6 / few)
    with logs[0].system.pool.connection() as connection:
        connection.execute(forget)
    seconds, number = library.replay(env)
    found.add("library, replay", seconds * 1e6 / number)
    for each in logs:
        found.add(f"{each.name}, written alone", each.write_alone())
        found.add(f"{each.name}, catch-up", each.catch_up(each.plain))
        found.add(f"{each.name}, rebuild", each.rebuild(each.plain))
        found.add(f"{each.name}, catch-up of subscriptions", each.catch_up(each.real))
        found.add(f"{each.name}, rebuild of subscriptions", each.rebuild(each.real))
        found.add(
            f"{each.name}, catch-up of a tenth",
            each.catch_up(each.plain, each.events // 10),
        )
        found.add(
            f"{each.name}, rebuild of a tenth",
            each.rebuild(each.plain, each.events // 10),
        )
    found.add("replay", logs[0].replay())
    found.add("COPY … TO", logs[0].copy_out())


def table(found: Measured, bars: Sequence[tuple[str, str, str, str]]) -> Iterator[str]:
    yield "| ratio | median [range] | bar |"
    yield "| --- | ---: | ---: |"
    for title, ours, theirs, bar in bars:
        yield f"| {title} | {found.ratio(ours, theirs)} | {bar} |"
    yield ""
    yield "| events/s | median [range] |"
    yield "| --- | ---: |"
    for name in found.rounds:
        yield f"| {name} | {found.rate(name)} |"


def bars() -> Iterator[tuple[str, str, str, str]]:
    for order, bar in (("local", "100"), ("scattered", "25")):
        for what in ("catch-up", "rebuild"):
            name = f"{order}, {what}"
            yield f"{name} / the library's runner", name, "library", bar
            real = f"{name} of subscriptions"
            yield f"{real} / the library's runner", real, "library", ""
            yield f"{name} of all / of a tenth", name, f"{name} of a tenth", "flat"
        alone = f"{order}, written alone"
        wanted = "0.6" if order == "scattered" else ""
        yield f"{order}, catch-up / written alone", f"{order}, catch-up", alone, wanted
    yield "typed replay / the library's", "replay", "library, replay", "4"
    yield "typed replay / COPY … TO", "replay", "COPY … TO", "0.5"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--of-library", type=int, default=4_000)
    asked = parser.parse_args()
    found = Measured()
    with ExitStack() as stack:
        postgres = stack.enter_context(server())
        print(f"Writing {asked.events:,} events, in two orders …", flush=True)
        logs = [prepared(name, asked.events, postgres, stack) for name in ORDERS]
        env = library.environment(postgres.database("local"), "lib")
        library.write(env, asked.of_library)
        for each in logs:
            each.batches = [*each.rows_of_batches()]
        settle()
        for number in range(asked.rounds):
            print(f"Round {number + 1} of {asked.rounds}", flush=True)
            measure(found, logs, env, asked.of_library)
    print("\n".join(table(found, [*bars()])))
