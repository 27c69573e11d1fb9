"""An editor's afternoon: two people at one film, in two languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.people import Person


@pytest.fixture
def editor(site: Site) -> Person:
    return site.staff("content-manager")


@pytest.fixture
def film(site: Site, editor: Person) -> str:
    body = {"titles": {"ru": "Солярис", "en": "Solaris"}, "type": "movie"}
    return str(site.send(editor, "/command/v1/films", body)["id"])


def sign_in(page: Page, site: Site, person: Person) -> None:
    page.goto(f"{site.url}/admin/films/list")
    page.locator("#email").fill(person.email)
    page.locator("#password").fill(person.password)
    page.get_by_role("button", name="Войти").click()


def test_editing_a_film(page: Page, site: Site, editor: Person, film: str) -> None:
    sign_in(page, site, editor)
    expect(page.get_by_role("heading", name="Фильмы")).to_be_visible()
    page.get_by_role("cell", name="Солярис").click()
    page.locator(".card-actions").get_by_text("Редактировать").click()
    page.get_by_label("Оригинальное название").fill("Солярис-72")
    page.get_by_label("Рейтинг").fill("8.1")

    # Somebody else is faster.
    titles = {"titles": {"ru": "Солярис (1972)", "en": "Solaris"}}
    site.send(editor, f"/command/v1/films/{film}/titles", titles)

    page.locator("#save").click()
    expect(page.locator("#refusal")).to_be_focused()
    expect(page.locator("#refusal")).to_contain_text("изменил кто-то ещё")
    expect(page.locator("#others")).to_contain_text("Солярис (1972)")
    expect(page.get_by_label("Оригинальное название")).to_have_value("Солярис-72")
    expect(page.get_by_label("Название", exact=True)).to_have_value("Солярис (1972)")
    page.locator("#save").click()

    history = page.locator("#history")
    expect(history).to_contain_text("Рейтинг изменён")
    expect(history).to_contain_text("Солярис-72")
    page.get_by_role("link", name="Фильмы").first.click()
    page.get_by_placeholder("Поиск").fill("1972")
    page.keyboard.press("Enter")
    expect(page.get_by_role("cell", name="Солярис (1972)")).to_be_visible()


def choose(page: Page, label: str, name: str) -> None:
    """As one does: type the beginning, take what is offered."""
    page.get_by_role("textbox", name=label).or_(
        page.get_by_role("searchbox", name=label)
    ).fill(name[:4])
    page.get_by_role("option", name=name, exact=True).click()


def test_adding_a_film_with_genres_and_credits(
    page: Page, site: Site, editor: Person
) -> None:
    site.send(editor, "/command/v1/genres", {"name": "Фантастика"})
    site.send(editor, "/command/v1/people", {"name": "Андрей Тарковский"})
    sign_in(page, site, editor)
    page.get_by_role("link", name="Добавить фильм").click()
    page.get_by_label("Название", exact=True).fill("Сталкер")
    page.get_by_label("Вид").select_option("movie")
    choose(page, "Жанры", "Фантастика")
    choose(page, "Страны", "СССР")
    choose(page, "Режиссёры", "Андрей Тарковский")
    page.get_by_label("Почему").fill("ретроспектива")
    page.locator("#save").click()
    page.get_by_role("cell", name="Сталкер").click()
    history = page.locator("#history")
    expect(history).to_contain_text("Андрей Тарковский (режиссёр)")
    expect(history).to_contain_text("ретроспектива")


def test_a_series_with_windows_and_episodes(
    page: Page, site: Site, editor: Person
) -> None:
    sign_in(page, site, editor)
    page.get_by_role("link", name="Добавить фильм").click()
    page.get_by_label("Название", exact=True).first.fill("Семнадцать мгновений весны")
    page.get_by_label("Другие названия").fill("Мгновения\nШтирлиц")
    page.get_by_label("Вид").select_option("series")
    expect(page.locator(".select2").first).to_be_visible()
    page.get_by_role("button", name="Добавить окно").click()
    page.locator("[name='windows.0.opens']").fill("2026-12-01T00:00:00")
    page.locator("[name='windows.0.countries']").fill("ru, by")
    page.get_by_role("button", name="Добавить сезон").click()
    page.locator("[name='seasons.0.number']").fill("1")
    for index, minutes in enumerate(("65", "66")):
        page.get_by_role("button", name="Добавить серию").click()
        page.locator(f"[name='episodes.{index}.season']").fill("1")
        page.locator(f"[name='episodes.{index}.number']").fill(str(index + 1))
        page.locator(f"[name='episodes.{index}.title_ru']").fill(f"Серия {index + 1}")
        page.locator(f"[name='episodes.{index}.minutes']").fill(minutes)
    page.locator("#save").click()
    page.get_by_role("cell", name="Семнадцать мгновений весны").click()
    history = page.locator("#history")
    expect(history).to_contain_text("Сезон добавлен")
    expect(history).to_contain_text("1×2 Серия 2")
    expect(history).to_contain_text("2026-12-01 00:00:00 – … (RU BY)")
    page.locator(".card-actions").get_by_text("Редактировать").click()
    expect(page.locator(".select2").first).to_be_visible()
    page.locator("[data-rows-remove]").last.click()
    expect(page.get_by_role("button", name="Добавить серию")).to_be_focused()
    page.locator("#save").click()
    page.wait_for_url("**/admin/films/detail**")
    expect(page.locator("#history")).to_contain_text("Серия убрана")


def test_archiving_many_films_at_once(page: Page, site: Site, editor: Person) -> None:
    for title in ("Раз", "Два", "Три"):
        body = {"titles": {"ru": title}, "type": "movie"}
        site.send(editor, "/command/v1/films", body)
    sign_in(page, site, editor)
    expect(page.get_by_role("cell", name="Раз")).to_be_visible()
    page.get_by_label("Выбрать все строки").check()
    page.get_by_role("button", name="С выбранными").click()
    page.locator("a.action-item", has_text="В архив").click()
    page.get_by_label("Почему").fill("права кончились")
    page.locator("#actionSubmit").click()
    expect(page.get_by_role("status")).to_contain_text("Сделано: 3.")
    page.get_by_role("link", name="К списку").click()
    expect(page.get_by_text("Ничего не найдено")).to_be_visible()
    page.get_by_role("link", name="В архиве").click()
    expect(page.get_by_role("cell", name="Раз")).to_be_visible()


def test_the_language_is_switched_on_the_spot(
    page: Page, site: Site, film: str
) -> None:
    del film
    sign_in(page, site, site.staff("auditor"))
    page.get_by_role("button", name="Русский").click()
    page.locator("a", has_text="English").last.click()
    expect(page.get_by_role("heading", name="Films")).to_be_visible()
    expect(page.get_by_role("cell", name="Solaris")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_whole(page: Page, site: Site, film: str, width: int) -> None:
    """Nothing is asked of anybody else, nothing fails, nothing sticks out."""
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, site, site.staff("administrator"))
    views = ("films", "genres", "people", "collections", "plans", "users", "payments")
    paths = [f"{view}/list" for view in (*views, "subscriptions")]
    film_pages = ("films/create", f"films/detail?pk={film}", f"films/edit?pk={film}")
    for path in ("", "monitoring", *paths, *film_pages):
        page.goto(f"{site.url}/admin/{path}")
        expect(page.locator("h1").last).to_be_visible()
        too_wide = "document.documentElement.scrollWidth > window.innerWidth"
        assert not page.evaluate(too_wide), path
