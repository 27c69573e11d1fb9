"""Renewals: a million subscriptions, of which fifty thousand end within the hour

From the alarm to the period that is paid for: the period is opened, invoiced, its
payment opened, the card charged over HTTP at a gateway that answers after 100 ms, and
every view brought level, by the roles of an installation as processes of their own
(`cinema run processes`, `cinema run projections`) on a durable PostgreSQL. "Allowed by
the gateway" is how many could be charged if nothing but its answers took time. "The
same appends" are the events of those renewals, with as many commits, appended by the
log alone. The alarms that are due are looked for among 10,000, 100,000 and 1,000,000.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

from psycopg import connect
from pydantic import SecretStr

from benchmarks.renewing.roles import cpu, most_memory, running
from benchmarks.renewing.subscribers import add_others, hold, let_go, make_due
from benchmarks.report import Options, alone, number, progress, table
from benchmarks.servers import free_port, postgres
from infra.alarm_clock import BATCH, DUE
from infra.bootstrap import System, assemble, engines
from infra.embedded.payments import SHOP, SHOP_KEY
from infra.embedded.postgres import Postgres
from infra.eventstore.appends import Append
from infra.eventstore.runner import drain
from infra.migrate import migrate
from infra.settings import Settings

SIZES, DUE_NOW = (10_000, 100_000, 1_000_000), 50_000
QUICK_SIZES, QUICK_DUE = (1_000, 5_000), 200
#: Seconds until the gateway answers.
DELAY = 0.1
PATIENCE = 3_600.0
PAUSE = 0.25
LOOKS = 20
PAID = """
SELECT count(*) FILTER (WHERE type = 'PeriodPaid'), coalesce(max(position), %(after)s)
FROM es.cinema_events WHERE position > %(after)s
"""
IS_LEVEL = "SELECT min(position) >= %s FROM read.projection WHERE name <> 'search'"
EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)"


@dataclass(frozen=True, slots=True)
class Run:
    """What it took to renew so many."""

    total: int
    renewals: int
    seconds: float
    #: Of each process: seconds of CPU, and the most memory it had, in MB.
    cpu: Mapping[str, float]
    memory: Mapping[str, float]
    gateway: Mapping[str, int]
    events: int
    hands: int
    scan: tuple[float, int]
    #: A second, by the log alone.
    appended: float

    @property
    def rate(self) -> float:
        return self.renewals / self.seconds

    @property
    def allowed(self) -> float:
        return self.hands / DELAY

    def milliseconds(self, name: str) -> float:
        return self.cpu[name] / self.renewals * 1e3

    def megabytes(self, name: str) -> float:
        return self.memory[name]


def settings_for(server: Postgres, folder: Path, gateway: int) -> Settings:
    server.create("cinema")
    return Settings(
        _env_file=None,
        database_url=SecretStr(server.database("cinema")),
        data=folder / "data",
        yookassa_shop_id=SHOP,
        yookassa_secret_key=SecretStr(SHOP_KEY),
        yookassa_url=f"http://127.0.0.1:{gateway}/v3",
    )


@contextmanager
def prepared(settings: Settings, total: int, due: int) -> Iterator[System]:
    """So many subscriptions in the read models; when they are let go, some are due."""
    migrate(settings)
    with assemble(settings) as system:
        make_due(system, due)
        known = engines(system)
        drain([known[name] for name in ("subscriptions", "alarms")])
        add_others(system, total - due)
        yield system


def scan(settings: Settings) -> tuple[float, int]:
    """Milliseconds to find a page of what is due, and the pages of 8 kB it reads."""
    taken = []
    with connect(settings.conninfo) as connection:
        for _ in range(LOOKS):
            began = perf_counter()
            connection.execute(DUE, ("now", BATCH)).fetchall()
            taken.append((perf_counter() - began) * 1e3)
            connection.rollback()
        explained = connection.execute(f"{EXPLAIN} {DUE}", ("now", BATCH)).fetchone()
    assert explained
    plan = explained[0][0]["Plan"]
    return median(taken), plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def follow(system: System, due: int) -> None:
    """Until so many periods are paid for, and every view has read of it."""
    done, position = 0, system.log.head()
    deadline = monotonic() + PATIENCE
    is_level = False
    while done < due or not is_level:
        progress(f"renewals: {done:,} of {due:,}")
        if monotonic() > deadline:
            raise TimeoutError(f"{done} of {due} after {PATIENCE:.0f} s")
        sleep(PAUSE)
        with system.pool.connection() as connection:
            row = connection.execute(PAID, {"after": position}).fetchone()
            assert row
            done, position = done + row[0], row[1]
            [(is_level,)] = connection.execute(IS_LEVEL, (position,)).fetchall()


def appended(system: System, after: int, renewals: int, each: int) -> float:
    """Renewals a second, if they were nothing but their events in the log."""
    facts = system.log.read(after, (), BATCH * each).facts
    stored = [system.cinema.mapper.to_stored_event(fact) for fact in facts]
    groups = [stored[n : n + each] for n in range(0, len(stored), each)]
    seconds, times = 0.0, max(1, renewals // BATCH)
    for _ in range(times):
        appends = [Append(renamed(group), uuid4()) for group in groups]
        began = perf_counter()
        system.cinema.records.append_many(appends)
        seconds += perf_counter() - began
    return len(groups) * times / seconds


def renamed(group: list[Any]) -> list[Any]:
    """The same in a stream that nobody has."""
    stream = f"benchmark-{uuid4()}"
    return [
        replace(event, originator_id=stream, originator_version=n)
        for n, event in enumerate(group, 1)
    ]


def renewed(server: Postgres, folder: Path, total: int, due: int) -> Run:
    port = free_port()
    settings = settings_for(server, folder, port)
    with prepared(settings, total, due) as system, ExitStack() as stack:
        found = scan(settings)
        hold(system)

        def start(name: str, *command: str) -> int:
            return stack.enter_context(running(name, command, settings, folder))

        postmaster, *_ = (server.folder / "postmaster.pid").read_text().split()
        pids = {
            "PostgreSQL": int(postmaster),
            "gateway": start(
                "gateway", "benchmarks.renewing.gateway", str(port), str(DELAY)
            ),
            "projections": start("projections", "infra.cli", "run", "projections"),
            "processes": start("processes", "infra.cli", "run", "processes"),
        }
        before, head, began = cpu(pids), system.log.head(), perf_counter()
        let_go(system)
        follow(system, due)
        seconds, after = perf_counter() - began, cpu(pids)
        with urlopen(f"http://127.0.0.1:{port}/") as answer:
            gateway = json.load(answer)
        memory = {name: most_memory(pid) for name, pid in pids.items()}
        events = system.log.head() - head
        stack.close()
        return Run(
            total=total,
            renewals=due,
            seconds=seconds,
            cpu={name: after[name] - before[name] for name in pids},
            memory=memory,
            gateway=gateway,
            events=events,
            hands=settings.chargers,
            scan=found,
            appended=appended(system, head, due, events // due),
        )


def run(total: int, due: int) -> Run:
    with TemporaryDirectory() as name, postgres() as server:
        folder = Path(name)
        (folder / "data").mkdir()
        return renewed(server, folder, total, due)


def rows(runs: list[Run]) -> Iterator[list[str]]:
    def row(name: str, value: Callable[[Run], float]) -> list[str]:
        return [name, *(number(value(each)) for each in runs)]

    yield row("renewals", lambda r: r.renewals)
    yield row("a second, at least 300", lambda r: r.rate)
    yield row("… / allowed by the gateway", lambda r: r.rate / r.allowed)
    yield row("… / the same appends", lambda r: r.rate / r.appended)
    yield row("ms to find a page of what is due", lambda r: r.scan[0])
    yield row("… and pages of 8 kB it reads", lambda r: r.scan[1])
    yield row("events of a renewal", lambda r: r.events / r.renewals)
    yield row("requests for each charge", lambda r: r.gateway["requests"] / r.renewals)
    yield row("charges at once, at most", lambda r: r.gateway["most_at_once"])
    yield row("ms of CPU a renewal", lambda r: sum(map(r.milliseconds, (*r.cpu,))))
    for name in runs[0].cpu:
        yield row(f"… {name}", partial(Run.milliseconds, name=name))
    for name in ("processes", "projections"):
        yield row(f"MB of memory, {name}", partial(Run.megabytes, name=name))


def main(chosen: Options) -> str:
    sizes = QUICK_SIZES if chosen.quick else SIZES
    due = chosen.events or (QUICK_DUE if chosen.quick else DUE_NOW)
    runs = []
    for total in sizes:
        progress(f"renewals: preparing {total:,} subscriptions")
        runs.append(run(total, min(due, total)))
    progress("")
    head = ["subscriptions", *(f"{each.total:,}" for each in runs)]
    return table(head, rows(runs))


if __name__ == "__main__":
    alone(main)
