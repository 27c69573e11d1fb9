"""What many ask at once is asked once; and nobody meets what is not theirs to read."""

from collections.abc import Iterator
from threading import Event, Thread
from time import sleep

import pytest

from infra.bootstrap import System, assemble, engines
from infra.eventstore.runner import Runner
from infra.projecting import projectors
from infra.projection_engine.coalesced import Coalesced
from infra.settings import Settings
from tests.contracts.test_retrying import send
from tests.examples.catalogue import add, add_person


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        yield system


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
