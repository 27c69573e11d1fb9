from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg_pool import ConnectionPool

from command_api.dependencies import new_id
from infra.identity.sessions import Refreshed, Reused, Sessions
from infra.projection_engine.postgres import Pool
from infra.settings import Settings
from tests.identity.conftest import Site, WallClock


def test_a_token_is_spent_once(site: Site) -> None:
    ann = site.person()
    first = site.refresh(ann.refresh_token)
    assert first.status_code == 200
    assert first.json()["refresh_token"] != ann.refresh_token
    second = site.refresh(first.json()["refresh_token"])
    assert second.status_code == 200
    assert site.system.authenticate(second.json()["access_token"])


def test_asking_twice_within_a_moment_gives_the_same_successor(site: Site) -> None:
    ann = site.person()
    once, twice = (site.refresh(ann.refresh_token).json() for _ in range(2))
    assert once["refresh_token"] == twice["refresh_token"]


@pytest.mark.parametrize("late", [False, True])
def test_any_other_reuse_ends_the_family(site: Site, late: bool) -> None:
    ann = site.person()
    caller = site.system.authenticate(ann.access_token)
    assert caller
    successor = site.refresh(ann.refresh_token).json()["refresh_token"]
    if late:
        site.wall_clock.advance(seconds=11)
    else:
        successor = site.refresh(successor).json()["refresh_token"]
    stolen = site.refresh(ann.refresh_token)
    assert (stolen.status_code, stolen.json()["code"]) == (401, "invalid-refresh-token")
    assert site.refresh(successor).status_code == 401
    facts = site.facts(f"session-{caller.session_id}")
    assert facts == ["SignedIn", "RefreshTokenReuseDetected"]


def test_an_unknown_token_is_refused(site: Site) -> None:
    assert site.refresh("nobody's").status_code == 401


def test_an_idle_session_ends_after_two_weeks(site: Site) -> None:
    ann = site.person()
    site.wall_clock.advance(days=13)
    token = site.refresh(ann.refresh_token).json()["refresh_token"]
    site.wall_clock.advance(days=14)
    assert site.refresh(token).status_code == 401


def test_no_session_outlives_a_month(site: Site) -> None:
    token = site.person().refresh_token
    for _ in range(2):
        site.wall_clock.advance(days=13)
        token = site.refresh(token).json()["refresh_token"]
    site.wall_clock.advance(days=4)
    assert site.refresh(token).status_code == 401


@pytest.fixture
def pool(postgres: Settings) -> Iterator[Pool]:
    pool: Pool
    with ConnectionPool(
        postgres.conninfo, min_size=1, max_size=20, kwargs={"autocommit": True}
    ) as pool:
        yield pool


def test_fifty_at_once_get_one_successor(pool: Pool) -> None:
    sessions = Sessions(pool, WallClock())
    account_id = new_id()
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO identity.account VALUES (%s, NULL, NULL, 'ru', 'UTC', now())",
            (account_id,),
        )
    token = sessions.open(new_id(), account_id, "", "").token
    with ThreadPoolExecutor(50) as threads:
        found = list(threads.map(lambda _: sessions.refresh(token), range(50)))
    successors = {each.token for each in found if isinstance(each, Refreshed)}
    assert len(found) == 50
    assert not [each for each in found if isinstance(each, Reused)]
    [successor] = successors
    assert isinstance(sessions.refresh(successor), Refreshed)
    assert isinstance(sessions.refresh(token), Reused)
    assert sessions.refresh(successor) is not None
