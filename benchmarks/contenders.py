"""One contender in a process of its own: NAME URL CLIENTS EVENTS SECONDS.

Says ``ready``, waits for a line, appends as fast as it can, and prints JSON: how many
commands in how many seconds, and the latencies in milliseconds. The seconds are those
until the last of the commands that are counted had its answer: who keeps many waiting
when time is up has not done them in time.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import getrandbits
from threading import Thread
from time import perf_counter
from typing import TypeAlias
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict
from uvicorn.loops.auto import auto_loop_factory

from infra.clock import utc_now
from infra.eventstore.appends import Append, StoredFact
from infra.eventstore.async_log import AsyncLog
from infra.eventstore.log import Log
from infra.eventstore.postgres import PostgresRecorder
from infra.eventstore.receipts import Handled

TYPE = "SubscriptionRenewed"
ID = b"0" * 36
AMOUNT = b'{"minor":39900,"currency":"RUB"}'
PAYLOAD = b'{"subscription_id":"%s","number":3,"amount":%s}' % (ID, AMOUNT)
METADATA = b'{"message_id":"%s","correlation_id":"%s","actor":"renewal"}' % (ID, ID)
INSERT = """
INSERT INTO events (stream, version, type, recorded_at, command_id, partition, metadata,
    payload) VALUES (%b, %b, %b, %b, %b, %b, %b, %b)
"""

Job: TypeAlias = Callable[[], object]


@dataclass(slots=True)
class Clocked:
    """What was done since a start that all clients have in common."""

    start: float
    latencies: list[float] = field(default_factory=list)
    last: float = 0

    def done(self, began: float, now: float) -> None:
        self.latencies.append(now - began)
        self.last = max(self.last, now)

    @property
    def seconds(self) -> float:
        return self.last - self.start

    def told(self) -> dict[str, float]:
        ordered = sorted(self.latencies)
        return {
            "commands": len(ordered),
            "seconds": self.seconds,
            "p50": share(ordered, 0.5) * 1e3,
            "p99": share(ordered, 0.99) * 1e3,
        }


def share(ordered: Sequence[float], part: float) -> float:
    return ordered[int(len(ordered) * part)]


def facts(events: int) -> list[StoredEvent]:
    stream = f"subscription-{getrandbits(128):032x}"
    return [
        StoredFact(stream, version, TYPE, PAYLOAD, 0, METADATA)
        for version in range(1, events + 1)
    ]


def new_id() -> UUID:
    """Cheap: asking the system for randomness would be a third of what is measured."""
    return UUID(int=getrandbits(128))


def command(events: int, has_receipt: bool) -> Append:
    id_, now, made = new_id(), utc_now(), facts(events)
    if not has_receipt:
        return Append(made, id_, now)
    stream = str(made[0].originator_id)
    handled = Handled(command_id=id_, stream=stream, version=events)
    return Append(made, id_, now, handled)


def datastore(url: str) -> PostgresDatastore:
    where = conninfo_to_dict(url)
    return PostgresDatastore(
        str(where["dbname"]),
        str(where["host"]),
        str(where["port"]),
        str(where["user"]),
        "",
        pool_size=1,
        max_overflow=299,
        max_waiting=1_000,
        schema="public",
        originator_id_type="text",
    )


def raw(url: str, events: int) -> Job:
    """An INSERT for each event, a transaction for each command."""
    connection = psycopg.connect(url, autocommit=True)
    cursor = connection.cursor(binary=True)

    def insert() -> None:
        id_, now = new_id(), utc_now()
        rows = [
            (
                e.originator_id,
                e.originator_version,
                TYPE,
                now,
                id_,
                7,
                METADATA,
                e.state,
            )
            for e in facts(events)
        ]
        if events == 1:
            cursor.execute(INSERT, rows[0], prepare=True)
        else:
            with connection.transaction():
                cursor.executemany(INSERT, rows)

    return insert


def library(url: str, events: int) -> Callable[[], Job]:
    recorder = PostgresApplicationRecorder(datastore(url))
    return lambda: lambda: recorder.insert_events(facts(events))


def ours(url: str, events: int, has_receipt: bool) -> Callable[[], Job]:
    recorder = PostgresRecorder(datastore(url), events_table_name="our_events")
    return lambda: lambda: recorder.append(command(events, has_receipt))


def threads(make: Callable[[], Job], clients: int, seconds: float) -> Clocked:
    jobs = [make() for _ in range(clients)]
    jobs[0]()
    await_start()
    clocked = Clocked(perf_counter())
    end = clocked.start + seconds

    def work(job: Job) -> None:
        began = perf_counter()
        while began < end:
            job()
            now = perf_counter()
            clocked.done(began, now)
            began = now

    workers = [Thread(target=work, args=(job,)) for job in jobs]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    return clocked


async def loop(
    url: str, events: int, has_receipt: bool, clients: int, seconds: float
) -> Clocked:
    log = AsyncLog(url, Log("public", "our_events"))
    await log.append(command(events, has_receipt))
    await_start()
    clocked = Clocked(perf_counter())
    end = clocked.start + seconds

    async def work() -> None:
        began = perf_counter()
        while began < end:
            await log.append(command(events, has_receipt))
            now = perf_counter()
            clocked.done(began, now)
            began = now

    await asyncio.gather(*[work() for _ in range(clients)])
    await log.close()
    return clocked


def await_start() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def measured(name: str, url: str, clients: int, events: int, seconds: float) -> Clocked:
    base, _, receipt = name.partition("+")
    match base:
        case "raw INSERT":
            return threads(lambda: raw(url, events), clients, seconds)
        case "library":
            return threads(library(url, events), clients, seconds)
        case "threads":
            return threads(ours(url, events, bool(receipt)), clients, seconds)
        case "asyncio":
            story = loop(url, events, bool(receipt), clients, seconds)
            # The loop that uvicorn runs the applications on.
            with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
                return runner.run(story)
    raise SystemExit(f"There is no contender {name!r}.")


def main() -> None:
    name, url, clients, events, seconds = sys.argv[1:]
    clocked = measured(name, url, int(clients), int(events), float(seconds))
    print(json.dumps(clocked.told()), flush=True)


if __name__ == "__main__":
    main()
