"""A rebuild in memory: what readers see meanwhile, and what it does when it cannot."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from threading import Event, Thread
from typing import Any
from uuid import UUID

import pytest
from psycopg import connect

from domain.film.values import Titles
from domain.genre.events import GenreRenamed
from domain.kernel.values import FilmId
from infra.bootstrap import System, assemble, engines
from infra.eventstore import feed
from infra.eventstore import postgres as recorder
from infra.projection_engine.bulk_build import build_in_bulk, fold_all
from infra.projection_engine.engine import Engine
from infra.projection_engine.ownership import Ownership
from infra.projection_engine.projector import projectors
from infra.projection_engine.rebuilding import beside, drain, rebuild, verify
from infra.settings import Settings
from tests.contracts.test_retrying import refusing
from tests.examples import metadata
from tests.examples.catalogue import (
    add,
    add_genre,
    archive,
    assign,
    rename_genre,
    retitle,
)

FILMS = 30
INDEXES = """
SELECT regexp_replace(indexdef, ' INDEX \\S+ ON', '') FROM pg_indexes
WHERE schemaname = 'read' AND tablename = 'films' ORDER BY 1
"""
numbers = count(1)


@pytest.fixture
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "FEW", 0)
    monkeypatch.setattr(recorder, "CHUNK", 7)


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        for number in range(FILMS):
            send(system, add(film_id=film(number)))
        yield system


def film(number: int) -> FilmId:
    return FilmId(UUID(int=1_000 + number))


def send(system: System, *commands: Any) -> None:
    for command in commands:
        system.cinema.dispatch(command, metadata(next(numbers)))


def films(system: System, **changes: Any) -> Engine[Any, Any]:
    engine = engines(system)["films"]
    engine.batch, engine.pauses = 7, ()
    engine.projection = changes.get("projection", engine.projection)
    return engine


def indexes(system: System) -> list[str]:
    with system.pool.connection() as connection:
        return [index for (index,) in connection.execute(INDEXES).fetchall()]


def test_readers_see_no_error_and_never_less(system: System) -> None:
    """Through rebuilds and switches, on a connection that keeps its plans."""
    drain(films(system), lambda _: None)
    stopping = Event()
    seen: list[int] = []
    errors: list[Exception] = []

    def read() -> None:
        store = engines(system)["films"].store
        while not stopping.is_set():
            try:
                seen.append(len(store.load([film(each) for each in range(FILMS)])))
                seen.append(store.count())
                seen.append(FILMS if store.position() >= FILMS else 0)
            except Exception as error:
                errors.append(error)

    reader = Thread(target=read)
    reader.start()
    for _ in range(6):
        rebuild(films(system))
    stopping.set()
    reader.join()
    assert errors == []
    assert set(seen) == {FILMS}
    assert len(seen) > FILMS


def test_the_new_table_has_the_same_indexes(system: System) -> None:
    before = indexes(system)
    for _ in range(2):
        rebuild(films(system))
        assert indexes(system) == before
        assert len(before) > 1
    assert verify(films(system)).different == 0


@pytest.mark.usefixtures("few_at_a_time")
def test_more_rows_than_memory_should_hold_are_no_matter(system: System) -> None:
    send(system, archive(film_id=film(3)))
    fresh = beside(films(system), "rebuild")
    build_in_bulk(fresh, lambda _: None, most_rows=10)
    assert 0 < fresh.store.position() < FILMS
    drain(fresh, lambda _: None)
    assert fresh.store.position() == FILMS + 1
    films(system).store.switch_to(fresh.store)
    assert verify(films(system)).different == 0


@pytest.mark.usefixtures("few_at_a_time")
def test_a_fact_that_fails_is_left_to_the_engine(system: System) -> None:
    send(system, retitle(film_id=film(1), titles=Titles(en="Bad")))
    send(system, retitle(film_id=film(2), titles=Titles(en="Good")))
    poisoned = films(system, projection=refusing("Bad"))
    rows, position = fold_all(poisoned, lambda _: None, 1_000)
    assert (len(rows), position) == (28, 28)
    rebuild(poisoned)
    assert films(system).store.position() == FILMS + 2
    [parked] = films(system).store.parked()
    assert (parked.stream, parked.position) == (f"film-{film(1)}", FILMS + 1)
    rows = films(system).store.load([film(1), film(2)])
    assert [row.title_en for row in rows.values()].count("Good") == 1
    assert verify(poisoned).different == 0


def test_what_the_database_refuses_is_left_to_the_engine(system: System) -> None:
    refuse = "ALTER TABLE read.films ADD CONSTRAINT dull CHECK (title_en <> 'Bad')"
    with system.pool.connection() as connection:
        connection.execute(refuse)
    send(system, retitle(film_id=film(1), titles=Titles(en="Bad")))
    rebuild(films(system))
    [parked] = films(system).store.parked()
    assert parked.position == FILMS + 1
    assert films(system).store.count() == FILMS


def test_rows_that_look_at_others_are_folded_so_too(system: System) -> None:
    """Names of genres are in films' documents, and a renamed one is in all of them."""
    engine = engines(system)["search"]
    send(system, add_genre())
    send(system, *(assign(film_id=film(number)) for number in range(FILMS)))
    send(system, rename_genre(), archive(film_id=film(0)))
    drain(engine, lambda _: None)
    fresh = beside(engine, "bulk")
    build_in_bulk(fresh, lambda _: None)
    assert fresh.store.position() == system.log.head()
    with engine.store.snapshot() as live, fresh.store.snapshot() as built:
        rows = [*live.rows]
        assert [*built.rows] == rows
    assert {row.genres for _, row in rows if row.kind == "film"} == {("Fantasy",)}
    fresh.store.discard()


def test_a_page_that_fails_half_way_leaves_rows_as_they_were(system: System) -> None:
    send(system, add_genre(), assign(film_id=film(0)), rename_genre())
    engine = engines(system)["search"]
    sound = engine.projection

    def refuses(row: Any, fact: Any, rows: Any) -> Any:
        if isinstance(fact.payload, GenreRenamed):
            raise LookupError(fact.payload.name)
        return sound.evolve(row, fact, rows)

    engine.projection = replace(sound, evolve=refuses)
    assert fold_all(engine, lambda _: None, 1_000) == ({}, 0)


def test_an_index_that_is_lost_comes_back_as_a_whole_and_nobody_is_ready_before(
    system: System, caplog: pytest.LogCaptureFixture
) -> None:
    ownership = Ownership(partial(connect, system.settings.conninfo))
    system.stack.callback(ownership.close)
    [projector] = projectors(engines(system)["search"], ownership, 1)
    store: Any = system.models["search"].store
    drain(films(system), lambda _: None)
    lacking = system.views().lacking
    assert lacking() == "The search index is being filled."
    projector.catch_up()
    assert (lacking(), store.count()) == (None, FILMS)
    (store.folder.path / "0" / "meta.json").write_text("{")
    assert lacking() == "The search index is being filled."
    assert caplog.text.count("begun anew") == 1
    assert "Traceback" not in caplog.text
    projector.catch_up()
    assert (lacking(), store.count()) == (None, FILMS)
