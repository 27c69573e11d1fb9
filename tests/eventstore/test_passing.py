"""Whom an event does not concern is moved on without looking."""

import pytest

from infra.bootstrap import System, conductors
from infra.eventstore.passing import Passing
from infra.eventstore.runner import drain
from infra.waking import caller
from tests.eventstore.recorders import rows
from tests.eventstore.stories import add_films
from tests.examples import metadata
from tests.examples.catalogue import add_genre


def watched(system: System) -> Passing:
    followers = conductors(system)
    drain(followers)
    found = caller(system, followers)
    assert isinstance(found, Passing)
    return found


def positions(system: System) -> dict[str, int]:
    followed = """
        SELECT 'checkout', position FROM es.checkout_tracking WHERE follower = 'cinema'
        UNION ALL
        SELECT 'premieres', position FROM es.premieres_tracking
        WHERE follower = 'cinema'
    """
    return dict(rows(system.settings, followed))


def test_who_is_not_concerned_is_at_the_head_at_once(system: System) -> None:
    add_films(system, 1)
    look = watched(system).look
    system.cinema.dispatch(add_genre(), metadata(50))
    assert not {*look()} & {"checkout", "checkout_courier"}
    assert positions(system)["checkout"] == system.log.head()


def test_who_is_far_behind_reads_on_its_own(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.eventstore.passing.NEAR", 5)
    add_films(system, 1)
    look = watched(system).look
    before = system.log.head()
    add_films(system, 7)
    assert "checkout" in look()
    assert positions(system)["checkout"] == before


def test_two_at_once_are_in_nobodys_way(system: System) -> None:
    add_films(system, 1)
    look = watched(system).look
    before = system.log.head()
    system.cinema.dispatch(add_genre(), metadata(50))
    with system.pool.connection() as connection, connection.transaction():
        connection.execute("SELECT FROM es.checkout_tracking FOR UPDATE")
        look()
    assert positions(system)["checkout"] == before
    assert positions(system)["premieres"] == system.log.head()
