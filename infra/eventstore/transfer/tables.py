"""Which tables a store consists of, and how each is copied."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

from infra.eventstore.log import Log

SCHEMA, MAIN = "es", "cinema_events"
LOGS = r"""
SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename LIKE '%%\_events'
ORDER BY tablename <> %s, tablename
"""
COPY_IN = "COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)"
COPY_OUT = "COPY (SELECT {columns} FROM {table} {order}) TO STDOUT (FORMAT BINARY)"

#: What is decided or in progress beside the log, and what of a row is not carried over:
#: a claim ends with its holder.
BESIDE = {
    ("read", "skipped"): "{}",
    ("work", "rung"): "{}",
    ("work", "charging"): '{"leased_until": "-infinity", "holder": 0}',
    ("work", "refunding"): '{"leased_until": "-infinity", "holder": 0}',
    ("work", "inbox"): '{"holder": 0}',
    ("work", "clock"): "{}",
    ("work", "free_charges"): "{}",
    ("work", "free_refunds"): "{}",
    # Wrapped: without the key-encryption keys of the settings they open nothing.
    ("es", "key_encryption_key"): "{}",
    ("es", "subject_key"): "{}",
}

PATIENCE = """
SET LOCAL statement_timeout = 0;
SET LOCAL lock_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0
"""
#: In the order of the fields of the lines.
EVENT = {
    "position": "int8",
    "stream": "text",
    "version": "int8",
    "type": "text",
    "recorded_at": "timestamptz",
    "command_id": "uuid",
    "partition": "int2",
    "metadata": "bytea",
    "payload": "bytea",
}
RECEIPT = {
    "command_id": "uuid",
    "stream": "text",
    "version": "int8",
    "position": "int8",
    "fingerprint": "bytea",
    "handled_at": "timestamptz",
}
TRACKING = {"follower": "text", "partition": "int2", "position": "int8"}
BLOCK = {
    "no": "int8",
    "first": "int8",
    "last": "int8",
    "root": "bytea",
    "previous": "bytea",
    "hash": "bytea",
    "sealed_at": "timestamptz",
    "marks": "bytea",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows whose columns, of these types, are the fields of a line."""

    name: Identifier
    columns: Mapping[str, str]
    order: LiteralString = ""

    @property
    def types(self) -> list[str]:
        return list(self.columns.values())

    @property
    def copy_in(self) -> Composed:
        return self.sql(COPY_IN)

    @property
    def copy_out(self) -> Composed:
        return self.sql(COPY_OUT)

    def sql(self, template: LiteralString) -> Composed:
        columns = SQL(", ").join(map(Identifier, self.columns))
        return SQL(template).format(
            table=self.name, columns=columns, order=SQL(self.order)
        )


def be_patient(connection: Connection[Any]) -> None:
    """A store is long, and who reads or writes the file may be slow."""
    connection.execute(PATIENCE)


def logs(connection: Connection[Any]) -> list[str]:
    """The main one first."""
    found = connection.execute(LOGS, (SCHEMA, MAIN)).fetchall()
    return [name.removesuffix("_events") for (name,) in found]


def log_of(name: str) -> Log:
    return Log(SCHEMA, f"{name}_events")


def events(log: str) -> Table:
    return Table(Identifier(SCHEMA, f"{log}_events"), EVENT, "ORDER BY position")


def receipts(log: str) -> Table:
    return Table(Identifier(SCHEMA, f"{log}_receipts"), RECEIPT)


def tracking(log: str) -> Table:
    name = Identifier(SCHEMA, f"{log}_tracking")
    return Table(name, TRACKING, "WHERE position > 0 ORDER BY follower, partition")


def blocks() -> Table:
    return Table(Identifier(SCHEMA, "block"), BLOCK, "ORDER BY no")
