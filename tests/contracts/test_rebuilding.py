"""A rebuild while others read and write, and the proof that it is equal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any
from uuid import UUID

import pytest

from domain.film.events import FilmEvent
from domain.film.values import Titles
from domain.kernel.messages import Recorded
from domain.kernel.unions import members
from domain.kernel.values import FilmId
from infra.bootstrap import System, assemble, engines
from infra.projection_engine.controls import PostgresControls
from infra.projection_engine.engine import Engine
from infra.projection_engine.rebuilding import rebuild, verify
from infra.projection_engine.store import Changes, PositionMoved
from infra.settings import Settings
from projections.films import films
from projections.projection import Projection
from projections.search import Document
from tests.examples import metadata, recorded
from tests.examples.catalogue import FILM, add, added, archive, retitle

MODELS = ("films", "search")
FILMS = 40
REBUILDS = 4


def row_of(name: str, id_: UUID, title: str) -> Any:
    """A row of that read model, with nothing but a title."""
    if name == "search":
        return Document(id=id_, kind="film", title_en=title)
    [fact] = recorded(added(film_id=FilmId(id_), titles=Titles(en=title)))
    return films.evolve(None, fact, {})


def tallying(name: str) -> Projection[UUID, Any]:
    def counted(row: Any, fact: Recorded[Any], rows: Mapping[UUID, Any]) -> Any:
        """How often it was told of it: a fact lost or doubled shows for ever."""
        del rows
        times = int(row.title_en) if row else 0
        return row_of(name, fact.payload.film_id, str(times + 1))

    facts = members(FilmEvent)
    return Projection(name, facts, lambda fact, _: (fact.payload.film_id,), counted)


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        yield system


def tally(system: System, name: str) -> Engine[Any, Any]:
    store = system.models[name].store
    return Engine(tallying(name), store, system.log, name=name, batch=7)


@contextmanager
def elsewhere(settings: Settings, name: str) -> Iterator[None]:
    """A live engine with stores of its own, as another process has them."""
    stopping = Event()

    def follow() -> None:
        with assemble(settings) as system:
            live = tally(system, name)
            while not stopping.is_set():
                try:
                    live.catch_up()
                except PositionMoved:
                    continue

    thread = Thread(target=follow)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


@pytest.mark.parametrize("name", MODELS)
def test_a_live_engine_elsewhere_neither_loses_nor_doubles(
    system: System, postgres: Settings, name: str
) -> None:
    with elsewhere(postgres, name):
        numbers = iter(range(1, FILMS * REBUILDS * 2))
        for _ in range(REBUILDS):
            for _ in range(FILMS):
                number = next(numbers)
                id_ = FilmId(UUID(int=number % FILMS))
                send = retitle if number > FILMS else add
                command = send(film_id=id_, titles=Titles(en=f"Title {number}"))
                system.cinema.dispatch(command, metadata(number))
            rebuild(tally(system, name))
    engine = tally(system, name)
    while engine.catch_up():
        pass
    assert engine.store.checkpoint().generation == REBUILDS
    with engine.store.snapshot() as snapshot:
        times = [int(row.title_en) for _, row in snapshot.rows]
    assert sum(times) == system.log.head() > FILMS
    assert verify(engine).different == 0


@pytest.mark.parametrize("name", MODELS)
def test_a_verification_names_what_differs(system: System, name: str) -> None:
    ids = [FilmId(UUID(int=number)) for number in range(1, 4)]
    for number, id_ in enumerate(ids):
        system.cinema.dispatch(add(film_id=id_), metadata(number))
    engine = engines(system)[name]
    engine.catch_up()
    good = verify(engine)
    assert (good.position, good.rows, good.different) == (3, 3, 0)
    damage(engine, name, ids)
    bad = verify(engine)
    assert [(each.key, each.kind) for each in bad.differences] == [
        (str(ids[0]), "missing"),
        (str(ids[1]), "different"),
        (str(UUID(int=9)), "unexpected"),
    ]
    assert bad.differences[1].live.title_en == "Forged"
    rebuild(engine)
    assert verify(engine).different == 0


def damage(engine: Engine[Any, Any], name: str, ids: list[FilmId]) -> None:
    forged = row_of(name, ids[1], "Forged")
    alien = row_of(name, UUID(int=9), "Nobody's")
    rows = {ids[0]: None, ids[1]: forged, alien.id: alien}
    engine.store.write(Changes(3, 3, rows))


def test_a_live_store_that_lags_is_compared_where_it_is(system: System) -> None:
    engine = engines(system)["films"]
    system.cinema.dispatch(add(), metadata(1))
    engine.catch_up()
    system.cinema.dispatch(archive(), metadata(2))
    checked = verify(engine)
    assert (checked.position, checked.rows, checked.different) == (1, 1, 0)


def test_what_cannot_be_read_differs_in_neither(system: System) -> None:
    engine = engines(system)["films"]
    system.cinema.dispatch(add(), metadata(1))
    system.cinema.dispatch(retitle(), metadata(2))
    with system.pool.connection() as connection:
        connection.execute(
            "UPDATE es.cinema_events SET payload = '{}' WHERE position = "
            "(SELECT max(position) FROM es.cinema_events)"
        )
    assert engine.catch_up()
    behind = verify(engine)
    while engine.catch_up():
        pass
    level = verify(engine)
    assert behind.position < level.position == system.log.head()
    assert (behind.different, level.different) == (0, 0)


def test_a_paused_read_model_waits(system: System) -> None:
    controls = PostgresControls(system.pool, system.clock)
    system.cinema.dispatch(add(), metadata(1))
    controls.pause("films")
    controls.pause("films")
    everything = engines(system)
    assert everything["films"].catch_up() == 0
    assert everything["search"].catch_up() == 1
    assert everything["films"].store.position() == 0
    controls.resume("films")
    assert everything["films"].catch_up() == 1


def test_a_fact_that_is_skipped_never_happened(system: System) -> None:
    system.cinema.dispatch(add(), metadata(1))
    system.cinema.dispatch(retitle(), metadata(2))
    engine = engines(system)["films"]
    engine.catch_up()
    controls = PostgresControls(system.pool, system.clock)
    controls.skip("films", 2, f"film-{FILM}", "it is poison")
    rebuild(engine)
    assert engine.store.load([FILM])[FILM].title_en == "Solaris"
    assert engine.store.position() == 2
    assert verify(engine).different == 0
