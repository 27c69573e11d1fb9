"""What anybody can read of the catalogue."""

from typing import Any

import pytest

from tests.api.catalogue.site import Site


@pytest.fixture
def shelf(site: Site) -> Site:
    """Five films, from 1971 on; each has a better rating than the one before."""
    for number in range(1, 6):
        site.film(
            f"Film {number}",
            rating=f"{number}.5",
            release_date=f"197{number}-01-01",
            access="free" if number == 3 else "subscription",
            age_rating=18 if number == 5 else 6,
            countries=["IT"] if number == 2 else [],
            type="series" if number == 4 else "movie",
        )
    site.film("Film 0")
    return site


def titles(found: Any) -> list[str]:
    return [item["title"] for item in found["items"]]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", "543210"),
        ("sort=rating", "123450"),
        ("sort=release_date", "123450"),
        ("sort=-release_date", "543210"),
        ("sort=title", "012345"),
        ("sort=-title", "543210"),
        ("sort=-popularity", "543210"),
        ("year_from=1972&year_to=1974", "432"),
        ("access=free", "3"),
        ("type=series", "4"),
        ("country=IT", "2"),
        ("age_rating_max=6", "4321"),
        ("age_rating_max=6&type=movie&year_from=1972", "32"),
    ],
)
def test_films_are_sorted_and_filtered(shelf: Site, query: str, numbers: str) -> None:
    found = shelf.seen(f"films?{query}")
    assert titles(found) == [f"Film {number}" for number in numbers]
    assert found["total_estimate"] == len(numbers)


@pytest.mark.parametrize("sort", ["rating", "-rating", "release_date", "-title"])
@pytest.mark.parametrize("path", ["films", "search"])
def test_pages_follow_one_another(shelf: Site, path: str, sort: str) -> None:
    query = f"{path}?limit=2" + (f"&sort={sort}" if path == "films" else "&q=film")
    whole = titles(shelf.seen(query.replace("limit=2", "limit=100")))
    pages: list[str] = []
    link: str | None = f"/query/v1/{query}"
    while link:
        answer = shelf.client.get(link)
        pages += titles(answer.json())
        link = answer.links.get("next", {}).get("url")
    assert pages == whole


def test_a_cursor_is_good_for_its_own_list_only(shelf: Site) -> None:
    cursor = shelf.seen("films?limit=2")["next_cursor"]
    forged = ("A" if cursor[0] != "A" else "B") + cursor[1:]
    for query in (
        f"films?cursor={forged}",
        f"films?cursor={cursor}&sort=title",
        f"films?cursor={cursor}&access=free",
        f"search?cursor={cursor}",
        "films?cursor=nonsense",
        "films?cursor=é",
        "people?cursor=",
    ):
        answer = shelf.get(query)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad-cursor")
    assert shelf.get(f"films?cursor={cursor}&limit=50").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "films?limit=0",
        "films?limit=101",
        "films?sort=owner",
        "films?type=clip",
        "films?genre=x",
        "films?country=it",
        "films?year_from=99999999999999999999",
        f"search?q={'a' * 257}",
        f"suggest?q={'a' * 257}",
        f"people?q={'a' * 257}",
    ],
)
def test_impossible_questions(site: Site, query: str) -> None:
    assert site.get(query).status_code == 422


@pytest.mark.parametrize("q", ["%00", "%F0%9F%8E%AC", "AND (", '"', "*", "%FF", "%25_"])
def test_strange_words_find_nothing(shelf: Site, q: str) -> None:
    for path in ("search", "suggest", "people"):
        assert shelf.get(f"{path}?q={q}").status_code == 200


def test_the_language_that_is_asked_for(site: Site) -> None:
    both = site.film(titles={"ru": "Солярис", "en": "Solaris"})
    foreign = site.film(titles={"original": "七人の侍"})
    asked = {
        "en": "Solaris",
        "ru": "Солярис",
        "de, en;q=0.8, ru;q=0.1": "Solaris",
        "fr": "Солярис",
        "en;q=x": "Солярис",
    }
    for languages, title in asked.items():
        header = {"Accept-Language": languages}
        assert site.seen(f"films/{both}", **header)["title"] == title
    answer = site.get(f"films/{both}", **{"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "en"
    assert site.seen(f"films/{foreign}")["title"] == "七人の侍"


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    id_ = site.film()
    site.seen("films")
    for path in ("films", f"films/{id_}", "genres", "people", "search?q=solaris"):
        first = site.get(path)
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert "Accept-Language" in first.headers["Vary"]
        tag = {"If-None-Match": first.headers["ETag"]}
        again = site.get(path, **tag)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    site.post(f"/command/v1/films/{id_}/titles", titles={"en": "Solaris 2"})
    site.seen("films")
    assert site.get("films", **tag).status_code == 200


def test_what_is_about_the_caller_is_kept_by_nobody(site: Site) -> None:
    id_ = site.film()
    site.seen("films")
    answer = site.get(f"films/{id_}", "viewer")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_genres_count_their_films(site: Site) -> None:
    drama, war = (site.made("genres", name=name) for name in ("Drama", "War"))
    for title in ("A", "B"):
        site.linked(f"{site.film(title)}/genres/{drama}")
    gone = site.film("C")
    site.linked(f"{gone}/genres/{drama}")
    site.post(f"/command/v1/films/{gone}/archive")
    counts = {each["name"]: each["films"] for each in site.seen("genres")["items"]}
    assert counts == {"Drama": 2, "War": 0}
    assert site.seen(f"genres/{drama}")["films"] == 2
    assert titles(site.seen(f"films?genre={drama}&sort=title")) == ["A", "B"]
    site.post(f"/command/v1/genres/{drama}/name", name="Драма")
    first = site.seen(f"films?genre={drama}")["items"][0]
    assert first["genres"] == [{"id": drama, "name": "Драма"}]
    assert site.seen(f"films?genre={war}")["items"] == []


def test_people_and_their_films_by_role(site: Site) -> None:
    someone = site.made("people", name="Чарли Чаплин")
    site.made("people", name="Somebody Else")
    for title, roles in {"A": ["actor"], "B": ["actor", "director"]}.items():
        id_ = site.film(title)
        for role in roles:
            site.linked(f"{id_}/credits/{role}/{someone}")
    films = f"people/{someone}/films"
    assert sorted(titles(site.seen(films))) == ["A", "B"]
    assert titles(site.seen(f"{films}?role=director")) == ["B"]
    assert titles(site.seen(f"{films}?role=writer")) == []
    for query in ("чап", "чарли ЧАПЛИН", "Чаплин чар", "чапл%00"):
        found = site.seen(f"people?q={query}")["items"]
        assert [person["name"] for person in found] == ["Чарли Чаплин"]
    [suggested] = site.seen("suggest?q=чаплин")["items"]
    assert suggested == {"kind": "person", "id": someone, "title": "Чарли Чаплин"}


@pytest.mark.parametrize(
    ("access", "statuses"),
    [
        ("free", {"": 200, "viewer": 200, "subscriber": 200}),
        ("registered", {"": 401, "viewer": 200, "subscriber": 200}),
        ("subscription", {"": 401, "viewer": 403, "subscriber": 200}),
    ],
)
def test_who_may_watch(site: Site, access: str, statuses: dict[str, int]) -> None:
    id_ = site.film(access=access)
    for who, status in statuses.items():
        assert site.seen(f"films/{id_}", who)["may_watch"] is (status == 200)
        answer = site.get(f"films/{id_}/playback", who)
        assert answer.status_code == status
        if status == 403:
            assert answer.json()["code"] == "subscription-required"
        if status == 200:
            assert answer.json()["manifest_url"].startswith("https://")
            assert answer.headers["Cache-Control"] == "no-store"
