"""How much films are wanted, measured from what people do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from psycopg import connect

from domain.popularity.events import PopularityMeasured
from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import assemble, engines, everyone
from infra.eventstore.deliveries import Deliveries
from infra.eventstore.runner import drain
from infra.settings import Settings
from infra.viewing import popularity_gauge
from infra.viewing.popularity_gauge import PopularityGauge, scores
from tests.api.catalogue.site import PEOPLE, Site

START = datetime(2026, 6, 1, 12, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WATCHED = """
INSERT INTO viewing.progress SELECT gen_random_uuid(), %s, 0, 0, %s, 100, %s
FROM generate_series(1, %s)
"""


@dataclass
class Clock:
    now: datetime = field(default=START)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Cinema(Site):
    clock: Clock

    def watched(self, film: str, times: int, position: int = 90) -> None:
        with connect(self.system.settings.conninfo) as connection:
            at = self.clock.now - HOUR
            connection.execute(WATCHED, (film, position, at, times))

    def later(self, by: timedelta = HOUR) -> None:
        self.clock.now += by
        self.settle()

    def settle(self) -> None:
        drain(everyone(self.system).values())

    def measured(self) -> list[PopularityMeasured]:
        facts = self.system.log.read(0, (PopularityMeasured,), 1_000).facts
        return [fact.payload for fact in facts]

    def score(self, film: str) -> int:
        return [m.score for m in self.measured() if m.film_id == UUID(film)][-1]

    def gauge(self) -> PopularityGauge:
        return PopularityGauge(
            self.system.pool, Deliveries(self.system.cinema), self.clock
        )


@pytest.fixture
def cinema(postgres: Settings) -> Iterator[Cinema]:
    clock = Clock()
    with assemble(postgres, clock=clock, authenticate=PEOPLE.get) as system:
        app = OneAddress(command_app(system), query_app(system))
        yield Cinema(TestClient(app, raise_server_exceptions=False), system, clock)


def test_what_is_watched_more_is_wanted_more(cinema: Cinema) -> None:
    much, little, begun, unseen = (cinema.film(name) for name in "abcd")
    cinema.watched(much, 1_000)
    cinema.watched(little, 10)
    cinema.watched(begun, 10, position=10)
    cinema.later()
    assert 1000 > cinema.score(much) > cinema.score(little) > cinema.score(begun) > 0
    assert UUID(unseen) not in {each.film_id for each in cinema.measured()}
    assert all(each.score % 10 == 0 for each in cinema.measured())


def test_wishes_and_good_opinions_count(cinema: Cinema) -> None:
    wished, praised, panned = (cinema.film(name) for name in "abc")
    cinema.ask("PUT", f"/command/v1/me/watchlist/{wished}", "viewer")
    for film, rating in ((praised, 10), (panned, 2)):
        path = f"/command/v1/me/ratings/{film}"
        cinema.ask("PUT", path, "viewer", json={"rating": rating})
    cinema.later()
    assert {str(each.film_id) for each in cinema.measured()} == {wished, praised}


def test_only_another_score_is_a_fact(cinema: Cinema) -> None:
    film = cinema.film()
    cinema.watched(film, 10)
    cinema.later()
    cinema.later()
    assert len(cinema.measured()) == 1
    cinema.watched(film, 1_000)
    cinema.later()
    assert len(cinema.measured()) == 2


def test_what_was_long_ago_is_forgotten(cinema: Cinema) -> None:
    film = cinema.film()
    cinema.watched(film, 1_000)
    cinema.later()
    fresh = cinema.score(film)
    cinema.later(30 * DAY)
    assert 0 < cinema.score(film) < fresh
    cinema.later(300 * DAY)
    assert cinema.score(film) == 0
    many = len(cinema.measured())
    cinema.later()
    assert len(cinema.measured()) == many


def test_the_same_rows_and_moment_give_the_same_scores(cinema: Cinema) -> None:
    films = [cinema.film(str(number)) for number in range(5)]
    for number, film in enumerate(films):
        cinema.watched(film, 17 * (number + 1), position=60 * (number % 2))
    drain(engines(cinema.system).values())
    before = scores(cinema.system.pool, START)
    with connect(cinema.system.settings.conninfo, autocommit=True) as connection:
        connection.execute("CREATE TABLE again AS SELECT * FROM viewing.progress")
        connection.execute("TRUNCATE viewing.progress")
        connection.execute(
            "INSERT INTO viewing.progress SELECT * FROM again ORDER BY account_id DESC"
        )
    assert scores(cinema.system.pool, START) == before
    assert len(before) == len(films)


def test_what_will_be_watched_does_not_count_yet(cinema: Cinema) -> None:
    film = cinema.film()
    cinema.watched(film, 10)
    drain(engines(cinema.system).values())
    assert scores(cinema.system.pool, START - 2 * HOUR) == []


def test_a_film_that_nobody_knows_has_no_score(cinema: Cinema) -> None:
    cinema.watched(str(uuid4()), 10)
    cinema.later()
    assert cinema.measured() == []


def test_one_at_a_time_measures(
    cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = cinema.film()
    cinema.watched(film, 10)
    drain(engines(cinema.system).values())
    at_it, go_on = Event(), Event()

    def slowly(*asked: Any) -> Any:
        at_it.set()
        assert go_on.wait(10)
        return scores(*asked)

    monkeypatch.setattr(popularity_gauge, "scores", slowly)
    one = Thread(target=cinema.gauge().catch_up)
    one.start()
    assert at_it.wait(10)
    assert cinema.gauge().catch_up() == 0
    assert not cinema.gauge().is_at_rest()
    go_on.set()
    one.join()
    assert cinema.gauge().is_at_rest()
    assert len(cinema.measured()) == 1


def test_one_that_died_is_followed_by_another(
    cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    cinema.watched(cinema.film("a"), 10)
    cinema.watched(cinema.film("b"), 1_000)
    drain(engines(cinema.system).values())
    dying = cinema.gauge()
    monkeypatch.setattr(popularity_gauge, "BATCH", 1)
    dispatch = dying.deliveries.dispatch

    def die(messages: Any) -> Any:
        if cinema.measured():
            raise ConnectionError
        return dispatch(messages)

    monkeypatch.setattr(dying.deliveries, "dispatch", die)
    with pytest.raises(ConnectionError):
        dying.catch_up()
    assert len(cinema.measured()) == 1
    assert cinema.gauge().catch_up() == 2
    assert len(cinema.measured()) == 2
