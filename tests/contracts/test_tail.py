"""The end of the log that is shared: nothing is missed, nothing is somebody else's."""

from collections.abc import Iterator
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest

from domain.film.events import FilmAdded, FilmRetitled
from domain.person.events import PersonAdded
from infra.bootstrap import System, assemble, engines
from infra.eventstore.runner import Runner
from infra.projecting import projectors
from infra.projection_engine.coalesced import Coalesced
from infra.projection_engine.store import slices
from infra.projection_engine.tail import RECENT, Tail
from infra.settings import Settings
from tests.contracts.test_retrying import OTHER, call, send
from tests.examples.catalogue import FILM, add, add_person


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        yield system


def kinds(facts: Any) -> list[str]:
    return [type(fact.payload).__name__ for fact in facts]


def test_everybody_gets_what_is_theirs(system: System) -> None:
    tail = Tail(system.log)
    send(system, add(), add_person(), add(film_id=OTHER))
    call(system, "Good")
    page = tail.read(0, (FilmAdded, PersonAdded), 5_000)
    assert (kinds(page.facts), page.upto) == (
        ["FilmAdded", "PersonAdded", "FilmAdded"],
        4,
    )
    assert kinds(tail.read(2, (FilmAdded, FilmRetitled), 5_000).facts) == [
        "FilmAdded",
        "FilmRetitled",
    ]
    parts = [
        tail.read(0, (FilmAdded,), 5_000, part.partitions).facts for part in slices(2)
    ]
    found = [fact.payload.film_id for part in parts for fact in part]
    assert sorted(found) == sorted([FILM, OTHER])
    assert tail.read(4, (FilmAdded,), 5_000).upto == 4


def test_whoever_is_behind_reads_for_itself(system: System) -> None:
    send(system, add())
    call(system, *(str(number) for number in range(RECENT)))
    page = Tail(system.log).read(0, (FilmAdded, FilmRetitled), 5_000)
    assert len(page.facts) == page.upto == RECENT + 1


def test_what_cannot_be_read_is_only_theirs_who_want_it(system: System) -> None:
    send(system, add(), add_person())
    damage = "UPDATE es.cinema_events SET payload = '{}' WHERE position = 2"
    with system.pool.connection() as connection:
        connection.execute(damage)
    runner = Runner(projectors(system).values(), system.bell)
    level = Event()
    runner.start(level.set)
    assert level.wait(20)
    runner.stop()
    every = engines(system)
    assert [len(every[name].store.parked()) for name in ("films", "people")] == [0, 1]
    assert {each.store.position() for each in every.values()} == {2}


def test_an_answer_is_never_older_than_the_question() -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        sleep(0.05)
        return len(asked)

    coalesced = Coalesced(ask)
    assert (coalesced.get(), coalesced.get()) == (1, 2)
    found: list[int] = []
    threads = [Thread(target=lambda: found.append(coalesced.get())) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(found) > 2
    assert len(asked) < 6
