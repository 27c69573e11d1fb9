"""Pages and lists of the catalogue: what is on them, and what may be asked."""

import pytest

from tests.api.catalogue.site import FILMS, Site


def test_a_series_shows_its_seasons_in_the_language_that_is_asked_for(
    site: Site,
) -> None:
    film = site.film(type="series")
    path = f"{FILMS}/{film}/seasons"
    site.post(path, number=2)
    site.post(path, number=1, titles={"ru": "Начало"})
    site.post(
        f"{path}/1/episodes",
        number=1,
        titles={"ru": "Пилот", "en": "Pilot"},
        minutes=50,
        release_date="2001-02-03",
        media="pilot.m3u8",
    )
    answer = site.post(f"{FILMS}/{film}/aliases", aliases=["Solyaris"])
    assert answer.status_code == 200, answer.text
    page = site.seen(f"films/{film}", **{"Accept-Language": "en"})
    pilot = {
        "number": 1,
        "title": "Pilot",
        "release_date": "2001-02-03",
        "minutes": 50,
    }
    assert page["seasons"] == [
        {"number": 1, "title": "Начало", "episodes": [pilot]},
        {"number": 2, "title": None, "episodes": []},
    ]
    assert page["aliases"] == ["Solyaris"]
    assert "pilot.m3u8" not in str(page)


def test_collections_come_in_pages_by_title(site: Site) -> None:
    for title in ("Зима", "Весна", "Осень"):
        site.made("collections", titles={"ru": title})
    first = site.seen("collections?limit=2")
    assert [each["title"] for each in first["items"]] == ["Весна", "Зима"]
    assert first["total_estimate"] == 3
    answer = site.get(f"collections?limit=2&cursor={first['next_cursor']}")
    assert [each["title"] for each in answer.json()["items"]] == ["Осень"]
    assert answer.json()["next_cursor"] is None


def test_collections_have_their_films_in_order(site: Site) -> None:
    films = [site.film(title) for title in ("B", "C", "A")]
    best = site.made("collections", titles={"ru": "Лучшее", "en": "Best"}, slug="best")
    path = f"/command/v1/collections/{best}"
    site.post(f"{path}/films", film_ids=films)
    site.post(f"{path}/description", description={"ru": "Лучшие из всех."})
    [listed] = site.seen("collections", **{"Accept-Language": "en"})["items"]
    assert listed == {
        "id": best,
        "slug": "best",
        "title": "Best",
        "description": "Лучшие из всех.",
        "films": 3,
    }
    answer = site.get(f"collections/{best}", **{"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "en, ru"
    assert [item["title"] for item in answer.json()["items"]] == ["B", "C", "A"]
    assert "ETag" in answer.headers
    site.post(f"{FILMS}/{films[1]}/archive")
    found = site.seen(f"collections/{best}")
    assert ([item["title"] for item in found["items"]], found["films"]) == (
        ["B", "A"],
        2,
    )
    site.post(f"{path}/archive")
    assert site.seen("collections")["items"] == []
    assert site.get(f"collections/{best}").status_code == 404


def test_a_person_has_their_films_counted_by_role(site: Site) -> None:
    person = site.made("people", name="Ann")
    for roles in (["actor"], ["actor", "director"]):
        film = site.film()
        for role in roles:
            site.linked(f"{film}/credits/{role}/{person}")
    assert site.seen(f"people/{person}")["films"] == {"actor": 2, "director": 1}


def test_lists_say_in_which_languages_they_are(site: Site) -> None:
    english = {"Accept-Language": "en"}
    site.film(titles={"ru": "Ёлки"})
    site.seen("films")
    assert site.get("films", **english).headers["Content-Language"] == "ru"
    site.film(titles={"ru": "Солярис", "en": "Solaris"})
    site.seen("films")
    assert site.get("films", **english).headers["Content-Language"] == "en, ru"
    assert site.get("films").headers["Content-Language"] == "ru"


def test_several_values_are_any_of_them(site: Site) -> None:
    genres = [site.made("genres", name=name) for name in ("Drama", "War", "Noir")]
    for genre, country in zip(genres, ("RU", "IT", "FR"), strict=True):
        film = site.film(country, countries=[country])
        site.linked(f"{film}/genres/{genre}")
    for query, titles in (
        (f"genre={genres[0]}&genre={genres[1]}", ["IT", "RU"]),
        ("country=IT&country=FR", ["FR", "IT"]),
        (f"genre={genres[0]}&country=IT", []),
    ):
        found = site.seen(f"films?sort=title&{query}")["items"]
        assert [item["title"] for item in found] == titles


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("year_from=2000&year_to=1999", "year_to"),
        ("year_from=1799", "year_from"),
        ("age_rating_max=100", "age_rating_max"),
        ("age_rating=-1", "age_rating"),
        ("country=RU&country=rus", "country"),
        ("&".join(["country=RU"] * 21), "country"),
        ("genre=1", "genre"),
        ("access=paid", "access"),
        ("limit=0", "limit"),
        ("sort=id", "sort"),
        (f"cursor={'a' * 2001}", "cursor"),
        ("min_position=-1", "min_position"),
    ],
)
def test_a_parameter_that_cannot_be_is_pointed_at(
    site: Site, query: str, pointer: str
) -> None:
    answer = site.get(f"films?{query}")
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert pointer in error["pointer"]
    assert error["detail"]
