"""Logs as the library's stock recorder kept them become ours, in one transaction.

What was one document per event gets columns of its own, and positions that had gaps are
counted anew: theirs, and those of everybody who had read them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import tuple_row
from psycopg.sql import SQL, Composed, Identifier, Literal

from infra.eventstore.arguments import partition_of
from infra.eventstore.log import Log

SCHEMA = "es"
MAIN = "cinema"
PAGE = 5_000

HAVING = """
SELECT table_name FROM information_schema.columns
WHERE table_schema = %s AND column_name = %s AND table_name LIKE %s ORDER BY 1
"""
RENUMBER = """
ALTER TABLE {events} RENAME TO {former_name};
CREATE TABLE {renumbering} AS
SELECT notification_id AS former, row_number() OVER (ORDER BY notification_id) AS now
FROM {former};
CREATE UNIQUE INDEX ON {renumbering} (former)
"""
STORED = """
SELECT r.former, r.now, f.originator_id, f.originator_version, f.topic, f.state
FROM {former} AS f JOIN {renumbering} AS r ON r.former = f.notification_id
WHERE r.former > %s ORDER BY r.former LIMIT %s
"""
COPY = """
COPY {events} (position, stream, version, type, recorded_at, command_id, partition,
    metadata, payload) FROM STDIN (FORMAT BINARY)
"""
TYPES = ["int8", "text", "int8", "text", "timestamptz", "uuid", "int2", *["bytea"] * 2]
#: How many events of a log there were up to a former position.
NOW = """
coalesce((SELECT n.now FROM {renumbering} AS n WHERE n.former <= {position}
    ORDER BY n.former DESC LIMIT 1), 0)
"""
RECEIPTS = """
INSERT INTO es.cinema_receipts
    (command_id, stream, version, position, fingerprint, handled_at)
SELECT command_id, stream, version, {now}, fingerprint, handled_at FROM es.receipts;
DROP TABLE es.receipts
"""
POSITION = """
INSERT INTO {tracking} (follower, partition, position)
SELECT {follower}, 0, {now} FROM {former}
WHERE application_name <> '__migration__';
DROP TABLE {former}
"""
READ_MODELS = "UPDATE read.{table} SET position = {now}"


class State(msgspec.Struct):
    """What the former column was. Its parts stay the bytes that they were."""

    recorded_at: datetime
    metadata: msgspec.Raw
    payload: msgspec.Raw


class Ids(msgspec.Struct):
    message_id: UUID
    causation_id: UUID | None = None


STATE, IDS = msgspec.json.Decoder(State), msgspec.json.Decoder(Ids)


def upgrade(connection: Connection[Any]) -> list[str]:
    """Convert what there is of the former kind, and say which logs that were."""
    with connection.transaction():
        tables = having(connection, "notification_id", "%\\_events")
        names = [table.removesuffix("_events") for table in tables]
        trackings = having(connection, "application_name", "%\\_tracking")
        for table in trackings:
            rename(connection, table)
        for name in names:
            convert(connection, name)
        for table in trackings:
            move(connection, table.removesuffix("_tracking"), names)
        if MAIN in names:
            connection.execute(SQL(RECEIPTS).format(now=now(MAIN)))
            for table in having(connection, "position", "p%", "read"):
                run(connection, READ_MODELS, table=Identifier(table), now=now(MAIN))
        for name in names:
            run(connection, "DROP TABLE {former}, {renumbering}", name)
        return names


def having(
    connection: Connection[Any], column: str, pattern: str, schema: str = SCHEMA
) -> list[str]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        cursor.execute(HAVING, (schema, column, pattern))
        return [name for (name,) in cursor]


def rename(connection: Connection[Any], table: str) -> None:
    run(
        connection,
        "ALTER TABLE {table} RENAME TO {former}",
        table=Identifier(SCHEMA, table),
        former=Identifier(f"{table}_former"),
    )


def convert(connection: Connection[Any], name: str) -> None:
    run(connection, RENUMBER, name)
    log = Log(SCHEMA, f"{name}_events")
    log.create(connection)
    after = 0
    while rows := page(connection, name, after):
        with connection.cursor() as cursor, cursor.copy(log.sql(COPY)) as copy:
            copy.set_types(TYPES)
            for row in converted(rows):
                copy.write_row(row)
        after = rows[-1][0]


def page(connection: Connection[Any], name: str, after: int) -> list[tuple[Any, ...]]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        cursor.execute(filled(STORED, name), (after, PAGE))
        return cursor.fetchall()


def converted(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for _, position, stream, version, kind, raw in rows:
        state = STATE.decode(raw)
        ids = IDS.decode(state.metadata)
        yield (
            position,
            stream,
            version,
            kind,
            state.recorded_at,
            ids.causation_id or ids.message_id,
            partition_of(stream),
            bytes(state.metadata),
            bytes(state.payload),
        )


def move(connection: Connection[Any], follower: str, logs: list[str]) -> None:
    """A process keeps its position in the main log with its own; a courier, and who
    follows the main log without a log of its own, beside what it follows.
    """
    courier_of = follower.removesuffix("_courier")
    log = courier_of if courier_of != follower and courier_of in logs else MAIN
    run(
        connection,
        POSITION,
        tracking=Identifier(
            SCHEMA, f"{follower if follower in logs else log}_tracking"
        ),
        follower=Literal(MAIN if follower in logs else follower),
        former=Identifier(SCHEMA, f"{follower}_tracking_former"),
        now=now(log, "notification_id"),
    )


def now(log: str, position: str = "position") -> Composed:
    renumbering = Identifier(SCHEMA, f"{log}_renumbering")
    return SQL(NOW).format(renumbering=renumbering, position=Identifier(position))


def run(
    connection: Connection[Any], template: str, name: str = "", **parts: Any
) -> None:
    connection.execute(filled(template, name, **parts))


def filled(template: str, name: str = "", **parts: Any) -> Composed:
    names = {
        "events": Identifier(SCHEMA, f"{name}_events"),
        "former_name": Identifier(f"{name}_former"),
        "former": Identifier(SCHEMA, f"{name}_former"),
        "renumbering": Identifier(SCHEMA, f"{name}_renumbering"),
    }
    return SQL(template).format(**{**names, **parts})
