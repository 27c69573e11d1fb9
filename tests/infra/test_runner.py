"""Followers end when told to, and outlive what fails."""

from collections.abc import Callable, Collection
from threading import Event
from time import monotonic

import psycopg

from infra.bootstrap import assemble
from infra.cli.run import Group, followers
from infra.eventstore.bell import Bell
from infra.eventstore.runner import Runner
from infra.settings import Settings
from infra.waking import wakes_on

PATIENCE = 10.0


class Scripted:
    """A follower that does one thing after the other, and then nothing."""

    name = "scripted"

    def __init__(self, *steps: Callable[[], int]) -> None:
        self.steps = list(steps)
        self.done = Event()

    def catch_up(self) -> int:
        if self.steps:
            return self.steps.pop(0)()
        self.done.set()
        return 0

    def is_at_rest(self) -> bool:
        return not self.steps


def outage() -> int:
    raise psycopg.OperationalError("the connection is lost")


def mistake() -> int:
    raise KeyError("a mistake")


def test_an_outage_and_a_mistake_are_survived() -> None:
    level = Event()
    follower = Scripted(lambda: 1, outage, mistake, lambda: 1)
    runner = Runner([follower], Bell())
    runner.start(on_level=level.set)
    assert follower.done.wait(PATIENCE)
    assert level.wait(PATIENCE)
    runner.stop()
    assert not any(thread.is_alive() for thread in runner.threads)


def test_stopping_does_not_wait_for_the_next_look() -> None:
    follower = Scripted()
    runner = Runner([follower], Bell(), interval=60)
    runner.start()
    assert follower.done.wait(PATIENCE)
    began = monotonic()
    runner.stop(patience=30)
    assert monotonic() - began < PATIENCE


def test_who_follows_nothing_is_level() -> None:
    level = Event()
    Runner([], Bell()).start(on_level=level.set)
    assert level.is_set()


class Knowing:
    """Of whom it is told that somebody has something to read."""

    names, kinds = ("called",), ("F",)

    def look(self) -> Collection[str]:
        return self.names


def test_who_is_not_concerned_sleeps_on() -> None:
    called, deaf, idle = (Scripted() for _ in range(3))
    called.name, deaf.name, idle.name = "called", "deaf", "idle"
    bell = Bell()
    runner = Runner(
        [called, deaf, idle],
        bell,
        interval=60,
        caller=Knowing(),
        wakes_on={"deaf": ["P"]},
    )
    runner.start()
    for follower in (called, deaf, idle):
        assert follower.done.wait(PATIENCE)
        follower.done.clear()
    bell.ring(["F"])
    assert called.done.wait(PATIENCE)
    assert idle.done.wait(PATIENCE)
    assert not deaf.done.is_set()
    bell.ring(["P"])
    assert deaf.done.wait(PATIENCE)
    runner.stop()


def test_who_is_said_to_wake_on_something_is_there(postgres: Settings) -> None:
    with assemble(postgres) as system:
        groups = (Group.PROJECTIONS, Group.PROCESSES)
        known = {name for group in groups for name in followers(system, group)}
    assert known > {*wakes_on()}
