from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from infra.bootstrap import System, assemble, everyone
from infra.clock import ClockRunsForward, utc_now
from infra.eventstore.listener import Listener
from infra.eventstore.runner import Runner
from infra.settings import Settings
from infra.time_travel import NoDuration, TimeTraveller, duration
from tests.payments import SandboxProcess

DAY = timedelta(days=1)
SOON = timedelta(seconds=30)

SET_ALARM = """
INSERT INTO read.alarms (subject, kind, due, auto_renew, canceling, announced)
VALUES (%s, 'checkout_expires', %s, false, false, false)
"""
RUNG = "SELECT due FROM work.rung ORDER BY due"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("31d", 31 * DAY),
        ("1d12h", 1.5 * DAY),
        ("2W", 14 * DAY),
        ("90m", DAY / 16),
        ("30s", SOON),
        ("0s", timedelta(0)),
    ],
)
def test_durations(text: str, length: timedelta) -> None:
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", " ", "31", "d", "-1d", "1y", "1d 2h", "9" * 20])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(NoDuration, match="31d"):
        duration(text)


@pytest.fixture
def system(postgres: Settings, payment_sandbox: SandboxProcess) -> Iterator[System]:
    """In a sandbox, with everything running."""
    url = f"{payment_sandbox.url}/v3"
    changes = {"sandbox": True, "yookassa_url": url}
    with assemble(postgres.model_copy(update=changes)) as system:
        runner = Runner(everyone(system).values(), system.bell)
        listener = Listener(system.settings.conninfo, system.bell)
        runner.start()
        listener.start()
        yield system
        runner.stop()
        listener.stop()


def rung(system: System) -> list[datetime]:
    with system.pool.connection() as connection:
        return [due for (due,) in connection.execute(RUNG).fetchall()]


def test_each_alarm_rings_at_its_time_and_before_the_next(
    system: System, payment_sandbox: SandboxProcess
) -> None:
    start = utc_now()
    alarms = [start + DAY, start + 2 * DAY]
    with system.pool.connection() as connection:
        for due in reversed(alarms):
            connection.execute(SET_ALARM, (uuid4(), due))
    seen = [
        (reached, rung(system))
        for reached in TimeTraveller(system).travel(start + 3 * DAY)
    ]
    assert seen == [
        (alarms[0], alarms[:1]),
        (alarms[1], alarms),
        (start + 3 * DAY, alarms),
    ]
    theirs = datetime.fromisoformat(payment_sandbox.control("GET", "/clock")["now"])
    for now in (system.clock(), theirs):
        assert start + 3 * DAY <= now < start + 3 * DAY + SOON


def test_the_clock_stays_where_it_is_over_a_restart(system: System) -> None:
    there = utc_now() + DAY
    list(TimeTraveller(system).travel(there))
    with assemble(system.settings) as again:
        assert there <= again.clock() < there + SOON


def test_there_is_no_way_back(system: System) -> None:
    with pytest.raises(ClockRunsForward):
        list(TimeTraveller(system).travel(utc_now() - DAY))
