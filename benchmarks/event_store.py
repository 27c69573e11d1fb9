"""Appending: ours beside the library's own recorder, plain INSERTs, and two peers.

Every contender is a closed loop of so many clients, each command to a stream of its
own, in a process (or several) of its own, on the same server. The streams are new: what
is measured is the append, not a quarrel. Each begins commands for a second, and what it
did is divided by the time until the last of them was answered.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import IO

import psycopg
from eventsourcing.postgres import PostgresApplicationRecorder

from benchmarks import peers
from benchmarks.contenders import datastore
from benchmarks.report import Options, alone, number, progress, ratios, spread, table
from benchmarks.servers import NoCompiler, postgres
from infra.embedded.postgres import Postgres, binaries
from infra.eventstore.log import Log

OURS = ("threads", "threads+receipt", "asyncio", "asyncio+receipt")
PEERS = ("Emmett", "Message DB")
CONTENDERS = ("library", "raw INSERT", "pgbench", *PEERS, *OURS)
RAW = """
CREATE TABLE events (
    position bigserial, stream text, version bigint, type text, recorded_at timestamptz,
    command_id uuid, partition smallint, metadata bytea, payload bytea,
    PRIMARY KEY (stream, version)
);
CREATE UNIQUE INDEX ON events (position)
"""
PGBENCH = """
INSERT INTO events (stream, version, type, recorded_at, command_id, partition, metadata,
    payload)
VALUES ('subscription-' || gen_random_uuid(), 1, 'SubscriptionRenewed', now(),
    gen_random_uuid(), 7, repeat('m', 110)::bytea, repeat('p', 110)::bytea);
"""
TPS = re.compile(r"tps = ([\d.]+)")
LATENCY = re.compile(r"latency average = ([\d.]+) ms")


@dataclass(frozen=True, slots=True)
class Cell:
    """So many clients in all, so many events a command, in so many processes."""

    clients: int
    events: int = 1
    processes: int = 1
    flush_ms: float = 0

    def __str__(self) -> str:
        text = f"{self.clients} × {self.events}"
        text += f", {self.processes} processes" if self.processes > 1 else ""
        return text + (f", flush + {self.flush_ms:g} ms" if self.flush_ms else "")


USUAL = (
    *(Cell(clients, events) for events in (1, 10) for clients in (1, 16, 64, 256)),
    *(Cell(64, processes=processes) for processes in (2, 4)),
    *(Cell(clients, flush_ms=1) for clients in (1, 64)),
)
QUICK = (Cell(1), Cell(64), Cell(64, flush_ms=1))


@dataclass(frozen=True, slots=True)
class Run:
    events_per_second: float
    p50: float
    p99: float


@dataclass(slots=True)
class Arena:
    """The databases of the contenders on one server."""

    server: Postgres
    seconds: float
    missing: dict[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        for name in ("raw", "library", "ours", "emmett"):
            self.server.create(name)
        with psycopg.connect(self.url("raw"), autocommit=True) as connection:
            connection.execute(RAW)
        with psycopg.connect(self.url("ours"), autocommit=True) as connection:
            Log("public", "our_events").create(connection)
        store = datastore(self.url("library"))
        PostgresApplicationRecorder(store).create_table()
        store.close()
        try:
            peers.install()
            peers.create_message_db(self.server, "message_db")
        except peers.NoPeers as reason:
            self.missing |= dict.fromkeys(PEERS, str(reason))

    def url(self, name: str) -> str:
        return self.server.database(name)

    def run(self, name: str, cell: Cell) -> Run | None:
        if name in self.missing:
            return None
        if name == "pgbench":
            return self.pgbench(cell)
        clients = cell.clients // cell.processes
        options = [str(clients), str(cell.events), str(self.seconds)]
        command = [*self.command(name), *options]
        return measured([command] * cell.processes, cell.events)

    def command(self, name: str) -> list[str]:
        if name in PEERS:
            database = "emmett" if name == "Emmett" else "message_db"
            return ["node", str(peers.DRIVER), name, self.url(database)]
        database = {"raw INSERT": "raw", "library": "library"}.get(name, "ours")
        return [sys.executable, "-m", "benchmarks.contenders", name, self.url(database)]

    def pgbench(self, cell: Cell) -> Run | None:
        if cell.events > 1 or cell.processes > 1:
            return None
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            script.write(PGBENCH)
            script.flush()
            options = ["-n", "-M", "prepared", "-f", script.name, "-T", "2"]
            options += ["-c", str(cell.clients), "-j", "2", self.url("raw")]
            command = [str(binaries() / "pgbench"), *options]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        tps, latency = TPS.search(done.stdout), LATENCY.search(done.stdout)
        assert tps
        assert latency
        return Run(float(tps[1]), float(latency[1]), 0)


def measured(commands: Sequence[Sequence[str]], events: int) -> Run:
    with ExitStack() as stack:
        running = [stack.enter_context(started(command)) for command in commands]
        for child in running:
            output(child).readline()  # It is ready.
        for child in running:
            assert child.stdin
            child.stdin.write("go\n")
            child.stdin.flush()
        found = [json.loads(output(child).readline()) for child in running]
    return run_of(found, events)


def run_of(found: Sequence[Mapping[str, float]], events: int) -> Run:
    """Of processes that began together: until the last answer that any of them had."""
    commands = sum(each["commands"] for each in found)
    return Run(
        commands * events / max(each["seconds"] for each in found),
        median(each["p50"] for each in found),
        max(each["p99"] for each in found),
    )


@contextmanager
def started(command: Sequence[str]) -> "Iterator[subprocess.Popen[str]]":
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as child:
        yield child


def output(child: "subprocess.Popen[str]") -> IO[str]:
    assert child.stdout
    return child.stdout


Results = Mapping[Cell, Mapping[str, Sequence[Run]]]


def rounds(
    cells: Sequence[Cell], chosen: Options, seconds: float
) -> tuple[Results, dict[str, str]]:
    """And why whoever did not run did not.

    Raises ``NoCompiler`` if a slower flush is asked for and cannot be had.
    """
    results: dict[Cell, dict[str, list[Run]]] = {cell: {} for cell in cells}
    [flush] = {cell.flush_ms for cell in cells}
    with postgres(flush) as server:
        arena = Arena(server, seconds)
        arena.prepare()
        for round_ in range(chosen.rounds):
            for cell in cells:
                for name in CONTENDERS:
                    progress(f"round {round_ + 1}: {cell}, {name}")
                    if run := arena.run(name, cell):
                        results[cell].setdefault(name, []).append(run)
    progress("")
    return results, arena.missing


def main(chosen: Options) -> str:
    cells = QUICK if chosen.quick else USUAL
    seconds = 1.0
    results, missing = rounds([c for c in cells if not c.flush_ms], chosen, seconds)
    try:
        slower, _ = rounds([c for c in cells if c.flush_ms], chosen, seconds)
        results = {**results, **slower}
    except NoCompiler as reason:
        missing["Slower flushes"] = str(reason)
    notes = "".join(f"\n{name}: not run, {why}\n" for name, why in missing.items())
    return f"{compared(results)}\n{absolute(results)}{notes}"


def compared(results: Results) -> str:
    """Ratios first: ours to the others."""
    pairs = [
        *((ours, "library") for ours in ("threads", "asyncio")),
        *((ours, "raw INSERT") for ours in ("threads", "asyncio")),
        *((ours, peer) for ours in ("threads", "asyncio") for peer in PEERS),
        *((f"{ours}+receipt", ours) for ours in ("threads", "asyncio")),
    ]
    rows = [
        [f"{a} / {b}", *(ratio(found, a, b) for found in results.values())]
        for a, b in pairs
    ]
    return table(["ratio of events/s", *map(str, results)], rows)


def ratio(found: Mapping[str, Sequence[Run]], ours: str, theirs: str) -> str:
    if ours not in found or theirs not in found:
        return "–"
    speeds = [[run.events_per_second for run in found[name]] for name in (ours, theirs)]
    return spread(ratios(*speeds))


def absolute(results: Results) -> str:
    rows = [
        [name, *(speed(found.get(name, ())) for found in results.values())]
        for name in CONTENDERS
    ]
    return table(["events/s (p50/p99 ms)", *map(str, results)], rows)


def speed(runs: Sequence[Run]) -> str:
    if not runs:
        return "–"
    events, p50, p99 = (
        median(getattr(run, name) for run in runs)
        for name in ("events_per_second", "p50", "p99")
    )
    return f"{number(events)} ({number(p50)}/{number(p99) if p99 else '–'})"


if __name__ == "__main__":
    alone(main)
