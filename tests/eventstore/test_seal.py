"""Every kind of damage is found, and the first bad position named."""

from typing import Any, LiteralString

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from psycopg import connect
from psycopg.sql import SQL, Composed
from psycopg_pool import ConnectionPool

from infra.eventstore.sealing.damage import Damage, Kind
from infra.eventstore.sealing.sealer import NotDense, Sealer, seal, seal_everything
from infra.eventstore.sealing.standing import observe, standing
from infra.eventstore.sealing.verification import verify
from infra.settings import Settings
from tests.eventstore.recorders import rows
from tests.eventstore.sealed import SIZE, fill, sealed, tamper

BLOCKS = "SELECT no, first, last FROM es.block ORDER BY no"
CHANGES: list[LiteralString] = [
    "stream = stream || 'x'",
    "version = version + 1",
    "type = lower(type)",
    "recorded_at = recorded_at + interval '1 microsecond'",
    "command_id = gen_random_uuid()",
    "partition = (partition + 1) % 64",
    "metadata = set_byte(metadata, 0, 32)",
    "payload = set_byte(payload, length(payload) - 1, 32)",
]
SWAP: LiteralString = """
UPDATE es.cinema_events SET position = CASE position WHEN 3 THEN 7 ELSE 3 END
WHERE position IN (3, 7)
"""
INSERT: LiteralString = """
INSERT INTO es.cinema_events
SELECT 6, 'person-new', 1, type, recorded_at, gen_random_uuid(), 0, metadata, payload
FROM es.cinema_events WHERE position = 1
"""
BELOW: LiteralString = """
INSERT INTO es.cinema_events
SELECT 0, 'person-new', 1, type, recorded_at, gen_random_uuid(), 0, metadata, payload
FROM es.cinema_events WHERE position = 1
"""
FREE: LiteralString = "DROP INDEX es.cinema_events_position"
SHIFT: LiteralString = (
    "UPDATE es.cinema_events SET position = position + 1 WHERE position >= 6"
)
CLOSE: LiteralString = (
    "UPDATE es.cinema_events SET position = position - 1 WHERE position > 6"
)
CUT: LiteralString = "DELETE FROM es.cinema_events WHERE position > 9"
DELETE: LiteralString = "DELETE FROM es.cinema_events WHERE position = 6"


def found(
    settings: Settings, *statements: LiteralString | Composed
) -> tuple[Kind, int]:
    with sealed(settings) as connection:
        tamper(connection, *statements)
        with pytest.raises(Damage) as damage:
            verify(connection)
    assert str(damage.value.position) in str(damage.value)
    return damage.value.kind, damage.value.position


def test_blocks_follow_one_another(postgres: Settings) -> None:
    with sealed(postgres) as connection:
        assert rows(postgres, BLOCKS) == [(1, 1, 4), (2, 5, 8), (3, 9, 10)]
        seen: list[int] = []
        verified = verify(connection, advance=seen.append)
        assert (verified.events, verified.blocks, verified.unsealed) == (10, 3, 0)
        assert seen == [4, 4, 2]
        fill(postgres, 3)
        verified = verify(connection)
        assert (verified.events, verified.sealed_upto, verified.unsealed) == (13, 10, 3)


def test_an_empty_log_is_in_order(postgres: Settings) -> None:
    with connect(postgres.conninfo, autocommit=True) as connection:
        assert seal_everything(connection).no == 0
        assert verify(connection).events == 0


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_byte(postgres: Settings, change: LiteralString) -> None:
    update = SQL("UPDATE es.cinema_events SET {} WHERE position = 6")
    assert found(postgres, update.format(SQL(change))) == (Kind.CHANGED, 6)


@pytest.mark.parametrize(
    ("statements", "kind", "position"),
    [
        ([DELETE], Kind.MISSING, 6),
        ([FREE, DELETE, CLOSE], Kind.CHANGED, 6),
        ([FREE, SHIFT, INSERT], Kind.CHANGED, 6),
        ([BELOW], Kind.INSERTED, 0),
        ([FREE, SWAP], Kind.CHANGED, 3),
        ([CUT], Kind.MISSING, 10),
    ],
    ids=["deleted", "closed up", "pushed in", "below", "swapped", "cut off"],
)
def test_events_that_are_not_as_they_were(
    postgres: Settings,
    statements: list[LiteralString],
    kind: Kind,
    position: int,
) -> None:
    assert found(postgres, *statements) == (kind, position)


def test_two_events_at_one_position(postgres: Settings) -> None:
    """Whichever of them the server sends first."""
    kind, position = found(postgres, FREE, INSERT)
    assert kind in (Kind.INSERTED, Kind.CHANGED)
    assert position == 6


#: Another byte, whatever it was.
SPOILT = """
UPDATE es.block SET {0} = set_byte({0}, {1}, 255 - get_byte({0}, {1})) WHERE no = 2
"""


@pytest.mark.parametrize(
    ("change", "position"),
    [
        ("DELETE FROM es.block WHERE no = 1", 1),
        ("DELETE FROM es.block WHERE no = 2", 5),
        ("UPDATE es.block SET last = 7 WHERE no = 2", 5),
        ("UPDATE es.block SET first = 6 WHERE no = 2", 5),
        (SPOILT.format("root", "0"), 5),
        (SPOILT.format("previous", "0"), 5),
        (SPOILT.format("hash", "0"), 5),
        ("UPDATE es.block SET sealed_at = sealed_at + interval '1 h' WHERE no = 2", 5),
        (SPOILT.format("marks", "9"), 5),
        ("UPDATE es.block SET marks = substr(marks, 1, 31) WHERE no = 2", 5),
    ],
)
def test_a_changed_block(
    postgres: Settings, change: LiteralString, position: int
) -> None:
    assert found(postgres, change) == (Kind.BLOCK, position)


def test_a_block_that_was_sealed_anew(postgres: Settings) -> None:
    """An event and its block can be made to fit; the next one still tells."""
    with sealed(postgres) as connection:
        tamper(
            connection,
            "UPDATE es.cinema_events SET type = 'PersonSlandered' WHERE position = 6",
            "CREATE TABLE es.later AS SELECT * FROM es.block WHERE no > 2",
            "DELETE FROM es.block WHERE no > 1",
        )
        seal(connection, SIZE)
        tamper(connection, "INSERT INTO es.block SELECT * FROM es.later")
        with pytest.raises(Damage) as damage:
            verify(connection)
    assert (damage.value.kind, damage.value.position) == (Kind.BLOCK, 5)


@pytest.mark.parametrize(
    ("change", "kind", "position"),
    [
        ("DELETE FROM es.cinema_events WHERE position = 12", Kind.MISSING, 12),
        (
            "UPDATE es.cinema_events SET version = 3 WHERE position = 12",
            Kind.STREAM,
            12,
        ),
        (
            "UPDATE es.cinema_events SET partition = (partition + 1) % 64 "
            "WHERE position = 12",
            Kind.STREAM,
            12,
        ),
    ],
)
def test_what_is_not_sealed_yet(
    postgres: Settings, change: LiteralString, kind: Kind, position: int
) -> None:
    with sealed(postgres) as connection:
        fill(postgres, 3)
        tamper(connection, change)
        with pytest.raises(Damage) as damage:
            verify(connection)
    assert (damage.value.kind, damage.value.position) == (kind, position)


def test_a_log_with_holes_is_not_sealed(postgres: Settings) -> None:
    fill(postgres, 3)
    with connect(postgres.conninfo, autocommit=True) as connection:
        tamper(connection, "DELETE FROM es.cinema_events WHERE position = 2")
        with pytest.raises(NotDense, match="1 to 3"):
            seal_everything(connection)


def test_a_block_is_full_or_its_time_has_come(postgres: Settings) -> None:
    now = 0.0
    with ConnectionPool(postgres.conninfo, min_size=1, open=True) as pool:
        pool.wait()
        sealer = Sealer(pool, SIZE, seconds=1.0, timer=lambda: now)
        assert sealer.catch_up() == 0
        fill(postgres, 3)
        assert sealer.catch_up() == 3
        fill(postgres, 2)
        assert sealer.catch_up() == 0  # Not full, and it is too soon.
        fill(postgres, 3)
        assert sealer.catch_up() == 4
        now = 1.0
        assert [sealer.catch_up(), sealer.catch_up()] == [1, 0]
        assert sealer.is_at_rest()
        fill(postgres, 2)
        with pool.connection() as connection:
            found = standing(connection)
        assert (found.state, found.lag, found.rows) == ("behind", 2, 3)
    assert rows(postgres, BLOCKS) == [(1, 1, 3), (2, 4, 7), (3, 8, 8)]


def test_how_much_is_not_sealed_is_told_to_whoever_collects(
    postgres: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = InMemoryMetricReader()
    meter = MeterProvider([reader]).get_meter("test")
    monkeypatch.setattr("infra.eventstore.sealing.standing.meter", meter)
    with ConnectionPool(postgres.conninfo, min_size=1, open=True) as pool:
        observe(pool)
        fill(postgres, 5)
        Sealer(pool, 3).catch_up()
        data: Any = reader.get_metrics_data()
    [[scope]] = [each.scope_metrics for each in data.resource_metrics]
    [lag] = scope.metrics
    assert lag.name == "cinema.seal.lag"
    assert [point.value for point in lag.data.data_points] == [2]


def test_one_of_many_seals(postgres: Settings) -> None:
    fill(postgres, 3)
    conninfo = postgres.conninfo
    with (
        connect(conninfo) as other,
        connect(conninfo, autocommit=True) as connection,
    ):
        other.execute("SELECT pg_advisory_xact_lock(hashtext('cinema sealer'))")
        assert seal(connection) == 0
        other.rollback()
        assert seal(connection) == 3
