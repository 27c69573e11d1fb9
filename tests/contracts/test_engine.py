"""What the engine promises."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.film.events import FilmRetitled
from domain.kernel.messages import Recorded
from domain.kernel.values import FilmId
from infra.bootstrap import System, assemble
from infra.projection_engine.engine import Engine
from infra.projection_engine.rebuilding import rebuild
from infra.projection_engine.store import (
    Changes,
    Checkpoint,
    PositionMoved,
    StoreUnavailable,
)
from infra.settings import Settings
from projections.films import Film, evolve, films
from tests.examples import metadata
from tests.examples.catalogue import FILM, add, archive, retitle

OTHER = FilmId(UUID(int=11))


def refuses(
    row: Film | None, fact: Recorded[Any], rows: Mapping[UUID, Film]
) -> Film | None:
    is_poison = isinstance(fact.payload, FilmRetitled)
    if is_poison and fact.payload.film_id == FILM:
        raise KeyError("poison")
    return evolve(row, fact, rows)


POISONED = replace(films, evolve=refuses)


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        for number, id_ in enumerate((FILM, OTHER)):
            for step, command in enumerate((add, retitle)):
                message = metadata(number * 2 + step)
                system.cinema.dispatch(command(film_id=id_), message)
        yield system


def titles(system: System) -> dict[UUID, str]:
    rows = system.models["films"].store.load([FILM, OTHER])
    return {key: row.title_en or "" for key, row in rows.items()}


def engine(system: System, **changes: Any) -> Engine[Any, Any]:
    store = system.models["films"].store
    return Engine(changes.get("projection", films), store, system.log)


def test_projects_a_batch_and_moves_on(system: System) -> None:
    live = engine(system)
    assert live.catch_up() == 4
    assert live.catch_up() == 0
    assert live.store.position() == 4
    assert set(titles(system).values()) == {"Stalker"}


def test_a_poisoned_stream_waits_and_the_others_go_on(system: System) -> None:
    poisoned = engine(system, projection=POISONED)
    assert poisoned.catch_up() == 4
    assert titles(system) == {FILM: "Solaris", OTHER: "Stalker"}
    [parked] = poisoned.store.parked()
    assert (parked.stream, parked.position) == (f"film-{FILM}", 2)
    assert poisoned.store.position() == 4


def test_what_comes_after_in_a_parked_stream_waits_too(system: System) -> None:
    poisoned = engine(system, projection=POISONED)
    poisoned.catch_up()
    system.cinema.dispatch(archive(), metadata(9))
    poisoned.catch_up()
    assert titles(system)[FILM] == "Solaris"
    assert len(poisoned.store.parked()) == 1


def test_what_cannot_be_read_parks_its_stream_too(system: System) -> None:
    damage = "UPDATE es.cinema_events SET payload = '{}' WHERE position IN (2, 3)"
    with system.pool.connection() as connection:
        connection.execute(damage)
    live = engine(system)
    while live.catch_up():
        pass
    assert titles(system) == {FILM: "Solaris"}
    parked = {each.stream: each.position for each in live.store.parked()}
    assert parked == {f"film-{FILM}": 2, f"film-{OTHER}": 3}
    assert "cannot be read" in live.store.parked()[0].reason
    assert live.store.position() == system.log.head()


def test_an_outage_between_two_halves_loses_nothing(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned = engine(system, projection=POISONED)
    write = poisoned.store.write
    written: list[Changes[Any, Any]] = []

    def once(changes: Changes[Any, Any]) -> None:
        if written:
            raise StoreUnavailable
        write(changes)
        written.append(changes)

    monkeypatch.setattr(poisoned.store, "write", once)
    with pytest.raises(StoreUnavailable):
        poisoned.catch_up()
    monkeypatch.undo()
    assert poisoned.store.position() == 1
    poisoned.catch_up()
    assert titles(system) == {FILM: "Solaris", OTHER: "Stalker"}


def test_a_rebuild_heals_what_was_parked(system: System) -> None:
    engine(system, projection=POISONED).catch_up()
    rebuild(engine(system))
    assert set(titles(system).values()) == {"Stalker"}
    assert not engine(system).store.parked()


def test_the_same_facts_twice_change_nothing(system: System) -> None:
    live = engine(system)
    page = live.feed.read(0, films.facts, 10)
    live.apply(page.facts, Checkpoint(), page.upto, iter(()))
    with pytest.raises(PositionMoved):
        live.apply(page.facts, Checkpoint(), page.upto, iter(()))
    assert set(titles(system).values()) == {"Stalker"}


def test_an_unreachable_store_parks_nobody(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise StoreUnavailable

    live = engine(system)
    monkeypatch.setattr(live.store, "write", fail)
    with pytest.raises(StoreUnavailable):
        live.catch_up()
    monkeypatch.undo()
    assert live.catch_up() == 4
    assert not live.store.parked()


def test_what_it_has_written_is_known_until_somebody_else_has_moved_it(
    system: System,
) -> None:
    live = engine(system)
    live.batch = 2
    live.catch_up()
    assert list(live.kept.rows) == [FILM]
    elsewhere = engine(system)
    row = elsewhere.store.load([FILM])[FILM]
    elsewhere.store.write(Changes(2, 2, {FILM: replace(row, title_en="Theirs")}))
    with system.pool.connection() as connection:
        connection.execute("UPDATE read.projection SET revision = revision + 1")
    system.cinema.dispatch(retitle(film_id=OTHER), metadata(8))
    system.cinema.dispatch(archive(film_id=FILM), metadata(9))
    while live.catch_up():
        pass
    assert titles(system) == {FILM: "Theirs", OTHER: "Stalker"}
    assert live.kept.rows == {}
