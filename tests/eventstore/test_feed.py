"""Thousands of facts come a few hundred at a time, and are the same."""

from datetime import UTC, datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.film.events import FilmAdded, FilmRetitled
from infra.bootstrap import System
from infra.eventstore import moments
from infra.eventstore.feed import FEW, Feed, Unreadable
from infra.eventstore.postgres import CHUNK
from infra.projection_engine.rebuilding import Until
from infra.projection_engine.store import slices
from tests.examples import metadata
from tests.examples.catalogue import add, retitle

NUMBER = FEW + 2 * CHUNK + 7
COPY = """
INSERT INTO es.cinema_events (position, stream, version, type, recorded_at, command_id,
    partition, metadata, payload)
SELECT 2 * n + e.position, 'film-' || n, e.version, type, recorded_at, command_id,
    n %% 64, metadata, payload
FROM es.cinema_events AS e, generate_series(1, %s) AS n
"""
DAMAGE = "UPDATE es.cinema_events SET payload = '{}' WHERE position = %s"


@pytest.fixture
def log(system: System) -> Feed:
    """A film is added and retitled, again and again."""
    system.cinema.dispatch(add(), metadata(1))
    system.cinema.dispatch(retitle(), metadata(2))
    with system.pool.connection() as connection:
        connection.execute(COPY, (NUMBER // 2,))
    return system.log


def test_pages_have_what_one_long_read_has(log: Feed) -> None:
    for kinds in ((), (FilmAdded,), (FilmAdded, FilmRetitled)):
        for part in (None, slices(2)[0].partitions) if kinds else (None,):
            whole = log.read(0, kinds, 10 * NUMBER, part)
            pages = [*log.pages(0, kinds, part)]
            assert [fact for page in pages for fact in page.facts] == whole.facts
            assert max(len(page.facts) for page in pages) == CHUNK
            assert pages[-1].upto == whole.upto == log.head()


def test_pages_are_cut_where_the_log_ended_then(log: Feed) -> None:
    end = CHUNK + 3
    pages = [*Until(log, end).pages(0, ())]
    positions = [fact.position for page in pages for fact in page.facts]
    assert positions == [*range(1, end + 1)]
    assert pages[-1].upto == end


def test_what_comes_before_the_unreadable_is_read(log: Feed, system: System) -> None:
    bad = CHUNK + 11
    with system.pool.connection() as connection:
        connection.execute(DAMAGE, (bad,))
    seen: list[int] = []
    pages = log.pages(0, ())
    with pytest.raises(Unreadable) as raised:
        seen.extend(fact.position for page in pages for fact in page.facts)
    assert seen == [*range(1, bad)]
    assert raised.value.position == bad
    assert log.read(0, (), 10 * NUMBER).upto == bad - 1


def test_whoever_stops_reading_gives_the_connection_back(log: Feed) -> None:
    for _ in range(30):
        [page] = islice(log.pages(0, ()), 1)
        assert len(page.facts) == CHUNK
    assert log.head() == log.read(0, (), 10 * NUMBER).upto


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_what_it_was(moment: datetime) -> None:
    assert moments.unpacked(moments.packed(moment)) == moment
