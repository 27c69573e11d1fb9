"""Genres become others, collections get their order, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_editing_a_film import sign_in
from tests.people import Person


@pytest.fixture
def editor(site: Site) -> Person:
    return site.staff("content-manager")


def pick(page: Page, name: str) -> None:
    """From a field that takes one thing."""
    page.locator(".select2-selection").last.click()
    page.locator(".select2-search--dropdown input").fill(name[:4])
    page.get_by_role("option", name=name, exact=True).click()


def test_merging_a_genre_into_another(page: Page, site: Site, editor: Person) -> None:
    old, new = (
        site.send(editor, "/command/v1/genres", {"name": name})["id"]
        for name in ("Научная фантастика", "Фантастика")
    )
    for title in ("Солярис", "Сталкер"):
        body = {"titles": {"ru": title}, "type": "movie", "genre_ids": [old]}
        site.send(editor, "/command/v1/films", body)
    sign_in(page, site, editor)
    page.goto(f"{site.url}/admin/genres/detail?pk={old}")
    page.get_by_role("button", name="Объединить с другим").click()
    pick(page, "Фантастика")
    page.locator("#look").click()
    expect(page.locator("#preview")).to_contain_text("Фильмов перейдёт: 2")
    expect(page.get_by_text("Солярис, Сталкер")).to_be_visible()
    page.get_by_label("Почему").fill("один и тот же жанр")
    page.locator("#merge").click()
    expect(page.get_by_role("heading", name="Фантастика")).to_be_visible()
    assert new in page.url
    page.goto(f"{site.url}/admin/genres/detail?pk={old}")
    expect(page.locator("#history")).to_contain_text("один и тот же жанр")
    expect(page.locator("#history")).to_contain_text("Объединён с другим")


def test_a_collection_in_its_order(page: Page, site: Site, editor: Person) -> None:
    for title in ("Зеркало", "Сталкер"):
        body = {"titles": {"ru": title}, "type": "movie"}
        site.send(editor, "/command/v1/films", body)
    sign_in(page, site, editor)
    page.get_by_role("link", name="Подборки").first.click()
    page.get_by_role("link", name="Добавить подборку").first.click()
    page.get_by_label("Название", exact=True).fill("Тарковский")
    for name in ("Зеркало", "Сталкер"):
        pick(page, name)
        expect(page.locator("[data-ordered-name]").last).to_have_text(name)
    page.get_by_role("button", name="Выше").last.click()
    page.locator("#save").click()
    page.get_by_role("cell", name="Тарковский").click()
    films = page.locator("td ol li")
    expect(films).to_have_text(["Сталкер", "Зеркало"])
    expect(page.locator("#history")).to_contain_text("1. Сталкер")
