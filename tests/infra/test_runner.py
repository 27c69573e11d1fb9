"""Followers end when told to, and outlive what fails."""

from collections.abc import Callable
from threading import Event
from time import monotonic

import psycopg

from infra.eventstore.bell import Bell
from infra.eventstore.runner import Runner

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
