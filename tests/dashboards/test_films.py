"""Films are found, looked at, exported and edited."""

import csv
import json
import re
from html import unescape
from io import StringIO
from typing import Any

import pytest

from tests.dashboards.site import Browser, Form, Site
from tests.people import Person

FILMS: tuple[dict[str, Any], ...] = (
    {"titles": {"ru": "Солярис", "en": "Solaris"}, "rating": 8.1},
    {"titles": {"ru": "Сталкер", "en": "Stalker"}, "rating": 7.9},
    {"titles": {"ru": "100% тёплая"}, "rating": 5.0, "type": "series"},
)

NAMES = [film["titles"]["ru"] for film in FILMS]
TITLES = {*NAMES, "Solaris", "Stalker", "Яблоко", "Apple"}


@pytest.fixture
def editor(site: Site) -> Person:
    return site.staff("content-manager")


@pytest.fixture
def ids(site: Site, editor: Person) -> list[str]:
    made = [post(site, editor, "", {"type": "movie", **film}) for film in FILMS]
    site.drain()
    return [film["id"] for film in made]


def post(site: Site, person: Person, path: str, body: dict[str, Any]) -> Any:
    url = f"/command/v1/films{path}"
    answer = site.browser().http.post(url, json=body, headers=person.headers)
    assert answer.is_success, answer.text
    return answer.json()


def signed_in(site: Site, person: Person, language: str = "en") -> Browser:
    browser = site.browser(language=language)
    assert browser.sign_in(person).status_code == 303
    return browser


def listed(browser: Browser, **query: Any) -> set[str]:
    page = browser.get("/films/list", **query)
    assert page.status_code == 200, page.text
    return {name for name in NAMES if name in cells(page.text)}


def cells(page: str) -> list[str]:
    """What is in the table, without what marks the words that were searched for."""
    found = re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in found]


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Солярис", "Сталкер", "100% тёплая"}),
        ({"q": "сол"}, {"Солярис"}),
        ({"q": "STALK"}, {"Сталкер"}),
        ({"q": "теплая"}, {"100% тёплая"}),
        ({"q": "0%"}, {"100% тёплая"}),
        ({"q": "%"}, {"100% тёплая"}),
        ({"q": "со"}, {"Солярис"}),
        ({"q": "ар"}, set()),
        ({"q": "solaris ярис"}, {"Солярис"}),
        ({"q": "нет такого"}, set()),
        ({"filter": "rating__gte=7.9"}, {"Солярис", "Сталкер"}),
        ({"filter": "type__in=series"}, {"100% тёплая"}),
        ({"filter": "title_en__is_null"}, {"100% тёплая"}),
        ({"filter": "rating__between=5..8"}, {"Сталкер", "100% тёплая"}),
    ],
)
def test_search_and_filters(
    site: Site, editor: Person, query: dict[str, str], found: set[str]
) -> None:
    assert listed(signed_in(site, editor, "ru"), **query) == found


def test_a_film_is_found_by_its_id(site: Site, editor: Person, ids: list[str]) -> None:
    assert listed(signed_in(site, editor, "ru"), q=ids[1]) == {NAMES[1]}


@pytest.mark.usefixtures("ids")
def test_titles_are_in_the_order_of_the_language_they_are_shown_in(
    site: Site, editor: Person
) -> None:
    post(site, editor, "", {"titles": {"ru": "Яблоко", "en": "Apple"}, "type": "movie"})
    site.drain()
    shown = {}
    for language in ("ru", "en"):
        page = signed_in(site, editor, language).get("/films/list", sort="title__asc")
        shown[language] = [cell for cell in cells(page.text) if cell in TITLES]
    assert shown["ru"] == ["100% тёплая", "Солярис", "Сталкер", "Яблоко"]
    assert shown["en"] == ["100% тёплая", "Apple", "Solaris", "Stalker"]


@pytest.mark.usefixtures("ids")
def test_order_and_pages(site: Site, editor: Person) -> None:
    browser = signed_in(site, editor, "ru")
    page = browser.get("/films/list", sort="rating__desc").text
    shown = [cell for cell in cells(page) if cell in NAMES]
    assert shown == ["Солярис", "Сталкер", "100% тёплая"]
    assert "1" in browser.get("/films/list", page_size=10, page=2).text
    assert browser.get("/films/list", page_size=7).status_code == 400


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize(
    "filter_",
    ["rating__gte=much", "secret__eq=1", "rating__gte=9e99", "title_ru__eq=\0"],
)
def test_senseless_filters_break_nothing(
    site: Site, editor: Person, filter_: str
) -> None:
    answer = signed_in(site, editor).get("/films/list", filter=filter_)
    assert answer.status_code in (200, 400)


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("format_", ["csv", "json"])
def test_export(site: Site, editor: Person, format_: str) -> None:
    browser = signed_in(site, editor)
    fields = {
        "format": format_,
        "scope": "page",
        "filename": "films",
        "fields": ["title_ru", "rating"],
    }
    token = browser.token("/films/list")
    question = {"name": "export", "_list_query": "?q=сол"}
    answer = browser.post("/_api/films/action", fields, token, **question)
    assert answer.status_code == 200, answer.text
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text))) if format_ == "csv" else json.loads(text)
    assert "Солярис" in str(rows)
    assert "Сталкер" not in str(rows)


def test_a_film_is_shown_with_its_history(
    site: Site, editor: Person, ids: list[str]
) -> None:
    post(site, editor, f"/{ids[0]}/rating", {"rating": 8.3})
    site.drain()
    page = signed_in(site, editor).get("/films/detail", pk=ids[0]).text
    assert "Film rated" in page
    assert re.search(r"Rating: <del>8.1</del> → .*8.3", page)
    assert f"{editor.email[0]}***@example.org" in page
    assert editor.email not in page.replace(f"<div>{editor.email}</div>", "")


def edited(browser: Browser, id_: str, **changes: str) -> Any:
    form = Form(browser.get("/films/edit", pk=id_).text).fields
    return save(browser, id_, {**form, **changes})


def save(browser: Browser, id_: str, fields: dict[str, str]) -> Any:
    return browser.http.post(
        f"/admin/films/edit?pk={id_}", data=fields, follow_redirects=False
    )


def test_what_was_edited_is_found_under_its_new_title(
    site: Site, editor: Person, ids: list[str]
) -> None:
    browser = signed_in(site, editor, "ru")
    saved = edited(browser, ids[0], title_ru="Солярис-2", rating="9.1")
    assert saved.status_code == 303, saved.text
    site.drain()
    page = cells(browser.get("/films/list", q="Солярис-2").text)
    assert "Солярис-2" in page
    assert "9.1" in page
    stream = site.system.cinema.stream(f"film-{ids[0]}")
    assert [type(event.payload).__name__ for event in stream] == [
        "FilmAdded",
        "FilmRetitled",
        "FilmRated",
    ]
    assert {event.metadata.actor for event in stream} == {str(editor.account_id)}


def test_saving_what_nobody_changed_does_nothing(
    site: Site, editor: Person, ids: list[str]
) -> None:
    assert edited(signed_in(site, editor), ids[0]).status_code == 303
    assert len(site.system.cinema.stream(f"film-{ids[0]}")) == 1


def test_a_conflict_keeps_what_was_typed(
    site: Site, editor: Person, ids: list[str]
) -> None:
    browser = signed_in(site, editor)
    form = Form(browser.get("/films/edit", pk=ids[0]).text).fields
    post(site, editor, f"/{ids[0]}/titles", {"titles": {"ru": "Солярис (1972)"}})
    site.drain()
    conflict = save(browser, ids[0], {**form, "title_ru": "Солярис Тарковского"})
    assert conflict.status_code == 422
    assert "Somebody else changed this" in conflict.text
    assert "Now: Солярис (1972)" in unescape(conflict.text)
    again = Form(conflict.text).fields
    assert again["title_ru"] == "Солярис Тарковского"
    assert save(browser, ids[0], again).status_code == 303
    [*_, last] = site.system.cinema.stream(f"film-{ids[0]}")
    assert last.payload.titles.ru == "Солярис Тарковского"


def test_a_refusal_is_shown_at_its_field(
    site: Site, editor: Person, ids: list[str]
) -> None:
    browser = signed_in(site, editor)
    refused = edited(browser, ids[0], rating="11", title_ru="Солярис-2")
    assert refused.status_code == 422
    assert 'id="rating-error"' in refused.text
    again = Form(refused.text).fields
    assert again["rating"] == "11"
    assert save(browser, ids[0], {**again, "rating": "10"}).status_code == 303


def test_an_auditor_looks_and_does_not_touch(site: Site, ids: list[str]) -> None:
    browser = site.signed_in("auditor")
    assert browser.get("/films/list").status_code == 200
    assert browser.get("/films/edit", pk=ids[0]).status_code == 403
    assert browser.get("/films/create").status_code == 403
    assert "/films/edit" not in browser.get("/films/list").text


def test_a_film_without_a_russian_title_has_a_name_all_the_same(
    site: Site, editor: Person
) -> None:
    post(site, editor, "", {"titles": {"original": "Ran"}, "type": "movie"})
    site.drain()
    assert "Ran" in cells(signed_in(site, editor).get("/films/list").text)
