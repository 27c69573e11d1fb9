"""Recorders on a test's own database, and small things to record with them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, LiteralString, TypeVar

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresDatastore
from psycopg import connect
from psycopg.conninfo import conninfo_to_dict

from infra.eventstore.postgres import PostgresProcess, PostgresRecorder
from infra.settings import Settings

R = TypeVar("R", bound=PostgresRecorder)
T = TypeVar("T")


def event(
    stream: str, version: int, payload: bytes = b"{}", topic: str = "T"
) -> StoredEvent:
    return StoredEvent(stream, version, topic, payload)


def datastore(url: str, port: int | None = None) -> PostgresDatastore:
    where = conninfo_to_dict(url)
    return PostgresDatastore(
        str(where["dbname"]),
        str(where["host"]),
        str(port or where["port"]),
        str(where["user"]),
        "",
        pool_size=1,
        max_overflow=20,
        schema="es",
        originator_id_type="text",
    )


@contextmanager
def opened(
    settings: Settings, kind: Callable[..., R], port: int | None = None
) -> Iterator[R]:
    store = datastore(settings.database_url.get_secret_value(), port)
    recorder = kind(store)
    recorder.create_table()
    try:
        yield recorder
    finally:
        recorder.close()
        store.close()


@contextmanager
def recorder(settings: Settings, port: int | None = None) -> Iterator[PostgresRecorder]:
    with opened(settings, PostgresRecorder, port) as found:
        yield found


@contextmanager
def process(settings: Settings, port: int | None = None) -> Iterator[PostgresProcess]:
    with opened(settings, PostgresProcess, port) as found:
        yield found


def rows(settings: Settings, query: LiteralString) -> list[tuple[Any, ...]]:
    with connect(settings.conninfo) as connection:
        return connection.execute(query).fetchall()


def execute(settings: Settings, statement: LiteralString, *values: object) -> None:
    with connect(settings.conninfo) as connection:
        connection.execute(statement, values)


def together(jobs: Sequence[Callable[[], T]]) -> list[T]:
    """What each answers when all run at once."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(job) for job in jobs]]
