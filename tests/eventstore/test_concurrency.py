"""What holds while many append at once."""

import random
from collections.abc import Callable
from functools import partial
from threading import Event
from time import monotonic, perf_counter
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError
from psycopg import connect

from infra.eventstore.bell import Bell
from infra.eventstore.listener import Listener, connected
from infra.eventstore.postgres import PostgresRecorder
from infra.settings import Settings
from tests.eventstore.recorders import event, recorder, rows, together

SECONDS = 3.0


@pytest.mark.parametrize("writers", [8, 64])
def test_a_tailing_reader_misses_nothing(postgres: Settings, writers: int) -> None:
    stop = Event()
    seen: list[int] = []
    # Two recorders, as of two processes.
    with recorder(postgres) as one, recorder(postgres) as two:

        def write(n: int) -> None:
            k = 0
            while not stop.is_set():
                k += 1
                payload = b"x" * (40 if k % 3 else 20_000)
                stream = f"s-{uuid4()}"
                versions = range(1, 2 + (k % 5) ** 2)
                (one, two)[n % 2].insert_events(
                    [event(stream, version, payload) for version in versions]
                )

        def pull() -> bool:
            after = seen[-1] if seen else 0
            found = one.select_notifications(after, 500, inclusive_of_start=False)
            seen.extend(fact.id for fact in found)
            return len(found) == 500

        def tail() -> None:
            end = monotonic() + SECONDS
            while monotonic() < end:
                pull()
            stop.set()

        jobs: list[Callable[[], None]] = [partial(write, n) for n in range(writers)]
        together([tail, *jobs])
        while pull():
            pass
    stored = [
        position
        for (position,) in rows(
            postgres, "SELECT position FROM es.stored_events ORDER BY 1"
        )
    ]
    assert stored == list(range(1, len(stored) + 1))
    assert seen == stored
    assert len(stored) > writers


class Fighter:
    """Appends to streams that others want, too, and remembers what was acknowledged."""

    def __init__(self, log: PostgresRecorder, seed: int) -> None:
        self.log = log
        self.dice = random.Random(seed)  # noqa: S311 (no secret)
        self.heads: dict[str, int] = {}
        self.acknowledged: dict[int, tuple[str, int]] = {}
        self.won = self.lost = 0

    def fight(self, end: float) -> "Fighter":
        while monotonic() < end:
            self.strike(f"hot-{self.dice.randrange(8)}")
        return self

    def strike(self, stream: str) -> None:
        after = self.heads.get(stream, 0)
        size, kind = self.dice.choice([1, 1, 2, 5]), self.dice.random()
        command = [event(stream, after + k) for k in range(1, size + 1)]
        if kind < 0.1:
            pair = event(f"pair-{uuid4()}", 1, topic="M")
            command = [pair, event(stream, after + 1, topic="M")]
        elif kind < 0.6:
            cold = f"cold-{uuid4()}"
            command = [event(cold, k) for k in range(1, size + 1)]
        try:
            positions = self.log.insert_events(command)
        except IntegrityError:
            self.lost += 1
            last = self.log.select_events(stream, desc=True, limit=1)
            self.heads[stream] = last[0].originator_version if last else 0
            return
        self.won += 1
        for position, one in zip(positions or (), command, strict=True):
            place = (str(one.originator_id), one.originator_version)
            self.acknowledged[position] = place
            if one.originator_id == stream:
                self.heads[stream] = one.originator_version


def test_each_command_wholly_or_not_at_all(postgres: Settings) -> None:
    end = monotonic() + SECONDS
    with recorder(postgres) as one, recorder(postgres) as two:
        fighters = together(
            [partial(Fighter((one, two)[n % 2], n).fight, end) for n in range(16)]
        )
    acknowledged = {
        position: place
        for fighter in fighters
        for position, place in fighter.acknowledged.items()
    }
    found = rows(postgres, "SELECT position, stream, version FROM es.stored_events")
    stored = {position: (stream, version) for position, stream, version in found}
    assert acknowledged == stored
    assert sorted(stored) == list(range(1, len(stored) + 1))
    assert not rows(
        postgres,
        "SELECT FROM es.stored_events GROUP BY stream"
        " HAVING max(version) <> count(*) OR min(version) <> 1",
    )
    assert not rows(
        postgres,
        "SELECT FROM es.stored_events WHERE type = 'M'"
        " GROUP BY command_id HAVING count(*) <> 2",
    )
    assert not rows(
        postgres,
        "SELECT FROM (SELECT position < lag(position)"
        " OVER (PARTITION BY stream ORDER BY version) AS bad"
        " FROM es.stored_events) x WHERE bad",
    )
    assert sum(fighter.won for fighter in fighters) > 16
    assert sum(fighter.lost for fighter in fighters) > 16


def test_a_foreign_open_transaction_holds_up_nobody(postgres: Settings) -> None:
    with recorder(postgres) as log, connect(postgres.conninfo) as foreign:
        foreign.execute("CREATE TABLE es.elsewhere (x int)")
        foreign.commit()
        foreign.execute("INSERT INTO es.elsewhere VALUES (1)")
        begun = monotonic()
        with log.subscribe(gt=0) as subscription:
            for n in range(1, 101):
                log.insert_events([event(f"s-{n}", 1)])
                assert log.select_notifications(n, 10)[0].id == n
                assert next(subscription).id == n
        # A subscriber that waits for the poll waits a second each time.
        assert monotonic() - begun < 50


def test_the_bell_is_heard_in_another_process(postgres: Settings) -> None:
    here, there = Bell(), Bell()
    hang_up = connected(here, postgres.conninfo)
    listener = Listener(postgres.conninfo, there)
    listener.start()
    ears = there.listener()
    assert ears.wait(5)  # It listens.
    delays = []
    for _ in range(20):
        ears.clear()
        begun = perf_counter()
        here.ring()
        assert ears.wait(5)
        delays.append(perf_counter() - begun)
    listener.stop()
    hang_up()
    # The poll would take half a second.
    assert sorted(delays)[len(delays) // 2] < 0.25


def test_who_is_not_concerned_by_what_was_recorded_hears_nothing(
    postgres: Settings,
) -> None:
    here, there = Bell(), Bell()
    hang_up = connected(here, postgres.conninfo)
    listener = Listener(postgres.conninfo, there)
    films, plans, all_ = (there.listener(kinds) for kinds in (["F"], ["P"], ()))
    listener.start()
    assert plans.wait(5)  # It listens.
    for ear in (films, plans, all_):
        ear.clear()
    with recorder(postgres) as log:
        log.bell = here
        log.insert_events([event("a", 1, topic="F")])
        assert films.wait(5)
        assert all_.wait(5)
        assert not plans.is_set()
        # What cannot be named wakes everybody.
        log.insert_events([event("a", 2, topic="F" * 8_000)])
        assert plans.wait(5)
    listener.stop()
    hang_up()
