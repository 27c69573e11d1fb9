"""The statements of one log: `schema.sql` and the reads, with their names filled in."""

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier, Literal

from infra.eventstore.appends import StoredFact
from infra.eventstore.arrays import texts

#: 'es': keeps our advisory locks apart from those of others.
LOCK_CLASS = 0x6573
#: In the order of the fields of ``StoredFact``.
COLUMNS = SQL(
    "stream, version, type, payload, position, metadata, command_id, recorded_at"
)
#: What a reader of thousands needs of each; the moment as ``moments`` has it.
FACT = SQL(
    "stream, version, type, payload, position, metadata, timestamptz_send(recorded_at)"
)
ARGUMENTS, PLAIN_ARGUMENTS, ARGUMENTS_OF_ONE = 18, 15, 11


class Log:
    """``events`` is the library's table name, such as ``cinema_events``."""

    def __init__(self, schema: str, events: str, tracking: str | None = None) -> None:
        name = events.removesuffix("_events")
        self.name = name
        self.statements: dict[str, bytes] = {}
        self.names = {
            "events": Identifier(schema, events),
            "events_name": Literal(f'"{schema}"."{events}"'),
            "events_position": Identifier(f"{events}_position"),
            "receipts": Identifier(schema, f"{name}_receipts"),
            "tracking": Identifier(schema, tracking or f"{name}_tracking"),
            "snapshots": Identifier(schema, "snapshot"),
            "append": Identifier(schema, f"{name}_append"),
            "append_plain": Identifier(schema, f"{name}_append_plain"),
            "append_one": Identifier(schema, f"{name}_append_one"),
            "lock_class": Literal(LOCK_CLASS),
        }

    def sql(self, text: str) -> Composed:
        return SQL(text).format(**self.names, columns=COLUMNS, fact=FACT)

    def prepared(self, text: str) -> bytes:
        """Made once: composing costs as much as asking."""
        if text not in self.statements:
            self.statements[text] = self.sql(text).as_string().encode()
        return self.statements[text]

    @property
    def schema(self) -> Composed:
        return self.sql(Path(__file__).with_name("schema.sql").read_text())

    def create(self, connection: Connection[Any]) -> None:
        """Tables and functions, unless they are there."""
        lock = "SELECT pg_advisory_xact_lock(hashtext(%s))"
        connection.execute(lock, (f"create {self.name}",))
        connection.execute(self.schema)

    @cached_property
    def append(self) -> bytes:
        arguments = ", ".join(["%b"] * ARGUMENTS)
        return self.prepared(f"SELECT {{append}}({arguments})")

    @cached_property
    def append_plain(self) -> bytes:
        arguments = ", ".join(["%b"] * PLAIN_ARGUMENTS)
        return self.prepared(f"SELECT {{append_plain}}({arguments})")

    @cached_property
    def append_one(self) -> bytes:
        arguments = ", ".join(["%b"] * ARGUMENTS_OF_ONE)
        return self.prepared(f"SELECT {{append_one}}({arguments})")

    @property
    def reasons(self) -> bytes:
        """Why commands did not get in: a receipt, or events of their own, are there."""
        return self.prepared("""
            SELECT r.stream, r.version, r.position, r.fingerprint, own.last
            FROM unnest(%b) WITH ORDINALITY AS i (id, ordinal)
            LEFT JOIN {receipts} r ON r.command_id = i.id
            LEFT JOIN LATERAL (
                SELECT max(e.position) AS last
                FROM unnest(%b, %b, %b) AS g (command, stream, version)
                JOIN {events} e ON (e.stream, e.version) = (g.stream, g.version)
                WHERE g.command = i.ordinal
                HAVING bool_and(e.command_id = i.id)) own ON true
            ORDER BY i.ordinal
        """)

    @property
    def receipt(self) -> bytes:
        return self.prepared("""
            SELECT stream, version, position, fingerprint FROM {receipts}
            WHERE command_id = %b
        """)

    @property
    def streams(self) -> bytes:
        return self.prepared("""
            SELECT {fact} FROM {events} WHERE stream = ANY(%b) ORDER BY stream, version
        """)

    @property
    def resumed(self) -> bytes:
        """Streams since their snapshots; one that the log does not bear out is none.

        Parameters are out of the planner's sight, so that it keeps its plan: to plan
        takes ten times as long as to find.
        """
        return self.prepared("""
            SELECT e.* FROM unnest((SELECT %b::text[])) AS wanted (stream)
            LEFT JOIN LATERAL (
                SELECT s.* FROM {snapshots} AS s
                WHERE s.stream = wanted.stream AND s.program = (SELECT %b) AND EXISTS (
                    SELECT FROM {events} AS e
                    WHERE (e.stream, e.version) = (s.stream, s.version)
                    AND (e.position, e.command_id) = (s.position, s.command_id))
                OFFSET 0
            ) AS kept ON true CROSS JOIN LATERAL (
                SELECT kept.stream, kept.version, kept.kind, kept.state, kept.position,
                    kept.checksum, NULL::bytea WHERE kept.version > 0
                UNION ALL
                SELECT {fact} FROM {events}
                WHERE stream = wanted.stream AND version > coalesce(kept.version, 0)
            ) AS e ORDER BY 1, 2
        """)

    def question(
        self,
        after: int,
        upto: int,
        limit: int,
        types: Collection[str],
        partitions: range | None,
    ) -> tuple[bytes, list[Any]]:
        """The statement for a page, and its values."""
        if partitions is not None:
            ends = (partitions[0], partitions[-1])
            values = [after, upto, texts(types), *ends, limit]
            return self.page_of_slice, values
        if types:
            return self.page_of_types, [after, upto, texts(types), limit]
        return self.page, [after, upto, limit]

    @property
    def page(self) -> bytes:
        return self.prepared("""
            SELECT {fact} FROM {events} WHERE position > %b AND position <= %b
            ORDER BY position LIMIT %b
        """)

    @property
    def page_of_types(self) -> bytes:
        return self.prepared("""
            SELECT {fact} FROM {events} WHERE position > %b AND position <= %b
            AND type = ANY(%b) ORDER BY position LIMIT %b
        """)

    @property
    def page_of_slice(self) -> bytes:
        return self.prepared("""
            SELECT {fact} FROM {events} WHERE position > %b AND position <= %b
            AND type = ANY(%b) AND partition BETWEEN %b AND %b
            ORDER BY position LIMIT %b
        """)

    @property
    def head(self) -> bytes:
        return self.prepared("SELECT max(position) FROM {events}")

    @property
    def position_in(self) -> bytes:
        return self.prepared("""
            SELECT position FROM {tracking} WHERE follower = %b AND partition = %b
        """)

    @property
    def start(self) -> bytes:
        return self.prepared("""
            INSERT INTO {tracking} AS k (follower, partition, position)
            VALUES (%b, %b, %b)
            ON CONFLICT (follower, partition) DO UPDATE SET position = excluded.position
            WHERE k.position = 0 RETURNING 1
        """)

    @property
    def move(self) -> bytes:
        return self.prepared("""
            UPDATE {tracking} SET position = %b
            WHERE follower = %b AND partition = %b AND position = %b RETURNING 1
        """)

    @property
    def position(self) -> bytes:
        return self.prepared("""
            SELECT nullif(max(position), 0) FROM {tracking} WHERE follower = %b
        """)

    def stream(self, *, gt: bool, lte: bool, desc: bool, limit: bool) -> bytes:
        parts = ["SELECT {columns} FROM {events} WHERE stream = %b"]
        parts += ["AND version > %b"] * gt
        parts += ["AND version <= %b"] * lte
        parts += ["ORDER BY version", *["DESC"] * desc]
        parts += ["LIMIT %b"] * limit
        return self.prepared(" ".join(parts))

    def notifications(self, *, stop: bool, types: bool) -> bytes:
        parts = ["SELECT {columns} FROM {events} WHERE position >= %b"]
        parts += ["AND position <= %b"] * stop
        parts += ["AND type = ANY(%b)"] * types
        parts += ["ORDER BY position LIMIT %b"]
        return self.prepared(" ".join(parts))


def facts(rows: Sequence[tuple[Any, ...]]) -> list[StoredFact]:
    """Rows of ``COLUMNS`` as what the library passes around."""
    return [StoredFact(*row) for row in rows]
