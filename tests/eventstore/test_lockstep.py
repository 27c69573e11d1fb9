"""Read models that are level stay level together; each sees to its own troubles."""

from contextlib import ExitStack
from dataclasses import replace
from threading import Event
from typing import Any

import pytest

from domain.film.events import FilmAdded
from domain.kernel.messages import Recorded
from infra.bootstrap import System, assemble
from infra.eventstore.runner import Runner, drain
from infra.projecting import projectors
from infra.projection_engine.lockstep import Lockstep
from infra.projection_engine.projector import Projector
from infra.projection_engine.rebuilding import rebuild, verify
from infra.settings import Settings
from infra.waking import caller
from projections.films import evolve
from tests.eventstore.recorders import rows
from tests.eventstore.stories import add_films
from tests.examples import metadata
from tests.examples.catalogue import add_genre


class Models:
    """All of them, brought level one by one."""

    def __init__(self, system: System) -> None:
        self.followers: dict[str, Any] = dict(projectors(system))
        drain(self.followers.values())
        found = caller(system, self.followers.values())
        assert isinstance(found, Lockstep)
        self.look = found.look

    def engine(self, name: str) -> Any:
        projector = self.followers[name]
        assert isinstance(projector, Projector)
        [part] = projector.share.owned()
        return part.engine


@pytest.fixture
def models(system: System) -> Models:
    return Models(system)


def positions(system: System) -> dict[str, int]:
    return dict(rows(system.settings, "SELECT name, position FROM read.projection"))


def test_one_look_brings_all_tables_level(system: System, models: Models) -> None:
    add_films(system, 2)
    system.cinema.dispatch(add_genre(), metadata(50))
    assert models.look() == ["search"]
    assert set(positions(system).values()) == {system.log.head()}
    assert verify(models.engine("films")).different == 0
    assert verify(models.engine("genres")).different == 0
    assert models.look() == ["search"]


def test_what_was_projected_together_is_gone_on_with_alone(
    system: System, models: Models
) -> None:
    add_films(system, 1)
    models.look()
    add_films(system, 2)
    drain(models.followers.values())
    add_films(system, 3)
    models.look()
    assert system.models["films"].store.count() == 3
    assert set(positions(system).values()) == {system.log.head()}


def test_a_paused_model_stays_and_the_others_see_to_themselves(
    system: System, models: Models
) -> None:
    models.engine("plans").controls.pause("plans")
    add_films(system, 1)
    assert {"plans", "films"} <= {*models.look()}
    assert set(positions(system).values()) == {0}
    drain(models.followers.values())
    add_films(system, 2)
    assert {*models.look()} == {"search", "plans"}
    found = positions(system)
    assert (found["plans"], found["films"]) == (0, system.log.head())


def test_a_fact_that_fails_is_parked_by_the_engine_itself(
    system: System, models: Models
) -> None:
    def refuses(row: Any, fact: Recorded[Any], others: Any) -> Any:
        if isinstance(fact.payload, FilmAdded):
            raise KeyError("poison")
        return evolve(row, fact, others)

    films = models.engine("films")
    films.projection, films.pauses = replace(films.projection, evolve=refuses), ()
    add_films(system, 1)
    assert "films" in models.look()
    assert positions(system)["listings"] == 0
    drain(models.followers.values())
    assert len(films.store.parked()) == 1
    system.cinema.dispatch(add_genre(), metadata(50))
    assert models.look() == ["search"]
    assert films.level.waiting == {films.store.parked()[0].stream}


def test_a_rebuild_meanwhile_is_noticed(system: System, models: Models) -> None:
    add_films(system, 1)
    models.look()
    rebuild(models.engine("films"))
    add_films(system, 2)
    assert "films" in models.look()
    assert system.models["films"].store.count() == 1
    drain(models.followers.values())
    assert system.models["films"].store.count() == 2


def test_who_is_far_behind_reads_by_itself(
    system: System, models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.projection_engine.lockstep.NEAR", 5)
    add_films(system, 5)
    assert "films" in models.look()
    assert positions(system)["films"] == 0


def test_a_row_that_is_taken_keeps_nobody_waiting(
    system: System, models: Models
) -> None:
    add_films(system, 1)
    with system.pool.connection() as connection, connection.transaction():
        connection.execute(
            "SELECT FROM read.projection WHERE name = 'plans' FOR UPDATE"
        )
        assert "films" in models.look()
        assert models.followers["films"].catch_up() == 1


def test_slices_take_what_is_theirs(postgres: Settings) -> None:
    with assemble(postgres.model_copy(update={"projection_workers": 2})) as system:
        models = Models(system)
        add_films(system, 8)
        assert models.look() == ["search"]
        assert system.models["films"].store.count() == 8
    question = "SELECT DISTINCT position FROM read.projection WHERE slices = 2"
    assert rows(postgres, question) == [(8,)]


def test_a_runner_calls_only_who_has_to_see_to_itself(
    system: System, models: Models
) -> None:
    called: list[str] = []
    level, searched = Event(), Event()
    for name, follower in models.followers.items():

        def told(name: str = name, catch_up: Any = follower.catch_up) -> int:
            called.append(name)
            handled = int(catch_up())
            # An index that was empty is filled as a whole, which is no page of facts.
            if name == "search" and level.is_set():
                searched.set()
            return handled

        follower.catch_up = told
    with ExitStack() as stack:
        everyone = models.followers.values()
        calling = caller(system, everyone)
        runner = Runner(everyone, system.bell, interval=60, caller=calling)
        runner.start(on_level=level.set)
        stack.callback(runner.stop)
        assert level.wait(10)
        called.clear()
        add_films(system, 1)
        assert searched.wait(10)
        assert system.models["films"].store.count() == 1
    assert set(called) == {"search"}
