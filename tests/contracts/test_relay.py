"""While a batch is written the next is folded: nothing is lost, nothing doubled."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.film.events import FilmAdded
from domain.film.values import Titles
from domain.kernel.messages import Recorded
from domain.kernel.values import FilmId
from infra.bootstrap import System, assemble
from infra.projection_engine.controls import PostgresControls
from infra.projection_engine.engine import Engine
from infra.projection_engine.postgres import PostgresStore
from infra.projection_engine.rebuilding import rebuild, verify
from infra.projection_engine.relay import Relay
from infra.projection_engine.retrying import retry
from infra.projection_engine.store import Changes, PositionMoved, StoreUnavailable
from infra.settings import Settings
from tests.contracts.test_rebuilding import tallying
from tests.examples import metadata
from tests.examples.catalogue import add, retitle

FILMS, TIMES, BATCH = 7, 4, 4
EVENTS = FILMS * TIMES

Hook = Callable[[], None]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two, however few there are."""
    monkeypatch.setattr("infra.eventstore.feed.FEW", 0)
    monkeypatch.setattr("infra.eventstore.postgres.CHUNK", 2)


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        for number in range(EVENTS):
            film = FilmId(UUID(int=number % FILMS + 1))
            send = retitle if number >= FILMS else add
            command = send(film_id=film, titles=Titles(en=f"Title {number}"))
            system.cinema.dispatch(command, metadata(number))
        yield system


def interrupted(store: Any, hooks: Sequence[Hook | None]) -> None:
    """Before it writes its so manieth batch, something happens."""
    left, ready = iter(hooks), store.ready

    def late(changes: Changes[Any, Any]) -> Hook:
        write, hook = ready(changes), next(left, None)

        def run() -> None:
            if hook:
                hook()
            write()

        return run

    store.ready = late


def tally(system: System, *hooks: Hook | None, **changes: Any) -> Engine[Any, Any]:
    live: Any = system.models["films"].store
    store: Any = PostgresStore(live.pool, live.name, live.row, live.key)
    interrupted(store, hooks)
    projection = replace(tallying("films"), locality="stream", **changes)
    controls = PostgresControls(system.pool, system.clock)
    log = system.log
    return Engine(projection, store, log, batch=BATCH, controls=controls, pauses=())


def counted(engine: Engine[Any, Any]) -> list[int]:
    with engine.store.snapshot() as snapshot:
        return [int(row.title_en) for _, row in snapshot.rows]


def go_on(relay: Relay[Any, Any]) -> int:
    """How often it was stopped by somebody else."""
    stops = 0
    while True:
        try:
            if not relay.catch_up():
                return stops
        except (PositionMoved, StoreUnavailable):
            stops += 1
            assert sum(counted(relay.engine)) == relay.engine.store.position()


def test_all_is_there_in_the_end(system: System) -> None:
    relay = Relay(tally(system))
    assert relay.catch_up() == BATCH
    assert relay.catch_up() == EVENTS - BATCH
    assert relay.catch_up() == 0
    assert counted(relay.engine) == [TIMES] * FILMS
    assert relay.engine.level == relay.engine.store.checkpoint()
    assert verify(relay.engine).different == 0


def test_it_stops_now_and_then(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.projection_engine.relay.MOST", 2)
    relay = Relay(tally(system))
    relay.catch_up()
    assert relay.catch_up() == 2 * BATCH
    assert relay.engine.store.position() == 3 * BATCH
    assert go_on(relay) == 0
    assert counted(relay.engine) == [TIMES] * FILMS


def test_rows_are_loaded_again_when_there_are_too_many(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.projection_engine.relay.MOST_ROWS", 3)
    relay = Relay(tally(system))
    assert go_on(relay) == 0
    assert counted(relay.engine) == [TIMES] * FILMS


@pytest.mark.parametrize("batch", range(4))
def test_a_write_that_fails_leaves_rows_and_position_together(
    system: System, batch: int
) -> None:
    def outage() -> None:
        raise StoreUnavailable("the connection is lost")

    relay = Relay(tally(system, *[None] * (batch + 1), outage))
    assert go_on(relay) == 1
    assert counted(relay.engine) == [TIMES] * FILMS


def test_a_write_whose_answer_is_lost_is_not_repeated(system: System) -> None:
    engine = tally(system)
    store: Any = engine.store
    ready = store.ready

    def lost(changes: Changes[Any, Any]) -> Hook:
        write = ready(changes)

        def late() -> None:
            write()
            if changes.new == 3 * BATCH:
                raise StoreUnavailable("the connection is lost")

        return late

    store.ready = lost
    assert go_on(Relay(engine)) == 1
    assert counted(engine) == [TIMES] * FILMS


def test_what_cannot_be_projected_is_parked_and_the_others_go_on(
    system: System,
) -> None:
    counts = tallying("films").evolve

    def refuses(row: Any, fact: Recorded[Any], others: Any) -> Any:
        is_poison = fact.payload.film_id == UUID(int=2) and row
        if is_poison and not isinstance(fact.payload, FilmAdded):
            raise KeyError("poison")
        return counts(row, fact, others)

    relay = Relay(tally(system, evolve=refuses))
    assert go_on(relay) == 0
    assert sorted(counted(relay.engine)) == [1] + [TIMES] * (FILMS - 1)
    assert [parked.position for parked in relay.engine.store.parked()] == [FILMS + 2]
    assert retry(tally(system), f"film-{UUID(int=2)}") is None
    assert counted(relay.engine) == [TIMES] * FILMS


def test_a_stream_that_is_retried_meanwhile_is_not_left_out(system: System) -> None:
    counts = tallying("films").evolve
    is_ill = True

    def refuses(row: Any, fact: Recorded[Any], others: Any) -> Any:
        if is_ill and fact.position == 2:
            raise KeyError("poison")
        return counts(row, fact, others)

    def cure() -> None:
        nonlocal is_ill
        is_ill = False
        assert retry(tally(system), f"film-{UUID(int=2)}") is None

    engine = tally(system, evolve=refuses)
    relay = Relay(engine)
    relay.catch_up()
    assert len(engine.store.parked()) == 1
    interrupted(engine.store, [None, cure])
    assert go_on(relay) == 1
    assert counted(engine) == [TIMES] * FILMS


@pytest.mark.parametrize("batch", range(3))
def test_a_rebuild_that_switches_meanwhile_is_noticed(
    system: System, batch: int
) -> None:
    relay = Relay(tally(system, *[None] * (batch + 1), lambda: rebuild(tally(system))))
    assert go_on(relay) == 1
    assert relay.engine.store.checkpoint().generation == 1
    assert counted(relay.engine) == [TIMES] * FILMS


def test_a_pause_is_obeyed_between_two_batches(system: System) -> None:
    engine = tally(system)
    controls: Any = engine.controls
    relay = Relay(tally(system, None, lambda: controls.pause("films")))
    relay.catch_up()
    assert relay.catch_up() < EVENTS - BATCH
    before = relay.engine.store.position()
    assert relay.catch_up() == 0
    assert relay.engine.store.position() == before == sum(counted(engine))
    controls.resume("films")
    assert go_on(relay) == 0
    assert counted(engine) == [TIMES] * FILMS


def test_what_is_skipped_is_left_out(system: System) -> None:
    engine = tally(system)
    controls: Any = engine.controls
    controls.skip("films", EVENTS - 2, f"film-{UUID(int=5)}", "a mistake")
    assert go_on(Relay(engine)) == 0
    assert sum(counted(engine)) == EVENTS - 1


def test_what_cannot_be_read_is_parked(system: System) -> None:
    damage = "UPDATE es.cinema_events SET payload = '{}' WHERE position = 14"
    with system.pool.connection() as connection:
        connection.execute(damage)
    relay = Relay(tally(system))
    assert go_on(relay) == 0
    assert sorted(counted(relay.engine)) == [1] + [TIMES] * (FILMS - 1)
