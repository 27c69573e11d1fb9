"""A parked stream catches up in its place, while the others go on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from threading import Event, Thread
from typing import Any
from uuid import UUID

import pytest

from domain.film.events import FilmRetitled
from domain.film.values import Titles
from domain.kernel.messages import Recorded
from domain.kernel.values import FilmId
from infra.bootstrap import System, assemble, engines
from infra.projection_engine.controls import PostgresControls
from infra.projection_engine.engine import Engine
from infra.projection_engine.rebuilding import verify
from infra.projection_engine.retrying import can_be_retried_alone, retry
from infra.projection_engine.store import PositionMoved
from infra.settings import Settings
from projections.films import Film, evolve, films
from tests.examples import metadata
from tests.examples.catalogue import FILM, add, retitle

STREAM = f"film-{FILM}"
OTHER = FilmId(UUID(int=11))
numbers = count(1)


class Bad(Exception):
    """No title for a film."""


def refusing(*titles: str) -> Any:
    def refuses(
        row: Film | None, fact: Recorded[Any], rows: Mapping[UUID, Film]
    ) -> Film | None:
        event = fact.payload
        if isinstance(event, FilmRetitled) and event.titles.en in titles:
            raise Bad(event.titles.en)
        return evolve(row, fact, rows)

    return replace(films, evolve=refuses)


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        yield system


def send(system: System, *commands: Any) -> None:
    for command in commands:
        system.cinema.dispatch(command, metadata(next(numbers)))


def call(system: System, *titles: str, film: FilmId = FILM) -> None:
    send(system, *(retitle(film_id=film, titles=Titles(en=title)) for title in titles))


def refuser(system: System, *titles: str) -> Engine[Any, Any]:
    store = system.models["films"].store
    controls = PostgresControls(system.pool, system.clock)
    return Engine(
        refusing(*titles), store, system.log, controls=controls, pauses=(0, 0)
    )


def title(engine: Engine[Any, Any], film: FilmId = FILM) -> Any:
    return engine.store.load([film])[film].title_en


def test_what_waits_is_folded_in_where_the_engine_is(system: System) -> None:
    send(system, add(), add(film_id=OTHER))
    call(system, "Bad", "Good")
    refuser(system, "Bad").catch_up()
    call(system, "Better", film=OTHER)
    live = engines(system)["films"]
    assert retry(live, STREAM) is None
    assert (title(live), live.store.parked()) == ("Good", [])
    assert live.store.position() == 4
    live.catch_up()
    assert title(live, OTHER) == "Better"
    assert verify(live).different == 0
    assert retry(live, STREAM) is None


def test_it_gets_as_far_as_it_can(system: System) -> None:
    send(system, add())
    call(system, "Bad", "Good", "Better", "Worse", "Best")
    refuser(system, "Bad").catch_up()
    still = retry(refuser(system, "Worse"), STREAM)
    assert still
    assert (still.position, still.reason) == (5, "Bad('Worse')")
    assert [*engines(system)["films"].store.parked()] == [still]
    assert title(refuser(system)) == "Better"
    controls = PostgresControls(system.pool, system.clock)
    controls.skip("films", 5, STREAM, "worse than bad")
    assert retry(refuser(system, "Worse"), STREAM) is None
    assert title(refuser(system)) == "Best"


def test_what_the_database_refuses_waits_alone(system: System) -> None:
    send(system, add())
    call(system, "Good", "Bad")
    live = engines(system)["films"]
    with system.pool.connection() as connection:
        connection.execute(
            "ALTER TABLE read.films ADD CONSTRAINT dull CHECK (title_en <> 'Bad')"
        )
        live.catch_up()
        assert title(live) == "Good"
        [parked] = live.store.parked()
        still = retry(live, STREAM)
        assert still
        assert still.position == parked.position == 3
        call(system, "Better")
        live.catch_up()
        connection.execute("ALTER TABLE read.films DROP CONSTRAINT dull")
    assert retry(live, STREAM) is None
    assert title(live) == "Better"


def test_what_cannot_be_read_waits_until_it_is_skipped(system: System) -> None:
    send(system, add())
    call(system, "Good", "Better", "Best")
    damage = "UPDATE es.cinema_events SET payload = '{}' WHERE position = 3"
    with system.pool.connection() as connection:
        connection.execute(damage)
    live = engines(system)["films"]
    while live.catch_up():
        pass
    still = retry(live, STREAM)
    assert still
    assert (still.position, title(live)) == (3, "Good")
    controls = PostgresControls(system.pool, system.clock)
    controls.skip("films", 3, STREAM, "it is damaged")
    assert retry(live, STREAM) is None
    assert title(live) == "Best"


def test_an_engine_that_goes_on_meanwhile_loses_nothing(system: System) -> None:
    send(system, add(), add(film_id=OTHER))
    call(system, "Bad")
    refuser(system, "Bad").catch_up()
    stopping = Event()

    def follow() -> None:
        live = engines(system)["films"]
        while not stopping.is_set():
            try:
                live.catch_up()
            except PositionMoved:
                continue

    def write() -> None:
        for number in range(60):
            call(system, f"{number}", f"{number}", film=(FILM, OTHER)[number % 2])

    threads = [Thread(target=follow), Thread(target=write)]
    for thread in threads:
        thread.start()
    live = engines(system)["films"]
    retry(live, STREAM)
    threads[1].join()
    stopping.set()
    threads[0].join()
    while live.catch_up():
        pass
    assert not live.store.parked()
    assert (title(live), title(live, OTHER)) == ("58", "59")
    assert verify(live).different == 0


def test_rows_of_several_streams_are_rebuilt_instead(system: System) -> None:
    alone = {
        name for name, each in engines(system).items() if can_be_retried_alone(each)
    }
    assert {"films", "people", "memberships"} < alone
    assert not alone & {"search", "subscriptions", "accounts", "payments", "turnover"}
