"""Watching on several devices at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from psycopg import connect

from domain.kernel.values import FilmId
from domain.streams import LASTS, StreamEnded, TooManyStreams
from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import System, assemble
from infra.settings import Settings
from infra.viewing.progress_writer import forget
from infra.viewing.streams import PostgresStreams
from projections.plans import plans
from projections.projection import fold
from tests.api.catalogue.site import PEOPLE, Site
from tests.examples import recorded
from tests.examples.billing import plan_added, streams_set

STREAMS = "/command/v1/me/streams"
FILM = FilmId(UUID(int=50))
WHO = PEOPLE["subscriber"].account_id
#: As the projections would write it, of somebody with access for a day more.
PLAN = """
INSERT INTO read.plans (plan_id, names, "interval", price, vat_percent, price_version,
    on_sale, added_at, streams)
VALUES (%(plan)s, '{}', '{}', '{}', 22, 1, true, now(), %(streams)s)
ON CONFLICT (plan_id) DO UPDATE SET streams = EXCLUDED.streams
"""
SUBSCRIPTION = """
INSERT INTO read.subscriptions (subscription_id, account_id, plan_id, terms, status,
    auto_renew, started_at, period_no, access_until)
VALUES (%(plan)s, %(account)s, %(plan)s, '{}', 'active', true, now(), 0,
    now() + interval '1 day')
ON CONFLICT DO NOTHING
"""


@dataclass
class WallClock:
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def wall_clock() -> WallClock:
    return WallClock()


@pytest.fixture
def system(postgres: Settings, wall_clock: WallClock) -> Iterator[System]:
    people = PEOPLE.get
    with assemble(postgres, authenticate=people, wall_clock=wall_clock) as system:
        yield system


@pytest.fixture
def streams(system: System, wall_clock: WallClock) -> PostgresStreams:
    return PostgresStreams(system.pool, system.clock, wall_clock)


def allow(settings: Settings, streams: int, plan: int = 70) -> None:
    values = {"plan": UUID(int=plan), "account": WHO, "streams": streams}
    with connect(settings.conninfo) as connection:
        connection.execute(PLAN, values)
        connection.execute(SUBSCRIPTION, values)


def begin(streams: PostgresStreams) -> UUID:
    return streams.start(WHO, uuid4(), FILM, "TV").stream_id


def test_however_many_start_at_once_as_many_succeed_as_are_allowed(
    postgres: Settings, streams: PostgresStreams
) -> None:
    allow(postgres, 3)
    crowd = 16
    together = Barrier(crowd)

    def start(_: int) -> bool:
        together.wait()
        try:
            begin(streams)
        except TooManyStreams:
            return False
        return True

    with ThreadPoolExecutor(crowd) as pool:
        assert sum(pool.map(start, range(crowd))) == 3


def test_who_has_no_plan_watches_on_one_device(streams: PostgresStreams) -> None:
    begin(streams)
    with pytest.raises(TooManyStreams):
        begin(streams)


def test_of_several_plans_the_widest_counts(
    postgres: Settings, streams: PostgresStreams
) -> None:
    allow(postgres, 1)
    allow(postgres, 2, plan=71)
    assert [streams.start(WHO, uuid4(), FILM, "").limit for _ in range(2)] == [2, 2]
    with pytest.raises(TooManyStreams):
        begin(streams)


def test_another_person_is_another_count(streams: PostgresStreams) -> None:
    begin(streams)
    streams.start(PEOPLE["viewer"].account_id, uuid4(), FILM, "TV")


def test_what_is_started_again_is_the_same(streams: PostgresStreams) -> None:
    again = uuid4()
    for _ in range(3):
        streams.start(WHO, again, FILM, "TV")


def test_a_place_is_given_back(streams: PostgresStreams) -> None:
    first = begin(streams)
    streams.stop(WHO, first)
    streams.stop(WHO, first)
    begin(streams)
    with pytest.raises(StreamEnded):
        streams.beat(WHO, first)


def test_who_is_heard_of_keeps_the_place_and_who_is_not_loses_it(
    streams: PostgresStreams, wall_clock: WallClock
) -> None:
    first = begin(streams)
    wall_clock.advance(LASTS - timedelta(seconds=1))
    assert streams.beat(WHO, first).expires_at == wall_clock.now + LASTS
    wall_clock.advance(LASTS - timedelta(seconds=1))
    with pytest.raises(TooManyStreams):
        begin(streams)
    wall_clock.advance(timedelta(seconds=1))
    begin(streams)
    with pytest.raises(StreamEnded):
        streams.beat(WHO, first)


def test_who_was_silent_goes_on_if_the_place_is_free(
    streams: PostgresStreams, wall_clock: WallClock
) -> None:
    first = begin(streams)
    wall_clock.advance(2 * LASTS)
    streams.beat(WHO, first)
    with pytest.raises(TooManyStreams):
        begin(streams)


def test_of_a_smaller_plan_the_last_to_start_stops_at_its_next_heartbeat(
    postgres: Settings, streams: PostgresStreams, wall_clock: WallClock
) -> None:
    allow(postgres, 2)
    first = begin(streams)
    wall_clock.advance(timedelta(seconds=1))
    second = begin(streams)
    allow(postgres, 1)
    with pytest.raises(TooManyStreams):
        streams.beat(WHO, second)
    assert streams.beat(WHO, first).limit == 1
    with pytest.raises(StreamEnded):
        streams.beat(WHO, second)


def test_nobody_ends_what_is_another_persons(streams: PostgresStreams) -> None:
    first = begin(streams)
    stranger = PEOPLE["viewer"].account_id
    streams.stop(stranger, first)
    with pytest.raises(StreamEnded):
        streams.beat(stranger, first)
    streams.beat(WHO, first)


def test_who_is_erased_plays_nowhere(
    postgres: Settings, streams: PostgresStreams
) -> None:
    first = begin(streams)
    with connect(postgres.conninfo, autocommit=True) as connection:
        forget(connection, WHO)
    with pytest.raises(StreamEnded):
        streams.beat(WHO, first)


def test_players_start_beat_and_stop(system: System) -> None:
    app = OneAddress(command_app(system), query_app(system))
    site = Site(TestClient(app, raise_server_exceptions=False), system)
    film = site.film()

    def ask(method: str, path: str = "", as_: str = "viewer", **body: Any) -> Any:
        return site.ask(method, f"{STREAMS}{path}", as_, json=body or None)

    started = ask("POST", film_id=film, device="TV")
    assert started.status_code == 201
    assert started.json()["heartbeat_seconds"] == 30
    assert started.json()["limit"] == 1
    id_ = started.json()["id"]
    refused = ask("POST", film_id=film)
    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/too-many-streams"
    assert ask("POST", f"/{id_}/heartbeat").status_code == 200
    assert ask("DELETE", f"/{id_}", as_="editor").status_code == 204
    assert ask("POST", f"/{id_}/heartbeat").status_code == 200
    assert ask("DELETE", f"/{id_}").status_code == 204
    gone = ask("POST", f"/{id_}/heartbeat")
    assert (gone.status_code, gone.json()["code"]) == (404, "stream-ended")
    assert ask("POST", film_id=str(uuid4())).status_code == 404
    assert ask("POST", film_id=film, device="a\nb").status_code == 422
    assert ask("POST", as_="", film_id=film).status_code == 401


def test_how_many_a_plan_has_is_in_its_row() -> None:
    rows = plans_after(plan_added())
    assert [row.streams for row in rows] == [2]
    rows = plans_after(plan_added(), streams_set())
    assert [row.streams for row in rows] == [4]


def plans_after(*facts: Any) -> list[Any]:
    rows: dict[Any, Any] = {}
    fold(plans, rows, recorded(*facts))
    return [*rows.values()]
