"""What is shown to whom, when and where, and for how long it may be kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from infra.asgi import query_app
from infra.settings import Settings
from tests.api.catalogue.site import FILMS, PEOPLE, Site, opened
from tests.examples import metadata
from tests.examples.billing import add_plan

#: Of the clock that these cinemas go by.
NOW = datetime(2030, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def site(postgres: Settings) -> Iterator[Site]:
    """Behind a proxy that says where callers are."""
    with opened(postgres.model_copy(update={"country_header": "X-Country"})) as site:
        at(site, NOW)
        yield site


def at(site: Site, now: datetime) -> None:
    app: Any = site.client.app
    app.queries.state.views = replace(app.queries.state.views, clock=lambda: now)


def shown(site: Site, film: str, *windows: dict[str, Any]) -> None:
    answer = site.post(f"{FILMS}/{film}/availability", windows=windows)
    assert answer.status_code == 200, answer.text


def written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def test_a_film_is_there_only_within_its_windows(site: Site) -> None:
    genre, person = site.made("genres", name="Drama"), site.made("people", name="Ann")
    film = site.film(access="free")
    site.linked(f"{film}/genres/{genre}")
    site.linked(f"{film}/credits/director/{person}")
    collection = site.made("collections", titles={"en": "Best"})
    site.post(f"/command/v1/collections/{collection}/films", film_ids=[film])
    opens, closes = written(NOW), written(NOW + HOUR)
    shown(site, film, {"opens": opens, "closes": closes, "countries": ["KZ"]})
    site.seen("films")

    def is_there(**headers: str) -> bool:
        answers: list[Any] = [
            site.get(f"films/{film}", **headers).status_code == 200,
            site.get(f"films/{film}/playback", **headers).status_code == 200,
            site.get("films", **headers).json()["total_estimate"] == 1,
            site.get(f"genres/{genre}", **headers).json()["films"] == 1,
            site.get("genres", **headers).json()["items"][0]["films"] == 1,
            site.get(f"people/{person}", **headers).json()["films"] != {},
            bool(site.get(f"people/{person}/films", **headers).json()["items"]),
            site.get("collections", **headers).json()["items"][0]["films"] == 1,
            bool(site.get(f"collections/{collection}", **headers).json()["items"]),
        ]
        assert len({*answers}) == 1, answers
        return bool(answers[0])

    kazakhstan = {"X-Country": "KZ"}
    assert is_there(**kazakhstan)
    assert not is_there()
    assert not is_there(**{"X-Country": "RU"})
    at(site, NOW - timedelta(microseconds=1))
    assert not is_there(**kazakhstan)
    at(site, NOW + HOUR)
    assert not is_there(**kazakhstan)
    shown(site, film)
    site.seen("films")
    assert is_there()


def test_an_age_limit_goes_for_every_page(site: Site) -> None:
    genre = site.made("genres", name="Drama")
    film = site.film(access="free", age_rating=16)
    site.linked(f"{film}/genres/{genre}")
    site.seen("films")
    for limit, is_there in ((16, True), (12, False)):
        query = f"?age_rating_max={limit}"
        status = 200 if is_there else 404
        assert site.get(f"films/{film}{query}").status_code == status
        assert site.get(f"films/{film}/playback{query}").status_code == status
        assert site.get(f"genres/{genre}{query}").json()["films"] == int(is_there)
        assert len(site.get(f"films{query}").json()["items"]) == int(is_there)


def test_what_changes_soon_is_not_kept_for_long(site: Site) -> None:
    film = site.film()
    closes = NOW + timedelta(seconds=10)
    shown(site, film, {"closes": written(closes)})
    site.seen("films")
    page = f"films/{film}"
    for before, seconds in ((9.5, 0), (0.5, 9)):
        at(site, NOW + timedelta(seconds=before))
        kept = site.get(page).headers["Cache-Control"]
        assert kept == f"public, max-age={seconds}"
        assert site.get(page, "viewer").headers["Cache-Control"] == "no-store"
    at(site, NOW - HOUR)
    answer = site.get(page)
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "X-Country" in answer.headers["Vary"]


def test_a_reader_who_shows_a_position_sees_what_was_written(site: Site) -> None:
    """Behind a cache, too: the position is in ``Vary``."""
    film = site.film("Before")
    site.seen("films")
    tag = site.get("films").headers["ETag"]
    answer = site.post(f"{FILMS}/{film}/titles", titles={"en": "After"})
    position = answer.headers["Cinema-Position"]
    asked = {"Cinema-Position": position, "If-None-Match": tag}
    behind = site.get("films", Prefer="wait=0", **asked)
    assert (behind.status_code, behind.json()["code"]) == (503, "projection-lag")
    assert "Retry-After" in behind.headers
    site.seen("films")
    level = site.get("films", **asked)
    assert level.status_code == 200
    assert level.json()["items"][0]["title"] == "After"
    assert int(level.headers["Cinema-Position"]) >= int(position)
    assert "Cinema-Position" in level.headers["Vary"]


def test_only_plans_of_the_film_open_it(site: Site) -> None:
    basic, premium = UUID(int=21), UUID(int=22)
    subscriber = PEOPLE["subscriber"].account_id
    app: Any = site.client.app
    app.queries.state.views = replace(
        app.queries.state.views,
        entitled=lambda account, _, plans: (
            account == subscriber and (not plans or basic in plans)
        ),
    )
    for plan in (basic, premium):
        site.system.cinema.dispatch(add_plan(plan_id=plan), metadata(plan.int))
    for plans, status in (((), 200), ((basic, premium), 200), ((premium,), 403)):
        film, names = site.film(), [str(each) for each in plans]
        site.post(f"{FILMS}/{film}/access", access="subscription", plans=names)
        page = site.seen(f"films/{film}", "subscriber")
        assert page["plans"] == names
        assert page["may_watch"] is (status == 200)
        assert site.get(f"films/{film}/playback", "subscriber").status_code == status


def test_no_list_says_where_the_media_is(site: Site) -> None:
    film = site.film(media="secret.m3u8", access="free")
    genre = site.made("genres", name="Drama")
    site.linked(f"{film}/genres/{genre}")
    site.seen("films")
    for path in ("films", f"films?genre={genre}", f"films/{film}", "search?q=solaris"):
        assert "secret" not in site.get(path, "subscriber").text
    assert "secret" in site.get(f"films/{film}/playback").text


def test_no_country_is_believed_without_a_proxy(postgres: Settings) -> None:
    with opened(postgres) as site:
        film = site.film()
        shown(site, film, {"countries": ["KZ"]})
        site.seen("films")
        assert site.get(f"films/{film}", **{"X-Country": "KZ"}).status_code == 404
        assert "X-Country" not in site.get("films").headers["Vary"]
        abroad = postgres.model_copy(update={"home_country": "KZ"})
        system = replace(site.system, settings=abroad)
        elsewhere = TestClient(query_app(system))
        assert elsewhere.get(f"/query/v1/films/{film}").status_code == 200
