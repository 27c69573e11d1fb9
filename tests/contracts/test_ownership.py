"""Several processes at the same read models: they share, stand by, take over."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import count
from threading import Event, Thread
from typing import Any
from uuid import UUID

import pytest
from psycopg import connect

from domain.film.values import Titles
from domain.kernel.values import FilmId
from infra.bootstrap import System, assemble, engines
from infra.postgres.limits import KEPT
from infra.projection_engine.engine import Engine
from infra.projection_engine.ownership import Ownership
from infra.projection_engine.projector import Projector, projectors
from infra.projection_engine.rebuilding import rebuild, verify
from infra.projection_engine.retrying import retry
from infra.projection_engine.standing import standing
from infra.projection_engine.store import Slice
from infra.settings import Settings
from tests.contracts.test_retrying import refuser
from tests.examples import metadata
from tests.examples.catalogue import add, retitle

FILMS = 40
numbers = count(1)


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        yield system


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


class Process:
    """What one of several has of the films, on a connection of its own."""

    def __init__(self, system: System, stack: ExitStack, workers: int = 1) -> None:
        self.seconds = 0.0
        now = self.now
        settings = system.settings
        self.ownership = Ownership(lambda: connect(settings.conninfo, **KEPT), now)
        stack.callback(self.ownership.close)
        engine = engines(system)["films"]
        self.threads = projectors(engine, self.ownership, workers)
        self.threads[0].share.now = now

    def now(self) -> float:
        return self.seconds

    def catch_up(self) -> int:
        """A second later."""
        self.seconds += 2
        return sum(thread.catch_up() for thread in self.threads)

    def owned(self) -> set[Slice]:
        self.seconds += 2
        parts = self.threads[0].share.owned()
        return {part.engine.store.slice for part in parts}


def film(number: int) -> FilmId:
    return FilmId(UUID(int=1_000 + number))


def send(system: System, make: Any = add, number: int = FILMS) -> None:
    for each in range(number):
        command = make(film_id=film(each), titles=Titles(en=f"{next(numbers)}"))
        system.cinema.dispatch(command, metadata(next(numbers)))


def films(system: System) -> Engine[Any, Any]:
    return engines(system)["films"]


def test_the_second_stands_by_until_the_first_is_gone(
    system: System, stack: ExitStack
) -> None:
    send(system)
    first, second = (Process(system, stack) for _ in range(2))
    assert (first.catch_up(), second.catch_up()) == (FILMS, 0)
    send(system, retitle)
    assert second.catch_up() == 0
    assert second.threads[0].is_at_rest() is False
    first.ownership.close()
    assert second.catch_up() == FILMS
    assert first.catch_up() == 0
    assert verify(films(system)).different == 0


def test_slices_are_shared_fairly_and_handed_over(
    system: System, stack: ExitStack
) -> None:
    send(system)
    first, second = (Process(system, stack, 4) for _ in range(2))
    every = {Slice(number, 4) for number in range(4)}
    assert first.owned() == every
    assert second.owned() == set()
    shares = (first.owned(), second.owned())
    assert [len(share) for share in shares] == [2, 2]
    assert shares[0] | shares[1] == every
    counts = (first.catch_up(), second.catch_up())
    assert sum(counts) == FILMS
    assert min(counts) > 0
    first.ownership.close()
    assert second.owned() == every


def test_nothing_is_taken_for_read_that_one_slice_has_not_read(
    system: System, stack: ExitStack
) -> None:
    send(system)
    process = Process(system, stack, 4)
    process.owned()
    parts = films(system).parts()
    assert len(parts) == 4
    parts[0].catch_up()
    head = system.log.head()
    assert parts[0].store.checkpoint().position == head
    assert films(system).store.position() == 0
    found = standing(films(system), head)
    assert (found.position, found.lag, found.state) == (0, head, "behind")
    assert not films(system).is_at_rest()
    part_way = verify(films(system))
    assert (part_way.position, part_way.different) == (0, 0)
    assert 0 < part_way.rows < FILMS
    while process.catch_up():
        pass
    assert standing(films(system), head).state == "level"
    assert films(system).is_at_rest()
    assert verify(films(system)).rows == FILMS


def test_the_number_of_slices_changes_when_they_are_level(
    system: System, stack: ExitStack
) -> None:
    send(system)
    four = Process(system, stack, 4)
    four.owned()
    films(system).parts()[0].catch_up()
    two = Process(system, stack, 2)
    two.catch_up()
    assert len(films(system).parts()) == 4
    while four.catch_up() + two.catch_up():
        pass
    two.owned()
    assert len(films(system).parts()) == 2
    send(system, retitle)
    while four.catch_up() + two.catch_up():
        pass
    assert verify(films(system)).different == 0


def test_a_rebuild_and_a_retry_work_on_slices(system: System, stack: ExitStack) -> None:
    send(system)
    process = Process(system, stack, 4)
    while process.catch_up():
        pass
    rebuild(films(system))
    assert len(films(system).parts()) == 4
    command = retitle(film_id=film(1), titles=Titles(en="Bad"))
    system.cinema.dispatch(command, metadata(next(numbers)))
    for part in refuser(system, "Bad").parts():
        part.catch_up()
    [parked] = films(system).store.parked()
    assert retry(films(system), parked.stream) is None
    assert films(system).store.load([film(1)])[film(1)].title_en == "Bad"
    assert verify(films(system)).different == 0


def test_two_at_once_neither_lose_nor_fight(postgres: Settings) -> None:
    """Threads and connections of their own, a lost connection, a writer beside."""
    stopping = Event()
    moved: list[str] = []

    def follow(worker: Projector) -> None:
        while not stopping.is_set():
            if not worker.catch_up():
                stopping.wait(0.002)
            if worker.was_moved:
                moved.append(worker.name)

    with ExitStack() as stack:
        systems = [stack.enter_context(assemble(postgres)) for _ in range(2)]
        threads: list[Thread] = []
        for system in systems:
            ownership = Ownership(lambda: connect(postgres.conninfo, **KEPT))
            stack.enter_context(closing(ownership))
            for each in projectors(films(system), ownership, 2):
                each.share.engine.batch = 5
                threads.append(Thread(target=follow, args=(each,)))
        for thread in threads:
            thread.start()
        send(systems[0])
        for _ in range(3):
            send(systems[0], retitle)
        stopping.wait(1.5)
        send(systems[0], retitle)
        stopping.set()
        for thread in threads:
            thread.join()
        for part in films(systems[0]).parts():
            while part.catch_up():
                pass
        assert verify(films(systems[0])).different == 0
        assert len(moved) < 10
