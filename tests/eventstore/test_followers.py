"""Positions of followers move once, with what was done or not at all."""

from functools import partial

import pytest
from eventsourcing.persistence import IntegrityError

from infra.eventstore.appends import Checkpoint
from infra.settings import Settings
from tests.eventstore.recorders import event, process, rows, together


def test_a_follower_moves_exactly_once(postgres: Settings) -> None:
    with process(postgres) as one, process(postgres) as two:

        def follow(n: int) -> int:
            log, done = (one, two)[n % 2], 0
            for fact in range(1, 51):
                move = Checkpoint("process", fact, partition=7, previous=fact - 1)
                try:
                    log.insert_events([event(f"{fact}-by-{n}", 1)], tracking=move)
                except IntegrityError:  # Somebody else has done it.
                    assert (log.max_tracking_id("process") or 0) >= fact
                else:
                    done += 1
            return done

        assert sum(together([partial(follow, n) for n in range(8)])) == 50
        late = Checkpoint("process", 52, partition=7, previous=51)
        with pytest.raises(IntegrityError):
            one.insert_events([event("late", 1)], tracking=late)
    assert rows(
        postgres,
        "SELECT count(*), count(DISTINCT split_part(stream, '-', 1))"
        " FROM es.stored_events",
    ) == [(50, 50)]


def test_positions_of_those_who_record_nothing(postgres: Settings) -> None:
    with process(postgres) as log:
        assert log.position_of("reader") == 0
        assert not log.move("reader", 7, previous=5)
        assert log.move("reader", 5, previous=0)
        assert not log.move("reader", 6, previous=0)
        assert log.move("reader", 9, previous=5)
        assert log.position_of("reader") == 9
        assert log.position_of("reader", partition=1) == 0
