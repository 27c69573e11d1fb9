"""Seasons and episodes, as an editor sees to them."""

from typing import Any

import pytest

from tests.api.catalogue.site import FILMS, Site

PILOT = {"number": 1, "titles": {"en": "Pilot"}}


def series(site: Site) -> str:
    return f"{FILMS}/{site.film(type='series')}/seasons"


def test_a_series_gets_seasons_and_episodes(site: Site) -> None:
    seasons = series(site)
    added = site.post(seasons, number=1, titles={"ru": "Начало"})
    assert (added.status_code, added.headers["ETag"]) == (201, '"2"')
    episodes = f"{seasons}/1/episodes"
    whole = {**PILOT, "media": "1.m3u8", "release_date": "2027-01-01", "minutes": 50}
    assert site.post(episodes, **whole).status_code == 201
    assert site.post(f"{episodes}/1/titles", titles={"en": "A"}).status_code == 200
    assert site.post(f"{episodes}/1/media", media=None).status_code == 200
    assert site.ask("DELETE", f"{episodes}/1").status_code == 200
    last = site.ask("DELETE", f"{seasons}/1")
    assert (last.status_code, last.json()["version"]) == (200, 7)
    assert last.headers["Location"] == f"/query/v1/films/{last.json()['id']}"


def test_what_is_there_already_is_not_added_again(site: Site) -> None:
    seasons = series(site)
    site.post(seasons, number=1)
    again = site.post(seasons, number=1, titles={"en": "Other"})
    assert (again.status_code, again.json()["code"]) == (409, "season-exists-already")
    site.post(f"{seasons}/1/episodes", **PILOT)
    other = site.post(f"{seasons}/1/episodes", number=1, titles={"en": "Other"})
    assert (other.status_code, other.json()["code"]) == (409, "episode-exists-already")


def test_what_is_not_there_is_not_found(site: Site) -> None:
    seasons = series(site)
    for path, code in (
        (f"{seasons}/1/episodes/1/media", "season-not-found"),
        (f"{seasons}/2/episodes/7/media", "episode-not-found"),
    ):
        site.post(seasons, number=2)
        answer = site.post(path, media="a")
        assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_a_movie_has_no_seasons(site: Site) -> None:
    answer = site.post(f"{FILMS}/{site.film()}/seasons", number=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "film-not-series")
    seasons = series(site)
    site.post(seasons, number=1)
    movie = site.post(seasons.replace("seasons", "type"), type="movie")
    assert (movie.status_code, movie.json()["code"]) == (409, "series-has-seasons")


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("", {"number": 201}, "/number"),
        ("", {"number": 2, "titles": {"ru": " "}}, "/titles/ru"),
        ("/1/episodes", {"number": -1, "titles": {"en": "A"}}, "/number"),
        ("/1/episodes", {"number": 1, "titles": {}}, "/titles"),
        ("/1/episodes", {**PILOT, "minutes": 0}, "/minutes"),
        ("/1/episodes", {**PILOT, "release_date": "1066-10-14"}, "/release_date"),
        ("/1/episodes", {**PILOT, "length": 1}, "/length"),
    ],
)
def test_what_is_wrong_is_pointed_at(
    site: Site, path: str, body: dict[str, Any], pointer: str
) -> None:
    seasons = series(site)
    site.post(seasons, number=1)
    answer = site.post(f"{seasons}{path}", **body)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_only_content_managers_do(site: Site) -> None:
    path, body = series(site), {"number": 1}
    assert site.client.post(path, json=body).status_code == 401
    assert site.ask("POST", path, "viewer", json=body).status_code == 403
