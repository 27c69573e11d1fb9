"""``kill -9`` of every part in turn: nothing is lost, and nothing happens twice."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from os import kill
from pathlib import Path
from signal import SIGKILL

import pytest

from tests.e2e.machine import Machine
from tests.e2e.visitors import Subscriber, eventually, letters_to, taken_from

pytestmark = pytest.mark.timeout(600)

#: What each part's command line has in it.
PARTS = {
    "APIs": "serve all",
    "projections": "run projections",
    "processes": "run processes",
    "payment sandbox": "infra.gateways.sandbox",
    "mail sink": "infra.smtp.sink",
    "PostgreSQL": "bin/postgres",
    "NATS": "nats-server",
}
A_MONTH = "399.00"
#: Seconds. What a gateway has answered to a process that was killed, it is asked again
#: after half a minute (and an answer may take as long).
PATIENCE = 90.0


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path / "var", tmp_path / "output").start("--empty").ready()
    yield machine
    machine.child.stop()


def restart_after_killing(machine: Machine, part: str) -> None:
    kill(machine.child_that(PARTS[part]), SIGKILL)
    assert machine.ended() == 2
    machine.start().ready()


def test_whatever_dies_everybody_gets_what_they_paid_for_once(machine: Machine) -> None:
    subscribers = []
    for part in PARTS:
        subscriber = Subscriber(machine.url, patience=PATIENCE)
        subscriber.register()
        subscriber.subscribe()
        restart_after_killing(machine, part)
        subscriber.pay()
        subscribers.append(subscriber)
        # The next one's part dies while this one's money is on its way.
    for subscriber in subscribers:
        subscriber.becomes("active")
        assert taken_from(subscriber, machine.sandbox) == [A_MONTH]
    for subscriber in subscribers:
        eventually(partial(has_heard, subscriber, machine), "letters", PATIENCE)
        assert max(told(subscriber, machine).values()) == 1


@pytest.mark.parametrize("part", ["processes", "payment sandbox", "PostgreSQL"])
def test_a_renewal_that_is_cut_short_is_paid_for_once(
    machine: Machine, part: str
) -> None:
    subscriber = Subscriber(machine.url)
    subscriber.register()
    subscriber.subscribe()
    subscriber.pay()
    subscriber.becomes("active")

    travel = machine.begin("clock", "advance", "32d")
    eventually(partial(is_renewing, subscriber), "renewal")
    restart_after_killing(machine, part)
    travel.communicate(timeout=60)
    machine.cinema("clock", "advance", "2d")
    assert subscriber.status() == "active"
    assert taken_from(subscriber, machine.sandbox) == [A_MONTH, A_MONTH]
    letters = told(subscriber, machine)
    assert letters["Your subscription is renewed"] == 1
    assert letters["We could not renew your subscription"] == 0


def is_renewing(subscriber: Subscriber) -> bool:
    return bool(subscriber.subscription()["period"]["number"] == 1)


def has_heard(subscriber: Subscriber, machine: Machine) -> bool:
    return {"Your subscription is active"} <= set(told(subscriber, machine))


def told(subscriber: Subscriber, machine: Machine) -> Counter[str]:
    """How often each letter came; a copy has the id of its original."""
    letters = letters_to(subscriber, machine.mail)
    unique = {letter["message_id"]: letter["subject"] for letter in letters}
    return Counter(unique.values())
