"""The library's PostgreSQL storage, with append, reads and wake-up replaced."""

from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from itertools import islice
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import Notification, StoredEvent, Tracking
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresProcessRecorder,
)
from psycopg.rows import tuple_row
from typing_extensions import override

from domain.kernel.messages import Receipt
from infra.eventstore import arrays
from infra.eventstore.appends import Append, Outcome, append_of
from infra.eventstore.bell import Bell
from infra.eventstore.group_commit import GroupCommit
from infra.eventstore.log import Log, facts
from infra.eventstore.receipts import Handled, Kept
from infra.eventstore.recorder import Row
from infra.eventstore.subscription import BellSubscription
from infra.eventstore.unsafe import UnsafeSetting
from infra.personal.ports import WITHHELD, Keys

#: Nothing here takes long: what does has met a fault, and must not keep others waiting.
SESSION = (
    "-c timezone=UTC -c statement_timeout=60s -c lock_timeout=30s"
    " -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)

#: Rows of a page that are worked on at a time.
CHUNK = 200


class PostgresRecorder(PostgresApplicationRecorder):
    """One log. Its events, receipts and positions are written by one statement only."""

    def __init__(
        self,
        datastore: PostgresDatastore,
        *,
        events_table_name: str = "stored_events",
        **names: str,
    ) -> None:
        if datastore.originator_id_type != "text":
            raise UnsafeSetting("ORIGINATOR_ID_TYPE", "must be text here")
        if datastore.enable_db_functions:
            raise UnsafeSetting(
                "POSTGRES_ENABLE_DB_FUNCTIONS", "loses events for followers"
            )
        assert isinstance(datastore.pool.kwargs, dict)
        datastore.pool.kwargs.setdefault("options", SESSION)
        super().__init__(datastore, events_table_name=events_table_name, **names)
        tracking = names.get("tracking_table_name")
        self.log = Log(datastore.schema, events_table_name, tracking)
        self.bell = Bell()
        self.keys: Keys = WITHHELD
        self.commits = GroupCommit(self.connect, self.log, self.announce)

    def announce(self, kinds: Collection[str] = (), /) -> None:
        self.bell.ring(kinds)

    @override
    def create_table(self) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self.log.create(cursor.connection)

    @override
    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Options: ``tracking`` and ``handled``.

        Raises ``IntegrityError`` and ``AlreadyHandled``.
        """
        append = append_of(stored_events, **kwargs)
        return list(self.append(append)) if append else None

    def append(self, append: Append) -> range:
        """The positions of its events.

        Raises ``IntegrityError``, ``AlreadyHandled`` and ``OperationalError``.
        """
        return self.commits.append(append)

    def append_many(self, appends: Sequence[Append]) -> Sequence[Outcome]:
        """Each by itself, all in one commit; raises ``OperationalError``."""
        return self.commits.append_many(appends)

    def find(self, command_id: UUID) -> Kept | None:
        for stream, version, position, fingerprint in self.rows(
            self.log.receipt, [command_id]
        ):
            return Kept(Receipt(stream, version, position), bytes(fingerprint))
        return None

    def keep(self, handled: Handled) -> Receipt:
        """For a command that had nothing to record; raises ``AlreadyHandled``."""
        positions = self.append(append_of((), handled=handled))
        return handled.receipt(positions.start - 1)

    def select_streams(self, streams: Collection[str]) -> list[Row]:
        """Rows of ``log.FACT``, of many streams in one query; each stream in order."""
        return self.rows(self.log.streams, [arrays.texts(streams)])

    def select_resumed(self, streams: Collection[str], program: bytes) -> list[Row]:
        """The same, of some since their snapshots: see ``LogRecorder``."""
        return self.rows(self.log.resumed, [arrays.texts(streams), program])

    def select_page(
        self,
        after: int,
        upto: int,
        limit: int,
        types: Collection[str] = (),
        partitions: range | None = None,
    ) -> list[Row]:
        """Rows of ``log.FACT`` with positions above one and not above the other."""
        return self.rows(*self.log.question(after, upto, limit, types, partitions))

    def stream_page(
        self,
        after: int,
        upto: int,
        limit: int,
        types: Collection[str] = (),
        partitions: range | None = None,
    ) -> Generator[list[Row], None, None]:
        """The same while it arrives: what is read a chunk at a time stays in the
        processor's cache, and the server works ahead meanwhile.
        """
        statement, values = self.log.question(after, upto, limit, types, partitions)
        with self.datastore.get_connection() as connection:
            cursor = connection.cursor(row_factory=tuple_row)
            rows: Any = cursor.stream(statement, values, binary=True, size=CHUNK)
            with closing(rows):
                while chunk := [*islice(rows, CHUNK)]:
                    yield chunk

    @override
    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        statement = self.log.stream(
            gt=gt is not None, lte=lte is not None, desc=desc, limit=limit is not None
        )
        bounds = [bound for bound in (gt, lte, limit) if bound is not None]
        return facts(self.rows(statement, [str(originator_id), *bounds]))

    @override
    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        first = (start or 0) + (start is not None and not inclusive_of_start)
        values: list[Any] = [first]
        values += [] if stop is None else [stop]
        values += [arrays.texts(topics)] if topics else []
        statement = self.log.notifications(stop=stop is not None, types=bool(topics))
        return facts(self.rows(statement, [*values, limit]))

    @override
    def max_notification_id(self) -> int | None:
        [(head,)] = self.rows(self.log.head)
        return None if head is None else int(head)

    def position_of(self, follower: str, partition: int = 0) -> int:
        """How far a follower of this log has come that keeps its position here."""
        found = self.rows(self.log.position_in, [follower, partition])
        return found[0][0] if found else 0

    def move(
        self, follower: str, position: int, previous: int, partition: int = 0
    ) -> bool:
        """Compare and set; False if another instance has moved it meanwhile."""
        if previous:
            values = [position, follower, partition, previous]
            return bool(self.rows(self.log.move, values))
        return bool(self.rows(self.log.start, [follower, partition, position]))

    @override
    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> BellSubscription:
        return BellSubscription(self, self.bell, gt, topics)

    def connect(self) -> "psycopg.Connection[Any]":
        """Of our own: borrowing from the pool would cost a batch as much as itself."""
        pool = self.datastore.pool
        assert isinstance(pool.kwargs, dict)
        options = pool.kwargs | {"row_factory": tuple_row, "autocommit": True}
        if pool.get_password_func:
            options["password"] = pool.get_password_func()
        return psycopg.connect(**options)

    def rows(self, statement: bytes, values: Sequence[Any] = ()) -> list[Row]:
        with self.datastore.get_connection() as connection:
            cursor = connection.cursor(row_factory=tuple_row, binary=True)
            return cursor.execute(statement, values, prepare=True).fetchall()

    def close(self) -> None:
        self.commits.close()


class PostgresProcess(PostgresRecorder, PostgresProcessRecorder):
    """A log of its own, and how far it has followed others, moved by its appends."""

    def __init__(
        self,
        datastore: PostgresDatastore,
        *,
        events_table_name: str = "stored_events",
        tracking_table_name: str = "stored_tracking",
    ) -> None:
        super().__init__(
            datastore,
            events_table_name=events_table_name,
            tracking_table_name=tracking_table_name,
        )

    @override
    def insert_tracking(self, tracking: Tracking) -> None:
        self.append(Append((), move=tracking))

    @override
    def max_tracking_id(self, application_name: str) -> int | None:
        [(position,)] = self.rows(self.log.position, [application_name])
        return None if position is None else int(position)
