"""Puts a store that was written down into an empty one: all of it, or nothing."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from time import monotonic, sleep
from typing import Any

import msgspec
import psycopg
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from infra.eventstore.sealing.sealer import WAIT
from infra.eventstore.transfer import tables
from infra.eventstore.transfer.lines import (
    AnyLine,
    Event,
    Receipt,
    Row,
    SealedBlock,
    Tracking,
    stored,
)
from infra.eventstore.transfer.reading import Reading
from infra.eventstore.transfer.tables import BESIDE, Table
from infra.founding import mark_founded

LOCK = "SELECT pg_advisory_xact_lock({lock_class}, {events_name}::regclass::oid::int)"
HAS_EVENTS = "SELECT EXISTS (SELECT FROM {events}) OR EXISTS (SELECT FROM {receipts})"
FOLLOWED = """
SELECT EXISTS (SELECT FROM es.block)
    OR EXISTS (SELECT FROM read.projection WHERE position > 0)
"""
FORGET = "DELETE FROM {tracking}"
#: A transaction sees who is there as it was when it first asked.
LOOK_AGAIN = "SELECT pg_stat_clear_snapshot()"
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND usename = current_user AND backend_type = 'client backend'
"""
INSERT = """
INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)
"""
CLEAR = "DELETE FROM {table}"
PAGE = 1_000
#: Seconds.
PATIENCE, PAUSE = 2.0, 0.05

CLOCK = "INSERT INTO work.clock DEFAULT VALUES ON CONFLICT DO NOTHING"


class NotImported(Exception):
    """What is in the way. Nothing was changed."""


def section(line: AnyLine) -> tuple[type, str]:
    """What can be copied together."""
    if isinstance(line, Row):
        return Row, line.table
    return type(line), "" if isinstance(line, SealedBlock) else getattr(line, "log", "")


def fields(line: msgspec.Struct) -> tuple[Any, ...]:
    return msgspec.structs.astuple(line)


class Import:
    def __init__(
        self,
        connection: Connection[Any],
        reading: Reading,
        advance: Callable[[int], object] = lambda _: None,
    ) -> None:
        self.connection = connection
        self.reading = reading
        self.advance = advance
        self.counts = dict.fromkeys(reading.header.events, 0)

    def run(self) -> int:
        """How many events. Raises ``BadFile`` and ``NotImported``."""
        try:
            with self.connection.transaction():
                self.prepare()
                self.fill()
                self.connection.execute(CLOCK)
                mark_founded(self.connection)
                self.be_alone()
        except psycopg.DatabaseError as error:
            if isinstance(error, psycopg.OperationalError):
                raise
            raise self.refused(error) from error
        return sum(self.counts.values())

    def refused(self, error: psycopg.DatabaseError) -> NotImported:
        """The server reads behind us: it names its own line, of those of one kind."""
        reason = str(error).strip().partition("\n")[0]
        where = f" ({error.diag.context})" if error.diag.context else ""
        return NotImported(
            f"What was read up to line {self.reading.number} is refused: "
            f"{reason}{where}. Nothing was imported."
        )

    def prepare(self) -> None:
        """Nobody writes from here on, and nobody has written before."""
        tables.be_patient(self.connection)
        self.be_alone()
        self.connection.execute(WAIT)
        for name in tables.logs(self.connection):
            log = tables.log_of(name)
            self.connection.execute(log.sql(LOCK))
            self.refuse_if(log.sql(HAS_EVENTS), f"The log {name} is not empty")
            self.connection.execute(log.sql(FORGET))
        self.refuse_if(SQL(FOLLOWED), "This store has had another log")
        for table in reversed(BESIDE):  # Some refer to those before them.
            self.connection.execute(SQL(CLEAR).format(table=Identifier(*table)))

    def be_alone(self) -> None:
        """Who follows the log might have read one position, and then another log."""
        deadline = monotonic() + PATIENCE
        while others := self.others():
            if monotonic() < deadline:
                sleep(PAUSE)  # A session that was closed is still there for a moment.
                continue
            raise NotImported(
                f"{others} other sessions use this database: stop the cinema that runs "
                "on it, and import again."
            )

    def others(self) -> int:
        self.connection.execute(LOOK_AGAIN)
        [(number,)] = self.connection.execute(OTHERS).fetchall()
        return int(number)

    def refuse_if(self, question: Any, said: str) -> None:
        [(is_so,)] = self.connection.execute(question).fetchall()
        if is_so:
            raise NotImported(f"{said}: import into a new database.")

    def fill(self) -> None:
        for (kind, log), lines in groupby(self.reading.lines(), section):
            if kind is Row:
                self.beside(log, lines)
                continue
            if kind is not SealedBlock and log not in self.counts:
                raise self.reading.bad(f"the header does not know a log {log}.")
            if kind is Event:
                self.copy(tables.events(log), self.events(log, lines))
            elif kind is Receipt:
                self.copy(tables.receipts(log), (fields(line)[1:] for line in lines))
            elif kind is Tracking:
                self.copy(tables.tracking(log), (fields(line)[1:] for line in lines))
            else:
                self.copy(tables.blocks(), map(fields, lines))
        if self.counts != self.reading.header.events:
            raise self.reading.bad(f"the header promises {self.reading.header.events}.")

    def events(self, log: str, lines: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        for event in lines:
            expected = self.counts[log] + 1
            if event.position != expected:
                raise self.reading.bad(f"position {expected} of {log} should follow.")
            try:
                row = stored(event)
            except ValueError as error:
                raise self.reading.bad(f"{error}.") from error
            yield row
            self.counts[log] = expected
            if expected % PAGE == 0:
                self.advance(PAGE)

    def copy(self, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
        with self.connection.cursor() as cursor, cursor.copy(table.copy_in) as copy:
            copy.set_types(table.types)
            write = copy.write_row
            for row in rows:
                write(row)

    def beside(self, name: str, lines: Iterable[Any]) -> None:
        table = tuple(name.split("."))
        if table not in BESIDE:
            raise self.reading.bad(f"there is no {name} here.")
        query = SQL(INSERT).format(table=Identifier(*table))
        rows = (bytes(line.values).decode() for line in lines)
        while page := list(islice(rows, PAGE)):
            self.connection.execute(query, ("[" + ",".join(page) + "]",))
