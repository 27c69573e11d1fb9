"""Merging and archiving genres and people."""

from uuid import UUID

import pytest

from tests.api.catalogue.site import Site

NOBODY = str(UUID(int=99))
both = pytest.mark.parametrize(
    ("kind", "many"), [("genre", "genres"), ("person", "people")]
)


@both
def test_the_merged_one_is_gone(site: Site, kind: str, many: str) -> None:
    gone, other = (site.made(many, name=name) for name in ("Dramma", "Drama"))
    answer = site.post(f"/command/v1/{many}/{gone}/merger", into=other)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert [each["id"] for each in site.seen(many)["items"]] == [other]
    assert site.get(f"{many}/{gone}").status_code == 404
    again = site.post(f"/command/v1/{many}/{gone}/merger", into=other)
    assert (again.status_code, again.json()["version"]) == (200, 2)
    for noun, body in (("name", {"name": "A"}), ("archive", {}), ("restoration", {})):
        late = site.post(f"/command/v1/{many}/{gone}/{noun}", **body)
        assert late.status_code == 409
        assert late.json()["code"] == f"{kind}-merged-already"


@both
def test_nothing_is_merged_into_what_is_not_there(
    site: Site, kind: str, many: str
) -> None:
    one, archived = (site.made(many, name=name) for name in ("One", "Other"))
    site.post(f"/command/v1/{many}/{archived}/archive")
    for into in (archived, NOBODY):
        answer = site.post(f"/command/v1/{many}/{one}/merger", into=into)
        assert (answer.status_code, answer.json()["code"]) == (404, f"{kind}-not-found")
        assert answer.json()["errors"][0]["pointer"] == "/into"
    itself = site.post(f"/command/v1/{many}/{one}/merger", into=one)
    assert (itself.status_code, itself.json()["code"]) == (
        422,
        f"{kind}-merged-into-itself",
    )
    assert itself.json()["errors"][0]["pointer"] == "/into"
    late = site.post(f"/command/v1/{many}/{archived}/merger", into=one)
    assert (late.status_code, late.json()["code"]) == (409, f"{kind}-archived-already")
    unknown = site.post(f"/command/v1/{many}/{NOBODY}/merger", into=one)
    assert (unknown.status_code, unknown.json()["code"]) == (404, f"{kind}-not-found")


def test_the_name_of_a_merged_genre_is_free(site: Site) -> None:
    gone, other = (site.made("genres", name=name) for name in ("Драма", "Drama"))
    site.post(f"/command/v1/genres/{gone}/merger", into=other)
    assert site.post("/command/v1/genres", name="драма").status_code == 201


def test_an_archived_genre_comes_back_if_its_name_is_free(site: Site) -> None:
    drama = site.made("genres", name="Drama")
    genre = f"/command/v1/genres/{drama}"
    site.post(f"{genre}/archive")
    assert site.post(f"{genre}/restoration").status_code == 200
    assert [each["name"] for each in site.seen("genres")["items"]] == ["Drama"]
    site.post(f"{genre}/archive")
    site.made("genres", name="drama")
    taken = site.post(f"{genre}/restoration")
    assert (taken.status_code, taken.json()["code"]) == (409, "genre-name-taken")


@both
def test_a_film_gets_nothing_that_was_merged(site: Site, kind: str, many: str) -> None:
    gone, other = (site.made(many, name=name) for name in ("Dramma", "Drama"))
    site.post(f"/command/v1/{many}/{gone}/merger", into=other)
    link = f"genres/{gone}" if kind == "genre" else f"credits/actor/{gone}"
    answer = site.ask("PUT", f"/command/v1/films/{site.film()}/{link}")
    assert (answer.status_code, answer.json()["code"]) == (404, f"{kind}-not-found")


def test_only_content_managers_merge(site: Site) -> None:
    path, body = f"/command/v1/genres/{NOBODY}/merger", {"into": NOBODY}
    assert site.client.post(path, json=body).status_code == 401
    assert site.ask("POST", path, "viewer", json=body).status_code == 403
