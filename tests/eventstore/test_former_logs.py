"""A log that the library's stock recorder has kept is read as if it were ours."""

from collections.abc import Sequence

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent, Tracking
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresProcessRecorder,
    PostgresTrackingRecorder,
)
from psycopg import Connection, connect

from infra.bootstrap import assemble, everyone
from infra.eventstore.runner import drain
from infra.migrate import migrate
from infra.settings import Settings
from tests.eventstore.recorders import datastore, rows
from tests.examples import NOON, metadata
from tests.examples.catalogue import add, added, retitle, retitled

RECEIPTS = """
CREATE TABLE es.receipts (
    command_id uuid PRIMARY KEY, stream text NOT NULL, version bigint NOT NULL,
    position bigint NOT NULL, fingerprint bytea NOT NULL,
    handled_at timestamptz NOT NULL DEFAULT now()
)
"""


class Stock:
    """Writes as the program did that came before."""

    def __init__(self, settings: Settings) -> None:
        self.store = datastore(settings.database_url.get_secret_value())

    def log(self, name: str) -> PostgresApplicationRecorder:
        made = PostgresProcessRecorder(
            self.store,
            events_table_name=f"{name}_events",
            tracking_table_name=f"{name}_tracking",
        )
        made.create_table()
        return made

    def position(self, follower: str, log: str, position: int) -> None:
        table = f"{follower}_tracking"
        made = PostgresTrackingRecorder(self.store, tracking_table_name=table)
        made.create_table()
        made.insert_tracking(Tracking(log, position))


def stored(stream: str, version: int, payload: object, cause: int) -> StoredEvent:
    state = {
        "recorded_at": NOON,
        "metadata": metadata(cause).follow(f"event {version} of {stream}"),
        "payload": payload,
    }
    return StoredEvent(
        stream, version, type(payload).__name__, msgspec.json.encode(state)
    )


def forget(connection: Connection) -> None:
    """As the database was before logs were kept as they are now."""
    tables: Sequence[tuple[str]] = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'es'"
        " AND table_name <> 'migration'"
    ).fetchall()
    for (table,) in tables:
        connection.execute(f'DROP TABLE es."{table}" CASCADE'.encode())
    connection.execute("DELETE FROM es.migration WHERE name = 'library'")


def burn(connection: Connection) -> None:
    """A number of the sequence that no event got: a gap."""
    sequence = "es.cinema_events_notification_id_seq"
    connection.execute("SELECT nextval(%s)", (sequence,))


@pytest.fixture
def former(postgres: Settings) -> Settings:
    """Two films' events at 1, 3, and 5, with what had been read of them."""
    stock = Stock(postgres)
    with connect(postgres.conninfo, autocommit=True) as connection:
        forget(connection)
        connection.execute(RECEIPTS)
        log = stock.log("cinema")
        stream = f"film-{add().film_id}"
        for version, payload in enumerate((added(), retitled()), 1):
            log.insert_events([stored(stream, version, payload, cause=version)])
            burn(connection)
            connection.execute(
                "INSERT INTO es.receipts VALUES (%s, %s, %s, %s, 'f')",
                (metadata(version).message_id, stream, version, 2 * version - 1),
            )
        log.insert_events([stored("film-other", 1, added(), cause=3)])
        checkout = stock.log("checkout")
        checkout.insert_events([stored("checkout-1", 1, added(), cause=4)])
        stock.position("checkout", "cinema", 4)
        stock.position("checkout_courier", "checkout", 1)
        stock.position("announcer", "cinema", 5)
        connection.execute(
            "INSERT INTO read.projection (name, position) VALUES ('films', 3)"
        )
    stock.store.close()
    return postgres


def test_events_keep_their_bytes_and_lose_their_gaps(former: Settings) -> None:
    migrate(former)
    assert rows(
        former,
        "SELECT position, version, type, recorded_at, partition FROM es.cinema_events"
        " ORDER BY 1",
    ) == [
        (1, 1, "FilmAdded", NOON, 63),
        (2, 2, "FilmRetitled", NOON, 63),
        (3, 1, "FilmAdded", NOON, 58),
    ]
    assert rows(former, "SELECT payload, command_id FROM es.cinema_events")[0] == (
        msgspec.json.encode(added()),
        metadata(1).message_id,
    )


def test_whoever_had_read_them_goes_on_where_they_were(former: Settings) -> None:
    migrate(former)
    assert rows(former, "SELECT * FROM es.checkout_tracking ORDER BY 1") == [
        ("checkout_courier", 0, 1),
        ("cinema", 0, 2),
    ]
    assert rows(former, "SELECT * FROM es.cinema_tracking") == [("announcer", 0, 3)]
    assert rows(
        former, "SELECT position FROM read.projection WHERE name = 'films'"
    ) == [(2,)]


def test_the_cinema_goes_on_with_it(former: Settings) -> None:
    migrate(former)
    with assemble(former) as system:
        again = system.cinema.dispatch(retitle(), metadata(2), fingerprint=b"f")
        assert again.replayed
        assert (again.version, again.position) == (2, 2)
        new = system.cinema.dispatch(retitle(titles=added().titles), metadata(9))
        assert (new.version, new.position) == (3, 4)
        drain(everyone(system).values())
    assert not rows(
        former,
        "SELECT FROM information_schema.tables"
        " WHERE table_name ~ 'former|renumbering' OR table_name = 'receipts'",
    )


def test_it_is_done_once(former: Settings) -> None:
    migrate(former)
    assert migrate(former) == []
    assert rows(former, "SELECT count(*) FROM es.cinema_events") == [(3,)]
