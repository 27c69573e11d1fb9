"""What players say of how far people have watched: how much of it is taken and written.

Clients in a process of their own post batches of fifty items, each when its last one
was answered. The empty handler is the same application with a bus that takes everything
at once; JetStream alone is as many publishers of the same bytes, without HTTP and
without reading them. Written are the same batches, from the stream into PostgreSQL, and
without the stream. Generator, servers and PostgreSQL share this machine's cores.
"""

import asyncio
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from nats.aio.client import Client
from psycopg_pool import ConnectionPool

from benchmarks.commands import drive, prepared, served, sign_in
from benchmarks.generator import BATCH
from benchmarks.report import Options, alone, progress, ratios, spread, table
from benchmarks.servers import free_port, postgres
from domain.kernel.values import FilmId
from domain.viewing import Watched
from infra.embedded.child import Child
from infra.embedded.nats import Nats
from infra.nats.bus import Bus
from infra.nats.queue import WorkQueue
from infra.projection_engine.postgres import Pool
from infra.viewing.progress_stream import ENCODER, PROGRESS, SUBJECT, Batch
from infra.viewing.progress_writer import PAGE, ProgressWriter, latest, write

CLIENTS = 16
#: Of the writer: batches of one round, of as many persons.
BATCHES = 2_000

TAKEN, EMPTY, BUS = "over HTTP", "empty handler", "JetStream alone"
WRITTEN, ROWS = "written, from the stream", "written, without the stream"

Rates = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Stage:
    ports: dict[str, int]
    url: str
    writer: ProgressWriter
    pool: Pool


@contextmanager
def staged() -> Iterator[Stage]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgres())
        nats = Nats(folder / "jetstream", free_port())
        child = Child(nats.program(folder / "nats.log"))
        stack.callback(child.stop)
        child.wait_for(nats.answers, 10)
        environment = {**prepared(server.url, folder), "CINEMA_NATS_URL": nats.url}
        ports = {
            name: stack.enter_context(served(kind, environment))
            for name, kind in ((TAKEN, "ours"), (EMPTY, "empty"))
        }
        bus = Bus(nats.url, [PROGRESS])
        stack.callback(bus.close)
        pool: Pool = ConnectionPool(server.url, open=True, kwargs={"autocommit": True})
        stack.enter_context(pool)
        writer = ProgressWriter(WorkQueue(bus, "PROGRESS", "writers"), pool)
        yield Stage(ports, nats.url, writer, pool)


def main(chosen: Options) -> str:
    seconds = 1.0 if chosen.quick else 4.0
    rates: Rates = {name: [] for name in (TAKEN, EMPTY, BUS, WRITTEN, ROWS)}
    with staged() as stage:
        for port in stage.ports.values():
            drive(port, 8, 0.5, sign_in(stage.ports[TAKEN]), "progress")
        for number in range(chosen.rounds):
            progress(f"viewing, round {number + 1}")
            play(stage, rates, seconds)
            rates[BUS].append(asyncio.run(published(stage.url, seconds)))
            record(stage, rates, 200 if chosen.quick else BATCHES)
    progress("")
    return report(rates)


def play(stage: Stage, rates: Rates, seconds: float) -> None:
    token = sign_in(stage.ports[TAKEN])
    for name, port in stage.ports.items():
        run = drive(port, CLIENTS, seconds, token, "progress")
        if run.refused:
            raise SystemExit(f"{name}: {run.refused} batches were refused")
        rates[name].append(run.per_second * BATCH)


def record(stage: Stage, rates: Rates, many: int) -> None:
    drained(stage.writer)
    batches = [batch() for _ in range(many)]
    asyncio.run(fill(stage.url, batches))
    rates[WRITTEN].append(per_second(batches, lambda: drained(stage.writer)))
    rates[ROWS].append(per_second(batches, lambda: rewritten(stage, batches)))


def batch() -> Batch:
    now = datetime.now(UTC)
    items = [
        Watched(
            film_id=FilmId(uuid4()),
            position_seconds=1_200,
            duration_seconds=6_000,
            at=now,
        )
        for _ in range(BATCH)
    ]
    return Batch(account_id=uuid4(), items=items)


async def published(url: str, seconds: float) -> float:
    """Items a second, of as many publishers as there are clients."""
    client = Client()
    await client.connect(url)
    stream = client.jetstream()
    body = ENCODER.encode(batch())
    began = perf_counter()

    async def publish() -> int:
        count = 0
        while perf_counter() < began + seconds:
            headers = {"Nats-Msg-Id": str(uuid4())}
            await stream.publish(SUBJECT, body, headers=headers)
            count += 1
        return count

    counts = await asyncio.gather(*(publish() for _ in range(CLIENTS)))
    took = perf_counter() - began
    await client.close()
    return sum(counts) * BATCH / took


async def fill(url: str, batches: Sequence[Batch]) -> None:
    client = Client()
    await client.connect(url)
    stream = client.jetstream()
    for each in batches:
        await stream.publish(SUBJECT, ENCODER.encode(each))
    await client.close()


def drained(writer: ProgressWriter) -> None:
    while not writer.is_at_rest():
        writer.catch_up()


def rewritten(stage: Stage, batches: Sequence[Batch]) -> None:
    """The same rows of other persons, a page of batches at a time."""
    others = [Batch(account_id=uuid4(), items=each.items) for each in batches]
    for begin in range(0, len(others), PAGE):
        write(stage.pool, latest(others[begin : begin + PAGE]))


def per_second(batches: Sequence[Batch], work: Callable[[], None]) -> float:
    began = perf_counter()
    work()
    return len(batches) * BATCH / (perf_counter() - began)


def report(rates: Rates) -> str:
    pairs = {
        "taken over HTTP / by an empty handler": (TAKEN, EMPTY),
        "taken over HTTP / by JetStream alone": (TAKEN, BUS),
        "written from the stream / without it": (WRITTEN, ROWS),
        "written / taken over HTTP": (WRITTEN, TAKEN),
    }
    found = [
        [name, spread(ratios(rates[a], rates[b]))] for name, (a, b) in pairs.items()
    ]
    rows = [[name, spread(each)] for name, each in rates.items()]
    return f"{table(['', 'ratio'], found)}\n{table(['', 'items/s'], rows)}"


if __name__ == "__main__":
    alone(main)
