"""A viewer's own pages: what they have begun, watched, want, have rated, wait for."""

from uuid import UUID

import pytest
from psycopg import connect

from tests.api.catalogue.site import Site
from tests.viewing.conftest import now
from tests.viewing.viewer import WATCHED, WHO, Viewer


def test_what_was_begun_and_not_finished_is_gone_on_with(
    site: Site, viewer: Viewer
) -> None:
    begun, older, finished, opened_only = (site.film(name) for name in "abcd")
    viewer.watched(older, 94, ago=60)
    viewer.watched(begun, 50)
    viewer.watched(finished, 95)
    viewer.watched(opened_only, 0)
    assert viewer.titles("continue-watching") == ["a", "b"]
    assert viewer.titles("continue-watching?limit=1") == ["a"]
    [first, _] = viewer.page("continue-watching")["items"]
    assert first["position_seconds"] == 50
    assert first["duration_seconds"] == 100
    assert first["episode"] is None
    assert first["finished"] is False


def test_history_is_in_pages_that_miss_nothing(site: Site, viewer: Viewer) -> None:
    for number in range(7):
        viewer.watched(site.film(str(number)), 99, ago=number)
    page = viewer.page("history?limit=3")
    assert page["total_estimate"] == 7
    found = [item["film"]["title"] for item in page["items"]]
    while page["next_cursor"]:
        viewer.watched(site.film("new"), 10)
        page = viewer.page(f"history?limit=3&cursor={page['next_cursor']}")
        found += [item["film"]["title"] for item in page["items"]]
    assert found == [str(number) for number in range(7)]


def test_two_moments_that_are_alike_are_both_in_the_history(
    site: Site, viewer: Viewer
) -> None:
    series, at = site.film("Fargo", type="series"), now()
    with connect(site.system.settings.conninfo) as connection:
        for number in range(1, 6):
            connection.execute(WATCHED, (WHO, series, 1, number, 99, at))
    page, found = viewer.page("history?limit=2"), []
    found += page["items"]
    while page["next_cursor"]:
        page = viewer.page(f"history?limit=2&cursor={page['next_cursor']}")
        found += page["items"]
    assert sorted(item["episode"]["number"] for item in found) == [1, 2, 3, 4, 5]


def test_a_watchlist_has_what_was_put_on_it_last_first(
    site: Site, viewer: Viewer
) -> None:
    first, second = site.film("first"), site.film("second")
    for film in (first, second, first):
        viewer.does("PUT", f"watchlist/{film}")
    assert viewer.titles("watchlist") == ["second", "first"]
    viewer.does("DELETE", f"watchlist/{second}")
    viewer.does("DELETE", f"watchlist/{second}")
    assert viewer.titles("watchlist") == ["first"]


def test_a_rating_is_given_changed_and_taken_back(site: Site, viewer: Viewer) -> None:
    film = site.film("Solaris")
    viewer.does("PUT", f"ratings/{film}", rating=4)
    viewer.does("PUT", f"ratings/{film}", rating=9)
    [shown] = viewer.page("ratings")["items"]
    assert (shown["film"]["title"], shown["rating"]) == ("Solaris", 9)
    viewer.does("DELETE", f"ratings/{film}")
    assert viewer.titles("ratings") == []


def test_premieres_that_are_waited_for_are_listed(site: Site, viewer: Viewer) -> None:
    film = site.film("Dune", release_date="2199-01-01")
    viewer.does("PUT", f"premieres/{film}")
    [shown] = viewer.page("premieres")["items"]
    assert shown["film"]["release_date"] == "2199-01-01"
    viewer.does("DELETE", f"premieres/{film}")
    assert viewer.titles("premieres") == []


def test_what_is_archived_is_not_shown(site: Site, viewer: Viewer) -> None:
    gone, there = site.film("gone"), site.film("there")
    for film in (gone, there):
        viewer.watched(film, 50)
        viewer.does("PUT", f"watchlist/{film}")
        viewer.does("PUT", f"ratings/{film}", rating=7)
    site.post(f"/command/v1/films/{gone}/archive")
    for path in ("continue-watching", "history", "watchlist", "ratings"):
        assert viewer.titles(path) == ["there"]


def test_nobody_sees_what_is_another_persons(site: Site, viewer: Viewer) -> None:
    film = site.film()
    viewer.watched(film, 50)
    viewer.does("PUT", f"watchlist/{film}")
    for path in ("continue-watching", "history", "watchlist"):
        assert site.seen(f"me/{path}", "subscriber")["items"] == []
        assert site.get(f"me/{path}").status_code == 401


def test_what_was_done_is_seen_by_who_sends_its_position(
    site: Site,
) -> None:
    film = site.film("Solaris")
    done = site.ask("PUT", f"/command/v1/me/watchlist/{film}", "viewer")
    headers = {"Cinema-Position": done.headers["Cinema-Position"], "Prefer": "wait=0"}
    assert site.get("me/watchlist", "viewer", **headers).status_code == 503
    answer = site.seen("me/watchlist", "viewer", **headers)
    assert len(answer["items"]) == 1


def test_devices_that_play_are_listed(site: Site, viewer: Viewer) -> None:
    film = site.film()
    body = {"film_id": film, "device": "TV"}
    path = "/command/v1/me/streams"
    started = site.ask("POST", path, "viewer", json=body).json()
    [device] = viewer.page("streams")
    assert (device["id"], device["device"]) == (started["id"], "TV")
    site.ask("DELETE", f"{path}/{started['id']}", "viewer")
    assert viewer.page("streams") == []


@pytest.mark.parametrize(("rating", "pointer"), [(0, "/rating"), (11, "/rating")])
def test_a_rating_is_from_one_to_ten(site: Site, rating: int, pointer: str) -> None:
    path = f"/command/v1/me/ratings/{site.film()}"
    refused = site.ask("PUT", path, "viewer", json={"rating": rating})
    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]


def test_a_film_that_nobody_knows_or_that_is_gone_is_refused(site: Site) -> None:
    archived = site.film()
    site.post(f"/command/v1/films/{archived}/archive")
    for film in (archived, str(UUID(int=99))):
        for path in ("watchlist", "premieres"):
            refused = site.ask("PUT", f"/command/v1/me/{path}/{film}", "viewer")
            assert refused.status_code == 404
            assert refused.json()["code"] == "film-not-found"
