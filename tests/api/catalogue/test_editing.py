"""What a content manager can do to the catalogue, and what is refused."""

from typing import Any
from uuid import UUID

import pytest

from tests.api.catalogue.site import FILMS, SOLARIS, Site

NOBODY = UUID(int=99)


def test_a_film_is_added_with_all_about_it_and_shown(site: Site) -> None:
    whole: dict[str, Any] = {
        **SOLARIS,
        "description": {"ru": "Океан.", "en": "An ocean."},
        "release_date": "1972-03-20",
        "rating": 8.1,
        "age_rating": 12,
        "access": "free",
        "countries": ["SU"],
        "certificate": "111",
        "media": "solaris.m3u8",
    }
    id_ = site.made("films", **whole)
    page = site.seen(f"films/{id_}", **{"Accept-Language": "en"})
    assert page == {
        "id": id_,
        "title": "Solaris",
        "original_title": None,
        "titles": {"ru": "Солярис", "en": "Solaris", "original": None},
        "aliases": [],
        "seasons": [],
        "plans": [],
        "type": "movie",
        "year": 1972,
        "release_date": "1972-03-20",
        "rating": 8.1,
        "age_rating": 12,
        "access": "free",
        "countries": ["SU"],
        "genres": [],
        "description": "An ocean.",
        "credits": {"director": [], "writer": [], "actor": [], "producer": []},
        "may_watch": True,
    }


@pytest.mark.parametrize(
    ("noun", "body", "shown"),
    [
        ("titles", {"titles": {"en": "Other"}}, {"title": "Other"}),
        ("description", {"description": {"en": "Text"}}, {"description": "Text"}),
        ("type", {"type": "series"}, {"type": "series"}),
        ("rating", {"rating": "7.5"}, {"rating": 7.5}),
        ("release", {"release_date": "2001-02-03"}, {"year": 2001}),
        ("access", {"access": "free"}, {"access": "free"}),
        ("age-rating", {"age_rating": 16}, {"age_rating": 16}),
        ("countries", {"countries": ["IT", "FR"]}, {"countries": ["IT", "FR"]}),
    ],
)
def test_each_intention_has_its_address(
    site: Site, noun: str, body: dict[str, Any], shown: dict[str, Any]
) -> None:
    id_ = site.film()
    for version in ('"2"', '"2"'):
        answer = site.post(f"{FILMS}/{id_}/{noun}", **body)
        assert (answer.status_code, answer.headers["ETag"]) == (200, version)
    page = site.seen(f"films/{id_}")
    assert {name: page[name] for name in shown} == shown


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"titles": {}}, "/titles"),
        ({"titles": {"ru": " "}}, "/titles/ru"),
        ({"titles": {"en": "a\0b"}}, "/titles/en"),
        ({"titles": {"en": "a" * 301}}, "/titles/en"),
        ({"description": {"ru": "a" * 10_001}}, "/description/ru"),
        ({"rating": 10.1}, "/rating"),
        ({"rating": 7.55}, "/rating"),
        ({"rating": -1}, "/rating"),
        ({"type": "clip"}, "/type"),
        ({"access": "secret"}, "/access"),
        ({"age_rating": 7}, "/age_rating"),
        ({"release_date": "1066-10-14"}, "/release_date"),
        ({"release_date": "soon"}, "/release_date"),
        ({"countries": ["Italy"]}, "/countries"),
        ({"owner": "me"}, "/owner"),
    ],
)
def test_what_is_wrong_is_pointed_at(
    site: Site, body: dict[str, Any], pointer: str
) -> None:
    answer = site.post(FILMS, **(SOLARIS | body))
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_half_a_character_is_none(site: Site) -> None:
    content = b'{"type": "movie", "titles": {"en": "\\ud800"}}'
    headers = {"Content-Type": "application/json"}
    answer = site.ask("POST", FILMS, content=content, headers=headers)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == "/titles/en"


def test_genres_and_credits_come_and_go(site: Site) -> None:
    id_ = site.film()
    drama = site.made("genres", name="Drama")
    someone = site.made("people", name="Андрей Тарковский")
    links = [f"{id_}/genres/{drama}"]
    links += [f"{id_}/credits/{role}/{someone}" for role in ("director", "writer")]
    for link in [*links, links[0]]:
        site.linked(link)
    again = site.ask("PUT", f"{FILMS}/{links[1]}")
    assert (again.status_code, again.json()["code"]) == (409, "credit-given-already")
    page = site.seen(f"films/{id_}")
    assert page["genres"] == [{"id": drama, "name": "Drama"}]
    named = [{"id": someone, "name": "Андрей Тарковский"}]
    assert page["credits"] == {
        "director": named,
        "writer": named,
        "actor": [],
        "producer": [],
    }
    for link in links[:2]:
        site.linked(link, "DELETE")
    page = site.seen(f"films/{id_}")
    assert (page["genres"], page["credits"]["director"]) == ([], [])
    assert page["credits"]["writer"] == named


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (f"genres/{NOBODY}", "genre-not-found"),
        (f"credits/actor/{NOBODY}", "person-not-found"),
    ],
)
def test_a_link_leads_somewhere(site: Site, link: str, code: str) -> None:
    answer = site.ask("PUT", f"{FILMS}/{site.film()}/{link}")
    assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_nothing_is_linked_to_what_is_archived(site: Site) -> None:
    id_, drama = site.film(), site.made("genres", name="Drama")
    site.post(f"/command/v1/genres/{drama}/archive")
    answer = site.ask("PUT", f"{FILMS}/{id_}/genres/{drama}")
    assert (answer.status_code, answer.json()["code"]) == (404, "genre-not-found")


def test_an_archived_film_is_gone_and_stays_so(site: Site) -> None:
    id_ = site.film()
    assert site.seen("search?q=solaris")["total_estimate"] == 1
    assert site.post(f"{FILMS}/{id_}/archive").status_code == 200
    assert site.seen("films")["items"] == []
    assert site.seen("search?q=solaris")["items"] == []
    assert site.get(f"films/{id_}").status_code == 404
    late = site.post(f"{FILMS}/{id_}/rating", rating=1)
    assert (late.status_code, late.json()["code"]) == (409, "film-archived-already")
    unknown = site.post(f"{FILMS}/{NOBODY}/rating", rating=1)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "film-not-found")


def test_no_two_genres_have_one_name(site: Site) -> None:
    drama = site.made("genres", name="Ёлки")
    war = site.made("genres", name="War")
    for answer in (
        site.post("/command/v1/genres", name="  елки "),
        site.post(f"/command/v1/genres/{war}/name", name="ЁЛКИ"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "genre-name-taken")
    assert site.post(f"/command/v1/genres/{drama}/name", name="елки").status_code == 200
    assert (
        site.post(f"/command/v1/genres/{drama}/name", name="Other").status_code == 200
    )
    again = site.made("genres", name="Ёлки")
    site.post(f"/command/v1/genres/{again}/archive")
    site.made("genres", name="Ёлки")
    names = [genre["name"] for genre in site.seen("genres")["items"]]
    assert sorted(names) == ["Other", "War", "Ёлки"]


def test_only_content_managers_edit(site: Site) -> None:
    assert site.client.post(FILMS, json=SOLARIS).status_code == 401
    assert site.ask("POST", FILMS, "viewer", json=SOLARIS).status_code == 403


def test_people_are_renamed_dated_and_archived(site: Site) -> None:
    id_ = site.made("people", name="Tarkovsky")
    people = f"/command/v1/people/{id_}"
    assert site.post(f"{people}/name", name="Андрей Тарковский").status_code == 200
    assert site.post(f"{people}/birth", birth_date="1932-04-04").status_code == 200
    assert site.seen(f"people/{id_}") == {
        "id": id_,
        "name": "Андрей Тарковский",
        "birth_date": "1932-04-04",
        "films": {},
    }
    assert site.post(f"{people}/name", name="\0").status_code == 422
    assert site.post(f"{people}/birth", birth_date="2999-01-01").status_code == 422
    site.post(f"{people}/archive")
    assert site.seen("people")["items"] == []
    assert site.get(f"people/{id_}").status_code == 404
