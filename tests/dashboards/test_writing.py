"""Films are added, archived and changed many at once; each change says why."""

import json
from html import unescape
from typing import Any

import pytest

from tests.dashboards.site import Browser, Form, Site
from tests.people import Person


@pytest.fixture
def editor(site: Site) -> Person:
    return site.staff("content-manager")


@pytest.fixture
def browser(site: Site, editor: Person) -> Browser:
    browser = site.browser()
    assert browser.sign_in(editor).status_code == 303
    return browser


def added(site: Site, editor: Person, kind: str, body: dict[str, Any]) -> str:
    http = site.browser().http
    answer = http.post(f"/command/v1/{kind}", json=body, headers=editor.headers)
    assert answer.is_success, answer.text
    site.drain()
    return str(answer.json()["id"])


def film(site: Site, editor: Person, title: str, **more: Any) -> str:
    return added(
        site, editor, "films", {"titles": {"ru": title}, "type": "movie", **more}
    )


def story(site: Site, stream: str) -> list[str]:
    return [type(each.payload).__name__ for each in site.system.cinema.stream(stream)]


def listed(browser: Browser, kind: str) -> list[dict[str, Any]]:
    """What a field offers while one types."""
    answer = browser.get(f"/_api/{kind}/relation-lookup")
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def send(browser: Browser, path: str, fields: dict[str, Any]) -> Any:
    return browser.http.post(f"/admin{path}", data=fields, follow_redirects=False)


def act(site: Site, browser: Browser, action: str, ids: list[str], **given: str) -> Any:
    token = browser.token("/films/list")
    question = "&".join(f"pks={id_}" for id_ in ids)
    answer = browser.http.post(
        f"/admin/_api/films/action?name={action}&{question}",
        data={"csrftoken": token, **given},
    )
    site.drain()
    return answer


def row_act(browser: Browser, kind: str, action: str, id_: str, **given: str) -> Any:
    token = browser.token(f"/{kind}/list")
    return browser.http.post(
        f"/admin/_api/{kind}/row-action?name={action}&pk={id_}",
        data={"csrftoken": token, **given},
    )


def test_a_film_is_added_with_genres_and_credits(
    site: Site, editor: Person, browser: Browser
) -> None:
    drama = added(site, editor, "genres", {"name": "Драма"})
    tarkovsky = added(site, editor, "people", {"name": "Андрей Тарковский"})
    form = Form(browser.get("/films/create").text).fields
    saved = send(
        browser,
        "/films/create",
        {
            **form,
            "title_ru": "Зеркало",
            "type": "movie",
            "rating": "7.9",
            "countries": ["SU", "IT"],
            "genres": [drama],
            "directors": [tarkovsky],
            "writers": [tarkovsky],
            "reason": "Ретроспектива в мае",
        },
    )
    assert saved.status_code == 303, saved.text
    site.drain()
    [found] = listed(browser, "films")
    stream = f"film-{found['id']}"
    assert story(site, stream) == [
        "FilmAdded",
        "GenreAssigned",
        "CreditGiven",
        "CreditGiven",
    ]
    page = unescape(browser.get("/films/detail", pk=found["id"]).text)
    assert "Андрей Тарковский (director)" in page
    assert "Soviet Union, Italy" in page
    assert page.count("Ретроспектива в мае") == 4


def test_a_film_that_could_not_be_added_whole_is_not_added_twice(
    site: Site, editor: Person, browser: Browser
) -> None:
    gone = added(site, editor, "genres", {"name": "Вестерн"})
    form = Form(browser.get("/films/create").text).fields
    added(site, editor, f"genres/{gone}/archive", {})
    typed = {**form, "title_ru": "Белое солнце", "type": "movie", "genres": [gone]}
    refused = send(browser, "/films/create", typed)
    assert refused.status_code == 422
    assert 'id="genres-error"' in refused.text
    again = Form(refused.text).fields
    assert again["title_ru"] == "Белое солнце"
    assert send(browser, "/films/create", {**again, "genres": []}).status_code == 303
    site.drain()
    assert len(listed(browser, "films")) == 1


def test_only_what_the_editor_changed_is_sent_and_the_rest_is_merged(
    site: Site, editor: Person, browser: Browser
) -> None:
    id_ = film(site, editor, "Сталкер")
    form = Form(browser.get("/films/edit", pk=id_).text).fields
    added(site, editor, f"films/{id_}/titles", {"titles": {"ru": "Сталкер (1979)"}})
    conflict = send(browser, f"/films/edit?pk={id_}", {**form, "rating": "8.1"})
    assert conflict.status_code == 422
    page = unescape(conflict.text)
    assert "Film retitled" in page
    assert "<del>Сталкер</del> → <ins>Сталкер (1979)</ins>" in page
    again = Form(conflict.text).fields
    assert again["title_ru"] == "Сталкер (1979)"
    assert again["rating"] == "8.1"
    assert send(browser, f"/films/edit?pk={id_}", again).status_code == 303
    assert story(site, f"film-{id_}") == ["FilmAdded", "FilmRetitled", "FilmRated"]


def test_what_was_saved_before_a_refusal_is_said(
    site: Site, editor: Person, browser: Browser
) -> None:
    id_ = film(site, editor, "Солярис")
    form = Form(browser.get("/films/edit", pk=id_).text).fields
    typed = {**form, "title_ru": "Солярис-2", "certificate": "№" * 101}
    refused = send(browser, f"/films/edit?pk={id_}", typed)
    assert 'id="certificate-error"' in refused.text
    assert "Saved already: Title in Russian" in refused.text
    again = Form(refused.text).fields
    assert json.loads(again["read"])["values"]["title_ru"] == "Солярис-2"


def test_many_films_at_once_with_what_became_of_each(
    site: Site, editor: Person, browser: Browser
) -> None:
    genre = added(site, editor, "genres", {"name": "Комедия"})
    ids = [film(site, editor, title) for title in ("Раз", "Два")]
    done = act(site, browser, "add_genre", ids, chosen=genre, reason="обзор")
    assert "Done: 2." in done.text
    done = act(site, browser, "set_access", ids, chosen="free")
    assert "Done: 2." in done.text
    added(site, editor, f"films/{ids[0]}/archive", {})
    done = act(site, browser, "add_genre", ids, chosen=genre)
    assert "Done: 1." in done.text
    assert "Refused: 1." in done.text
    assert "archived" in done.text
    done = act(site, browser, "archive_all", ids, reason="права кончились")
    assert "Done: 2." in done.text
    site.drain()
    assert listed(browser, "films") == []
    assert "Раз" in browser.get("/films/list", shown="archived").text


def test_archiving_asks_for_the_version_that_was_seen(
    site: Site, editor: Person, browser: Browser
) -> None:
    id_ = film(site, editor, "Асса")
    added(site, editor, f"films/{id_}/rating", {"rating": 7})
    stale = row_act(browser, "films", "archive", id_, version="1")
    assert stale.status_code == 400
    assert "Somebody else changed this" in stale.json()["msg"]
    done = row_act(browser, "films", "archive", id_, version="2", reason="права")
    assert done.status_code == 200, done.text
    site.drain()
    page = browser.get("/films/detail", pk=id_).text
    assert "права" in page
    assert "В архиве" not in page


@pytest.mark.parametrize(
    ("kind", "category", "fields", "told"),
    [
        ("genres", "genre", {"name": "Нуар"}, ["GenreAdded", "GenreRenamed"]),
        ("people", "person", {"name": "Иванов"}, ["PersonAdded", "PersonRenamed"]),
    ],
)
def test_genres_and_people_are_added_and_renamed(
    site: Site,
    browser: Browser,
    kind: str,
    category: str,
    fields: dict[str, str],
    told: list[str],
) -> None:
    form = Form(browser.get(f"/{kind}/create").text).fields
    assert send(browser, f"/{kind}/create", {**form, **fields}).status_code == 303
    site.drain()
    [found] = listed(browser, kind)
    edit = f"/{kind}/edit?pk={found['id']}"
    form = Form(browser.get(f"/{kind}/edit", pk=found["id"]).text).fields
    assert send(browser, edit, {**form, "name": "Другое"}).status_code == 303
    assert story(site, f"{category}-{found['id']}") == told


def test_an_auditor_changes_nothing(site: Site, editor: Person) -> None:
    id_ = film(site, editor, "Брат")
    auditor = site.signed_in("auditor")
    page = auditor.get("/films/list").text
    assert "archive_all" not in page
    assert "/films/create" not in page
    assert auditor.get("/genres/create").status_code == 403
    refused = act(site, auditor, "archive_all", [id_])
    assert refused.status_code == 400
    assert row_act(auditor, "films", "archive", id_).status_code == 400
    assert story(site, f"film-{id_}") == ["FilmAdded"]
