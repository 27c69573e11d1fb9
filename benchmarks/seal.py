"""Seal, verify, export, import: events a second, beside what cannot be done without.

That is the server's own `COPY` of the same rows, out of it (read and dropped, or into a
file) and into an empty store, and plain SHA-256 of the same bytes, a call for each
event. A store that is carried has a receipt for each event.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4, uuid5

from psycopg import Connection, connect
from psycopg.sql import SQL, Identifier
from pydantic import SecretStr

from benchmarks.report import Options, alone, progress, ratios, spread, table
from benchmarks.servers import postgres
from infra.clock import utc_now
from infra.embedded.postgres import Postgres
from infra.eventstore.arguments import partition_of
from infra.eventstore.sealing.rows import NOWHERE, rows
from infra.eventstore.sealing.sealer import seal_everything
from infra.eventstore.sealing.verification import verify
from infra.eventstore.transfer import exporting, tables
from infra.eventstore.transfer.importing import Import
from infra.eventstore.transfer.reading import Reading
from infra.migrate import migrate
from infra.settings import Settings

EVENTS, STREAM = 250_000, 5
STORE = tables.events("cinema"), tables.receipts("cinema")
METADATA = (
    b'{"message_id":"%(id)b","correlation_id":"%(id)b","causation_id":"%(id)b",'
    b'"actor":"%(id)b","traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa-01"}'
)
PAYLOAD = (
    b'{"subscription_id":"%(id)b","account_id":"%(id)b","plan_id":"%(id)b",'
    b'"price":{"minor":29900,"currency":"RUB"},"started_at":"2026-03-01T12:00:00Z"}'
)
RECEIPTS = """
INSERT INTO es.cinema_receipts SELECT command_id, stream, version, position,
    sha256(payload), recorded_at FROM es.cinema_events
"""
COMPARED = (
    ("verify", "copy out"),
    ("verify", "SHA-256"),
    ("seal", "copy out"),
    ("export", "copy to a file"),
    ("import", "copy in"),
)

Rates = Mapping[str, list[float]]


class Bench:
    def __init__(self, server: Postgres, folder: Path, events: int) -> None:
        self.server = server
        self.file, self.raw = folder / "store.jsonl", folder / "raw"
        self.events = events
        self.settings = self.store()
        with self.connected(self.settings) as connection:
            fill(connection, events)
            seal_everything(connection)
            self.rows = list(rows(connection, NOWHERE, events))

    def store(self) -> Settings:
        name = f"store_{uuid4().hex[:8]}"
        self.server.create(name)
        url = SecretStr(self.server.database(name))
        settings = Settings(_env_file=None, database_url=url, data=Path("/nowhere"))
        migrate(settings)
        return settings

    def drop(self, settings: Settings) -> None:
        name = settings.database_url.get_secret_value().rpartition("/")[2]
        with connect(self.server.url, autocommit=True) as connection:
            connection.execute(SQL("DROP DATABASE {}").format(Identifier(name)))
            connection.execute("CHECKPOINT")

    def connected(self, settings: Settings) -> "Connection[Any]":
        return connect(settings.conninfo, autocommit=True)

    def copy_out(self) -> None:
        with self.connected(self.settings) as connection:
            for _ in rows(connection, NOWHERE, self.events):
                pass

    def copy_to_file(self) -> None:
        with (
            self.connected(self.settings) as connection,
            self.raw.open("wb") as file,
        ):
            for each in STORE:
                for block in copied(connection, each):
                    file.write(block)

    def seal(self) -> None:
        with self.connected(self.settings) as connection:
            connection.execute("TRUNCATE es.block")
            seal_everything(connection)

    def verify(self) -> None:
        with self.connected(self.settings) as connection:
            assert verify(connection).sealed_upto == self.events

    def export(self) -> None:
        with (
            self.connected(self.settings) as connection,
            exporting.snapshot(connection) as events,
            self.file.open("wb") as file,
        ):
            header = exporting.header(utc_now(), events)
            exporting.export(connection, file, header)

    def copy_in(self, settings: Settings) -> None:
        with (
            self.connected(settings) as into,
            self.connected(self.settings) as source,
            into.transaction(),
            into.cursor() as cursor,
        ):
            for each in STORE:
                with cursor.copy(each.copy_in) as copy:
                    for block in copied(source, each):
                        copy.write(block)

    def bring_in(self, settings: Settings) -> None:
        with self.connected(settings) as connection, self.file.open("rb") as file:
            assert Import(connection, Reading(file)).run() == self.events

    def elsewhere(self, action: Callable[[Settings], None]) -> float:
        settings = self.store()
        rate = self.rate(lambda: action(settings))
        self.drop(settings)
        return rate

    def rate(self, action: Callable[[], None]) -> float:
        began = perf_counter()
        action()
        return self.events / (perf_counter() - began)

    def hash(self) -> None:
        for row in self.rows:
            sha256(row).digest()

    def round(self) -> Mapping[str, float]:
        return {
            "copy out": self.rate(self.copy_out),
            "SHA-256": self.rate(self.hash),
            "seal": self.rate(self.seal),
            "verify": self.rate(self.verify),
            "copy to a file": self.rate(self.copy_to_file),
            "export": self.rate(self.export),
            "copy in": self.elsewhere(self.copy_in),
            "import": self.elsewhere(self.bring_in),
        }


def copied(connection: Connection[Any], each: tables.Table) -> Iterator[Any]:
    with connection.cursor() as cursor, cursor.copy(each.copy_out) as copy:
        yield from copy


def fill(connection: Connection[Any], events: int) -> None:
    into = STORE[0]
    with connection.cursor() as cursor, cursor.copy(into.copy_in) as copy:
        copy.set_types(into.types)
        for position in range(1, events + 1):
            copy.write_row(event(position))
    connection.execute(RECEIPTS)
    connection.execute("VACUUM ANALYZE")


def event(position: int) -> tuple[Any, ...]:
    number, version = divmod(position - 1, STREAM)
    id_ = uuid5(UUID(int=4), str(number))
    stream, names = f"subscription-{id_}", {b"id": str(id_).encode()}
    return (
        position,
        stream,
        version + 1,
        "SubscriptionStarted",
        utc_now(),
        uuid5(id_, str(version)),
        partition_of(stream),
        METADATA % names,
        PAYLOAD % names,
    )


def main(chosen: Options) -> str:
    events = EVENTS // (50 if chosen.quick else 1)
    found: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder, postgres() as server:
        bench = Bench(server, Path(folder), events)
        for number in range(chosen.rounds):
            progress(f"seal, round {number + 1}")
            for name, rate in bench.round().items():
                found.setdefault(name, []).append(rate)
        size = sum(map(len, bench.rows)) // events
    progress("")
    return tables_of(found) + f"\n{events:,} events of {size} bytes.\n"


def tables_of(found: Rates) -> str:
    compared = [
        [f"{ours} / {limit}", spread(ratios(found[ours], found[limit]))]
        for ours, limit in COMPARED
    ]
    rates = [[f"{name}, events/s", spread(rates)] for name, rates in found.items()]
    return table(["", ""], [*compared, *rates])


if __name__ == "__main__":
    alone(main)
