"""What one batch does: each command wholly or not at all, and each by itself."""

from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from infra.eventstore.appends import AlreadyHandled, Append, StoredFact
from infra.eventstore.receipts import Handled
from infra.settings import Settings
from tests.eventstore.recorders import event, recorder, rows, together


def handled(stream: str = "a", version: int = 1, **options: bytes) -> Handled:
    return Handled(command_id=uuid4(), stream=stream, version=version, **options)


def test_conflicts_inside_one_batch(postgres: Settings) -> None:
    batch = [
        Append([event("a", 2)]),  # Taken.
        Append([event("b", 1), event("c", 1)]),
        Append([event("c", 1)]),  # Wants what the one before wants.
        Append([event("d", 2)]),  # A hole.
        Append([event("e", 1), event("e", 1)]),  # A double.
        Append([event("f", 1), event("a", 2)]),  # Half of it is taken.
        Append([event("g", 1), event("g", 2), event("a", 3)]),
        Append([event("h\0", 1)]),  # Cannot be stored.
    ]
    with recorder(postgres) as log:
        log.insert_events([event("a", 1), event("a", 2)])
        found = log.append_many(batch)
        assert [o if isinstance(o, range) else type(o).__name__ for o in found] == [
            "IntegrityError",
            range(3, 5),
            "IntegrityError",
            "IntegrityError",
            "IntegrityError",
            "IntegrityError",
            range(5, 8),
            "DataError",
        ]
        # The same command again: its own rows.
        assert log.append_many(batch[1:2]) == [range(3, 5)]
    assert rows(postgres, "SELECT count(*) FROM es.stored_events") == [(7,)]


@pytest.mark.parametrize("events", [1, 3])
def test_a_lone_command_is_checked_like_any_other(
    postgres: Settings, events: int
) -> None:
    with recorder(postgres) as log:
        own = [event("a", version) for version in range(1, events + 1)]
        assert log.append(Append(own)) == range(1, events + 1)
        for stale in ([event("a", 1)], [event("a", events)], [event("b", 2)]):
            with pytest.raises(IntegrityError):
                log.append(Append(stale))
        with pytest.raises(IntegrityError):
            log.append(Append([event("a", events + 2)]))
        after = [event("a", events + n) for n in range(1, events + 1)]
        assert log.append(Append(after)) == range(events + 1, 2 * events + 1)
    assert rows(postgres, "SELECT count(*) FROM es.stored_events") == [(2 * events,)]


def test_a_command_with_a_receipt_is_handled_once(postgres: Settings) -> None:
    first = handled("b", fingerprint=b"f")
    with recorder(postgres) as log:
        events = [event("a", 1), event("b", 1)]
        assert log.insert_events(events, handled=first) == [1, 2]
        for again in ([event("a", 2)], [event("b", 2)], [event("a", 1)], []):
            with pytest.raises(AlreadyHandled) as caught:
                log.insert_events(again, handled=first)
            kept = caught.value.kept
            assert kept.receipt.position == 2
            assert kept.fingerprint == b"f"
            assert kept == log.find(first.command_id)
        nothing = handled("c", 0)
        assert log.keep(nothing).position == 2
        assert log.find(uuid4()) is None
    assert rows(postgres, "SELECT count(*) FROM es.stored_events") == [(2,)]


def test_alone_or_in_a_batch_the_same_is_stored(postgres: Settings) -> None:
    stored = StoredFact("a", 1, "T", b"{}", 0, b'{"actor":"me"}')
    with recorder(postgres) as log:
        alone = Append([stored], handled=handled("a", fingerprint=b"f"))
        there = replace(stored, originator_id="b")
        batched = [
            Append([there], at=alone.at, handled=handled("b", fingerprint=b"f")),
            Append([event("c", 1)]),
        ]
        assert log.append(alone) == range(1, 2)
        assert log.append_many(batched) == [range(2, 3), range(3, 4)]
    first, second, _ = rows(
        postgres,
        """
        SELECT e.version, type, recorded_at, metadata, payload, r.version, fingerprint,
            handled_at, r.position = e.position
        FROM es.stored_events AS e LEFT JOIN es.stored_receipts AS r USING (stream)
        ORDER BY e.position
        """,
    )
    assert first == second


def test_of_equal_commands_at_once_one_is_handled(postgres: Settings) -> None:
    same = uuid4()
    with recorder(postgres) as log:

        def race(n: int) -> str:
            stream = f"race-{n}"
            mine = Handled(command_id=same, stream=stream, version=1)
            try:
                log.append(Append([event(stream, 1)], same, handled=mine))
            except AlreadyHandled as other:
                return other.kept.receipt.stream
            return stream

        assert len(set(together([partial(race, n) for n in range(16)]))) == 1
    assert rows(postgres, "SELECT count(*) FROM es.stored_events") == [(1,)]


def test_what_happened_is_dated_by_its_writer(postgres: Settings) -> None:
    append = Append([event("a", 1)])
    with recorder(postgres) as log:
        log.append(append)
        log.append(Append([event("a", 2), event("b", 1)], at=append.at))
    found = rows(postgres, "SELECT DISTINCT recorded_at FROM es.stored_events")
    assert found == [(append.at,)]


def test_to_append_nothing_wakes_nobody(postgres: Settings) -> None:
    with recorder(postgres) as log:
        ear = log.bell.listener()
        assert log.append_many([]) == []
        assert not ear.is_set()
        log.append_many([Append([event("a", 1)])])
        assert ear.is_set()
