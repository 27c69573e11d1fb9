"""Curated collections, as an editor sees to them."""

from typing import Any
from uuid import UUID

import pytest

from tests.api.catalogue.site import Site

COLLECTIONS = "/command/v1/collections"
SPACE = {"titles": {"ru": "Космос", "en": "Space"}}
NOBODY = UUID(int=99)


def test_a_collection_is_created_and_arranged(site: Site) -> None:
    answer = site.post(COLLECTIONS, **SPACE, slug="space")
    id_ = answer.json()["id"]
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    assert answer.headers["Location"] == f"/query/v1/collections/{id_}"
    films = [site.film(), site.film("Stalker")]
    steps: list[tuple[str, dict[str, Any]]] = [
        ("titles", {"titles": {"ru": "Далёкий космос"}}),
        ("description", {"description": {"ru": "О том, что далеко."}}),
        ("films", {"film_ids": films}),
        ("films", {"film_ids": films[::-1]}),
        ("archive", {}),
        ("restoration", {}),
    ]
    for version, (noun, body) in enumerate(steps, start=2):
        changed = site.post(f"{COLLECTIONS}/{id_}/{noun}", **body)
        assert (changed.status_code, changed.json()["version"]) == (200, version)
    stale = site.ask(
        "POST", f"{COLLECTIONS}/{id_}/archive", headers={"If-Match": '"1"'}
    )
    assert (stale.status_code, stale.headers["ETag"]) == (412, '"7"')


def test_an_archived_film_keeps_its_place(site: Site) -> None:
    id_, film = site.made("collections", **SPACE), site.film()
    site.post(f"/command/v1/films/{film}/archive")
    answer = site.post(f"{COLLECTIONS}/{id_}/films", film_ids=[film])
    assert answer.status_code == 200, answer.text


def test_no_two_collections_have_one_slug(site: Site) -> None:
    first = site.made("collections", **SPACE, slug="space")
    taken = site.post(COLLECTIONS, **SPACE, slug="space")
    assert (taken.status_code, taken.json()["code"]) == (409, "collection-slug-taken")
    site.post(f"{COLLECTIONS}/{first}/archive")
    site.made("collections", **SPACE, slug="space")
    back = site.post(f"{COLLECTIONS}/{first}/restoration")
    assert (back.status_code, back.json()["code"]) == (409, "collection-slug-taken")


def test_what_is_not_there_is_not_found(site: Site) -> None:
    unknown = site.post(f"{COLLECTIONS}/{NOBODY}/titles", **SPACE)
    assert unknown.status_code == 404
    assert unknown.json()["code"] == "collection-not-found"
    id_, film = site.made("collections", **SPACE), site.film()
    missing = [film, str(NOBODY)]
    answer = site.post(f"{COLLECTIONS}/{id_}/films", film_ids=missing)
    assert (answer.status_code, answer.json()["code"]) == (404, "film-not-found")
    assert answer.json()["errors"][0]["pointer"] == "/film_ids/1"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"titles": {}}, "/titles"),
        ({"titles": {"ru": "а" * 201}}, "/titles/ru"),
        ({"titles": {"original": "a"}}, "/titles/original"),
        ({**SPACE, "slug": "Outer Space"}, "/slug"),
        ({**SPACE, "owner": "me"}, "/owner"),
    ],
)
def test_what_is_wrong_is_pointed_at(
    site: Site, body: dict[str, Any], pointer: str
) -> None:
    answer = site.post(COLLECTIONS, **body)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_film_is_in_it_once(site: Site) -> None:
    id_, film = site.made("collections", **SPACE), site.film()
    answer = site.post(f"{COLLECTIONS}/{id_}/films", film_ids=[film, film])
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/film_ids/1"


def test_only_content_managers_do(site: Site) -> None:
    assert site.client.post(COLLECTIONS, json=SPACE).status_code == 401
    assert site.ask("POST", COLLECTIONS, "viewer", json=SPACE).status_code == 403
