"""Searching as a viewer does, over HTTP."""

import time
from datetime import timedelta
from urllib.parse import quote

import pytest

from infra.postgres import searches
from tests.api.catalogue.site import Site
from tests.examples import NOON


def titles(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["title"] for item in answer["items"]]


@pytest.mark.parametrize("typed", ["брат", "brat", ",hfn", "БРАТ", "брат "])
def test_however_it_is_typed(site: Site, typed: str) -> None:
    site.film(titles={"ru": "Брат"})
    site.film(titles={"ru": "Брат 2"})
    site.film(titles={"ru": "Солярис"})
    assert titles(site.seen(f"search?q={quote(typed)}")) == ["Брат", "Брат 2"]
    suggested = site.seen(f"suggest?q={quote(typed)}&limit=1")
    assert titles(suggested) == ["Брат"]


def test_other_names_are_searched_in(site: Site) -> None:
    film = site.film("Alien")
    site.post(f"/command/v1/films/{film}/aliases", aliases=["Восьмой пассажир"])
    assert titles(site.seen("search?q=пассажир")) == ["Alien"]


def test_counts_beside_what_is_found(site: Site) -> None:
    drama = site.made("genres", name="Drama")
    war = site.made("genres", name="War")
    one, other = site.film("Star"), site.film("Star Wars", access="free")
    site.linked(f"{one}/genres/{drama}")
    site.linked(f"{other}/genres/{drama}")
    site.linked(f"{other}/genres/{war}")
    query = f"search?q=star&genre={war}&facets=genre&facets=access"
    found = site.seen(query)
    assert titles(found) == ["Star Wars"]
    counted = [
        {"value": drama, "name": "Drama", "films": 2},
        {"value": war, "name": "War", "films": 1},
    ]
    assert found["facets"]["genre"] == counted
    assert [each["films"] for each in found["facets"]["access"]] == [1]
    both = site.seen(f"search?genre={war}&genre={drama}")
    assert both["total_estimate"] == 2
    assert both["facets"] == {}


def test_where_it_matched_is_said_and_markup_stays_text(site: Site) -> None:
    site.film(titles={"en": "<b>Star</b> & 🎬 star", "ru": "Звезда"})
    [film] = site.seen("search?q=star")["items"]
    [highlight] = film["highlights"]
    assert highlight["field"] == "title"
    pieces = [highlight["text"][begin:end] for begin, end in highlight["ranges"]]
    assert (highlight["text"], pieces) == ("<b>Star</b> & 🎬 star", ["Star", "star"])


def test_similar_films(site: Site) -> None:
    drama = site.made("genres", name="Drama")
    solaris, stalker = site.film("Solaris"), site.film("Stalker")
    site.film("Zulu")
    for film in (solaris, stalker):
        site.linked(f"{film}/genres/{drama}")
    assert titles(site.seen(f"films/{solaris}/similar")) == ["Stalker"]
    archived = site.post(f"/command/v1/films/{stalker}/archive")
    assert archived.status_code == 200
    assert titles(site.seen(f"films/{solaris}/similar")) == []
    for gone in (stalker, drama):
        answer = site.get(f"films/{gone}/similar")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_what_is_archived_is_gone_from_everything(site: Site) -> None:
    drama = site.made("genres", name="Drama")
    film = site.film("Dracula")
    site.linked(f"{film}/genres/{drama}")
    answer = site.post(f"/command/v1/films/{film}/archive")
    position = answer.headers["Cinema-Position"]
    for path in ("search?q=dracula&facets=genre", "suggest?q=drac"):
        found = site.seen(path, **{"Cinema-Position": position})
        assert found["items"] == []
        assert found.get("facets", {"genre": []}) == {"genre": []}


def test_nobody_sees_a_film_outside_its_window(site: Site) -> None:
    drama = site.made("genres", name="Drama")
    star, moon = site.film("Star"), site.film("Moon")
    for film in (star, moon):
        site.linked(f"{film}/genres/{drama}")
    window = {"opens": (NOON + timedelta(days=36_500)).isoformat(), "countries": []}
    answer = site.post(f"/command/v1/films/{star}/availability", windows=[window])
    assert answer.status_code == 200, answer.text
    found = site.seen("search?facets=genre")
    assert titles(found) == ["Moon"]
    assert [each["films"] for each in found["facets"]["genre"]] == [1]
    assert titles(site.seen("suggest?q=star")) == []
    assert titles(site.seen(f"films/{moon}/similar")) == []
    assert site.get(f"films/{star}/similar").status_code == 404


def test_nothing_for_older_people(site: Site) -> None:
    site.film("Star", age_rating=18)
    site.film("Star Wars", age_rating=6)
    site.film("Star Trek")
    for path in ("search?q=star", "suggest?q=star"):
        assert titles(site.seen(f"{path}&age_rating_max=12")) == ["Star Wars"]
        assert len(titles(site.seen(path))) == 3


@pytest.mark.parametrize(
    "query",
    [
        "search?facets=owner",
        "search?limit=0",
        "search?age_rating_max=-1",
        "search?genre=x",
        "suggest?q=a&limit=11",
        f"films/{'0' * 8}-0000-7000-8000-{'0' * 12}/similar?limit=51",
        "films/x/similar",
    ],
)
def test_impossible_questions(site: Site, query: str) -> None:
    answer = site.get(query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"]


def test_staff_may_know_what_is_looked_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searches, "SECONDS", 0.01)
    site.film("Solaris")
    personal = ("a@example.com", "+7 912 3456789")
    for words in ("solaris", "Solaris ", "", *personal, "hamlet"):
        site.seen(f"search?q={quote(words)}")
    searched = site.system.views().searched
    today = site.system.clock().date()
    while not searched.fruitless(today, 9):
        time.sleep(0.01)
    popular = [(each.words, each.times) for each in searched.popular(today, 9)]
    assert popular == [("solaris", 2), ("hamlet", 1)]
    assert [each.words for each in searched.fruitless(today, 9)] == ["hamlet"]
