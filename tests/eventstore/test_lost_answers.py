"""Answers that are lost, connections that are cut, processes that are killed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from signal import SIGKILL
from threading import Event
from time import sleep
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, Tracking
from psycopg import connect
from psycopg.conninfo import conninfo_to_dict

from infra.eventstore.appends import Append
from infra.eventstore.receipts import Handled
from infra.settings import Settings
from tests.eventstore import appender
from tests.eventstore.proxies import DroppingProxy
from tests.eventstore.recorders import event, process, recorder, rows, together


@pytest.fixture
def proxy(postgres: Settings) -> Iterator[DroppingProxy]:
    url = postgres.database_url.get_secret_value()
    made = DroppingProxy(int(str(conninfo_to_dict(url)["port"])))
    yield made
    made.close()


def test_a_lost_answer_is_recognised(postgres: Settings, proxy: DroppingProxy) -> None:
    with process(postgres) as direct, process(postgres, proxy.port) as log:
        log.insert_events([event("a", 1)])
        receipt = Handled(command_id=uuid4(), stream="a", version=3, fingerprint=b"f")
        tracking = Tracking("upstream", 3)
        options: list[dict[str, Any]] = [
            {},
            {"handled": receipt},
            {"tracking": tracking},
            {},
        ]
        for n, each in enumerate(options, start=2):
            proxy.armed.set()
            assert log.insert_events([event("a", n)], **each) == [n]
            assert not proxy.armed.is_set()
        assert direct.max_tracking_id("upstream") == 3
        with pytest.raises(IntegrityError):
            # The same fact from somebody else is a conflict.
            direct.insert_events([event("a", 5)])


def test_lost_with_many_in_one_batch(postgres: Settings, proxy: DroppingProxy) -> None:
    with recorder(postgres, proxy.port) as log:
        log.insert_events([event("a", 1)])
        proxy.armed.set()
        jobs = [partial(log.insert_events, [event(f"many-{n}", 1)]) for n in range(16)]
        found = together(jobs)
        assert not proxy.armed.is_set()
        proxy.armed.set()
        appends = [Append([event(f"list-{n}", 1)]) for n in range(16)]
        assert log.append_many(appends) == [range(n, n + 1) for n in range(18, 34)]
        assert not proxy.armed.is_set()
    positions = [position for each in found for position in each or ()]
    assert sorted(positions) == [*range(2, 18)]
    assert rows(postgres, "SELECT count(*) FROM es.stored_events") == [(33,)]


def test_connections_cut_at_any_moment(postgres: Settings) -> None:
    """Before or after the commit: nothing twice, nothing lost, nobody hangs."""
    stop = Event()
    with recorder(postgres) as log:

        def write(n: int) -> list[int]:
            done: list[int] = []
            while not stop.is_set():
                done += log.insert_events([event(f"w{n}", len(done) + 1)]) or ()
            return done

        def cut() -> list[int]:
            with connect(postgres.conninfo, autocommit=True) as connection:
                for _ in range(20):
                    sleep(0.08)
                    connection.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database()"
                        " AND query LIKE '%stored_append%' AND pid <> pg_backend_pid()"
                    )
            stop.set()
            return []

        writing: list[Callable[[], list[int]]] = [partial(write, n) for n in range(8)]
        found = together([cut, *writing])
    done = [position for some in found for position in some]
    assert sorted(done) == list(range(1, len(done) + 1))
    assert rows(postgres, "SELECT count(*) FROM es.stored_events") == [(len(done),)]


def test_killed_in_the_middle(postgres: Settings, tmp_path: Path) -> None:
    acknowledged: dict[int, tuple[str, int]] = {}
    command = [sys.executable, "-m", appender.__name__]
    url = postgres.database_url.get_secret_value()
    with recorder(postgres) as log:
        for _ in range(3):
            output = tmp_path / uuid4().hex
            with output.open("wb") as sink:
                child = subprocess.Popen([*command, url], stdout=sink)
                while output.stat().st_size < 2_000:
                    sleep(0.05)
                os.kill(child.pid, SIGKILL)
                child.wait()
            lines = output.read_text().rsplit("\n", 1)[0].splitlines()
            for position, stream, version in map(str.split, lines):
                acknowledged[int(position)] = (stream, int(version))
        found = rows(postgres, "SELECT position, stream, version FROM es.stored_events")
        stored = {position: (stream, version) for position, stream, version in found}
        assert acknowledged.items() <= stored.items()
        assert sorted(stored) == list(range(1, len(stored) + 1))
        assert not rows(
            postgres,
            "SELECT FROM es.stored_events GROUP BY command_id HAVING count(*) <> 3",
        )
        assert log.insert_events([event("after", 1)]) == [len(stored) + 1]
