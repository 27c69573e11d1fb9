"""Whom an event does not concern is moved on without looking."""

from contextlib import ExitStack
from threading import Event

import pytest

from infra.bootstrap import System, conductors
from infra.eventstore.passing import Passing
from infra.eventstore.runner import Runner, drain
from infra.projecting import projectors
from infra.waking import passing
from tests.eventstore.recorders import rows
from tests.eventstore.stories import add_films
from tests.examples import metadata
from tests.examples.catalogue import add_genre


def watched(system: System) -> Passing:
    followers = [*projectors(system).values(), *conductors(system)]
    drain(followers)
    found = passing(system, followers)
    assert found
    return found


def positions(system: System) -> dict[str, int]:
    found = rows(system.settings, "SELECT name, position FROM read.projection")
    tracking = "SELECT 'checkout', position FROM es.checkout_tracking"
    return dict([*found, *rows(system.settings, tracking)])


def test_who_is_not_concerned_is_at_the_head_at_once(system: System) -> None:
    add_films(system, 1)
    look = watched(system).look
    system.cinema.dispatch(add_genre(), metadata(50))
    concerned = set(look())
    assert "genres" in concerned
    assert not concerned & {"plans", "payments", "checkout", "checkout_courier"}
    found = positions(system)
    assert found["plans"] == found["checkout"] == system.log.head()
    assert found["genres"] == 1


def test_a_paused_model_stays_where_it_is(system: System) -> None:
    add_films(system, 1)
    look = watched(system).look
    with system.pool.connection() as connection:
        connection.execute("INSERT INTO read.paused VALUES ('plans', now())")
    system.cinema.dispatch(add_genre(), metadata(50))
    look()
    assert positions(system)["plans"] == 1


def test_who_is_far_behind_reads_on_its_own(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.eventstore.passing.NEAR", 5)
    look = watched(system).look
    add_films(system, 6)
    assert {"plans", "films"} <= set(look())
    assert positions(system)["plans"] == 0


def test_two_at_once_are_in_nobodys_way(system: System) -> None:
    found = watched(system)
    add_films(system, 1)
    with system.pool.connection() as connection, connection.transaction():
        connection.execute(
            "SELECT FROM read.projection WHERE name = 'plans' FOR UPDATE"
        )
        assert "films" in found.look()
    assert positions(system)["plans"] == 0
    assert positions(system)["payments"] == 1


def test_only_who_is_concerned_is_called(system: System) -> None:
    followers = {**projectors(system)}
    drain(followers.values())
    called: list[str] = []
    done = Event()
    for name, follower in followers.items():

        def told(name: str = name, catch_up: object = follower.catch_up) -> int:
            called.append(name)
            assert callable(catch_up)
            handled = int(catch_up())
            if name == "films" and handled:
                done.set()
            return handled

        follower.catch_up = told  # type: ignore[method-assign]
    with ExitStack() as stack:
        level = Event()
        known = passing(system, followers.values())
        runner = Runner(followers.values(), system.bell, interval=60, passing=known)
        runner.start(on_level=level.set)
        stack.callback(runner.stop)
        assert level.wait(10)
        called.clear()
        add_films(system, 1)
        assert done.wait(10)
    assert "plans" not in called[: called.index("films") + 1]
