"""Snapshots make long streams short to read, and nothing depends on them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from psycopg import connect

from domain.account.commands import ChooseLocale, NameProfile
from domain.account.decider import account
from domain.account.states import registered
from domain.kernel.errors import VersionMismatch
from domain.kernel.messages import Receipt
from domain.kernel.personal import ERASED
from domain.kernel.values import AccountId
from domain.staff.commands import GrantRole, RevokeRole
from domain.staff.decider import staff
from infra.bootstrap import System, assemble
from infra.eventstore.audit import AuditLog
from infra.eventstore.replay import CATEGORIES, replay
from infra.eventstore.snapshots import (
    KINDS,
    Snapshot,
    is_snapshot,
    opened,
    program,
    taken,
)
from infra.eventstore.snapshotter import Snapshotter, keep
from infra.personal.custody import shred
from infra.settings import Settings
from tests.contracts.golden_keys import FixedKeys
from tests.contracts.test_golden_events import log
from tests.examples import NOON, metadata
from tests.examples.people import register

ACCOUNT = AccountId(UUID(int=77))
STREAM = f"account-{ACCOUNT}"
EVERY = 10


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres) as system:
        system.cinema.dispatch(register(account_id=ACCOUNT, locale="en"), metadata(0))
        for number in range(1, 25):
            choose(system, number)
        yield system


def choose(system: System, number: int, version: int | None = None) -> Receipt:
    """Each is another language than the one before."""
    locale: Any = "ru" if number % 2 else "en"
    command = ChooseLocale(account_id=ACCOUNT, locale=locale, now=NOON)
    return system.cinema.dispatch(command, metadata(number), expected_version=version)


def follower(system: System) -> Snapshotter:
    return Snapshotter(system.pool, system.cinema.records, EVERY, seconds=0)


def catch_up(system: System) -> None:
    while follower(system).catch_up():
        pass


def execute(system: System, query: str, *values: Any) -> list[Any]:
    with system.pool.connection() as connection:
        cursor = connection.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def rows(system: System) -> list[tuple[int, bool]]:
    found = system.cinema.records.select_resumed([STREAM], program())
    return [(row[1], is_snapshot(row)) for row in found]


def agree(system: System) -> None:
    """What decisions are made on is what the log says."""
    said = account.fold(event.payload for event in system.cinema.stream(STREAM))
    assert system.cinema.state(account, STREAM) == said


WHOLE = [(version, False) for version in range(1, 26)]


def test_only_what_came_after_it_is_read(system: System) -> None:
    assert rows(system) == WHOLE
    catch_up(system)
    assert rows(system) == [(25, True)]
    choose(system, 25)
    assert rows(system) == [(25, True), (26, False)]
    agree(system)


def test_it_is_decided_as_without(system: System) -> None:
    catch_up(system)
    assert choose(system, 24).replayed
    assert choose(system, 26).version == 25  # It is so already.
    assert choose(system, 25, version=25).version == 26
    with pytest.raises(VersionMismatch) as caught:
        choose(system, 28, version=25)
    assert caught.value.current == 26
    execute(system, "DELETE FROM es.snapshot")
    assert choose(system, 30, version=26).version == 27
    assert [fact.originator_version for fact in system.cinema.stream(STREAM)] == [
        *range(1, 28)
    ]


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE es.snapshot SET program = 'another'",
        "UPDATE es.snapshot SET state = substr(state, 1, 20)",
        "UPDATE es.snapshot SET state = overlay(state placing 'xx' from 12)",
        "UPDATE es.snapshot SET kind = 'Blocked'",
        "UPDATE es.snapshot SET checksum = ''",
        "UPDATE es.snapshot SET version = 26",
        "UPDATE es.snapshot SET position = 26",
        "UPDATE es.snapshot SET command_id = gen_random_uuid()",
        "DELETE FROM es.cinema_events WHERE position > 15",
        "DELETE FROM es.snapshot",
    ],
)
def test_one_that_is_not_to_be_believed_is_passed_over(
    system: System, fault: str
) -> None:
    catch_up(system)
    execute(system, fault)
    agree(system)
    last = system.cinema.stream(STREAM)[-1].originator_version
    assert choose(system, last, version=last).version == last + 1
    agree(system)


def test_history_is_never_told_from_one(system: System) -> None:
    """One that lies, and whose sums are right, and what an auditor sees of it."""
    truth = system.cinema.state(account, STREAM)
    lie(system)
    assert system.cinema.state(account, STREAM) == account.initial
    with connect(system.settings.conninfo) as connection:
        assert replay(AuditLog(connection), STREAM).state == truth
    assert len(system.cinema.stream(STREAM)) == 25


def lie(system: System) -> None:
    nothing = taken(STREAM, 25, 25, account.initial, system.cinema.records.keys)
    assert nothing
    with system.pool.connection() as connection:
        keep(connection, nothing)


def test_the_next_one_is_not_made_from_the_last(system: System) -> None:
    lie(system)
    next_one = follower(system).folded(STREAM)
    assert next_one
    with system.pool.connection() as connection:
        keep(connection, next_one)
    assert rows(system) == [(25, True)]
    agree(system)


def test_it_is_forgotten_with_its_person(system: System) -> None:
    name = "Анна Unforgettable"
    command = NameProfile(account_id=ACCOUNT, name=name, now=NOON)
    system.cinema.dispatch(command, metadata(200))
    for number in range(25, 30):
        choose(system, number)
    catch_up(system)
    assert rows(system)[0] == (31, True)
    [(stored,)] = execute(system, "SELECT state FROM es.snapshot")
    assert b"Unforgettable" not in stored
    assert registered(system.cinema.state(account, STREAM)).name == name
    with system.pool.connection() as connection:
        assert shred(connection, ACCOUNT)
    with assemble(system.settings) as another:
        assert registered(another.cinema.state(account, STREAM)).name == ERASED
        agree(another)


def test_short_streams_have_none(system: System) -> None:
    other = AccountId(UUID(int=78))
    system.cinema.dispatch(register(account_id=other), metadata(100))
    catch_up(system)
    assert execute(system, "SELECT stream FROM es.snapshot") == [(STREAM,)]
    assert follower(system).catch_up() == 0


def test_those_of_an_earlier_program_are_made_anew(system: System) -> None:
    catch_up(system)
    execute(system, "UPDATE es.snapshot SET program = 'earlier'")
    execute(
        system,
        "INSERT INTO es.snapshot SELECT 'film-1', version, position, command_id,"
        " program, kind, state, checksum FROM es.snapshot",
    )
    catch_up(system)
    assert execute(system, "SELECT stream FROM es.snapshot") == [(STREAM,)]
    assert rows(system) == [(25, True)]


def test_what_cannot_be_read_keeps_no_other_waiting(system: System) -> None:
    execute(system, "UPDATE es.cinema_events SET payload = '{' WHERE position = 3")
    for number in range(EVERY):
        command = (RevokeRole if number % 2 else GrantRole)(
            account_id=ACCOUNT, role="support", now=NOON
        )
        system.cinema.dispatch(command, metadata(100 + number))
    catch_up(system)
    assert execute(system, "SELECT stream FROM es.snapshot") == [("staff-cinema",)]
    said = staff.fold(e.payload for e in system.cinema.stream("staff-cinema"))
    assert system.cinema.state(staff, "staff-cinema") == said


@pytest.mark.parametrize("category", KINDS)
def test_every_state_comes_back_as_it_was(category: str) -> None:
    decider, keys = CATEGORIES[category], FixedKeys()
    stream = f"{category}-{ACCOUNT}"
    facts = [fact for fact in log() if fact.originator_id == f"{category}-1"]
    assert facts
    states = [decider.initial]
    for fact in facts:
        states += [decider.evolve(state, fact.payload) for state in states[-30:]]
    for state in states:
        kept = taken(stream, 7, 9, state, keys)
        assert kept, state
        start = opened(row(kept), keys)
        assert start is not None
        assert (start.version, start.state) == (7, state)


def row(kept: Snapshot) -> tuple[Any, ...]:
    place = (kept.stream, kept.version, kept.kind, kept.state, kept.position)
    return (*place, kept.checksum, None)
