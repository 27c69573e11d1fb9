"""What each role sees, and what no page may do."""

import re
from uuid import uuid4

import pytest

from infra.postgres.searches import PostgresSearches
from tests.dashboards.site import Browser, Site
from tests.examples import metadata, payments, subscriptions
from tests.examples.billing import PAYMENT, SUBSCRIPTION

VIEWS = (
    "films",
    "genres",
    "people",
    "collections",
    "plans",
    "promo_codes",
    "users",
    "subscriptions",
    "payments",
    "refunds",
    "gateway_differences",
)
MONEY = {"subscriptions", "payments", "refunds", "gateway_differences"}
EVERYBODY = {"films", "genres", "people", "collections", "plans"}
FOREIGN = re.compile(
    r"""(?:src|href|action)=["'](?:https?:)?//(?!testserver/)"""
    r"""|@import|url\(["']?(?:https?:)?//"""
)
LINK = re.compile(r'(?:src|href)="(http://testserver/admin/static/[^"]+)"')


def seen(browser: Browser) -> set[str]:
    return {view for view in VIEWS if browser.get(f"/{view}/list").status_code == 200}


@pytest.mark.parametrize(
    ("role", "views"),
    [
        ("content-manager", EVERYBODY),
        ("finance", EVERYBODY | MONEY | {"promo_codes"}),
        ("support", EVERYBODY | MONEY | {"users"}),
        ("auditor", {*VIEWS} - {"promo_codes"}),
        ("administrator", set(VIEWS)),
    ],
)
def test_a_role_sees_what_it_may(site: Site, role: str, views: set[str]) -> None:
    browser = site.signed_in(role)
    assert seen(browser) == views
    menu = browser.get("/").text
    assert {view for view in VIEWS if f"/admin/{view}/list" in menu} == views


@pytest.mark.parametrize(
    ("role", "language", "says"),
    [("finance", "en", "Trial balance"), ("support", "ru", "Признанная выручка")],
)
def test_finance_is_shown_to_whom_payments_are(
    site: Site, role: str, language: str, says: str
) -> None:
    page = site.signed_in(role, language=language).get("/finance")
    assert page.status_code == 200
    assert says in page.text
    stranger = site.signed_in("content-manager")
    assert stranger.get("/finance").status_code == 403


@pytest.mark.parametrize(
    ("role", "numbers"),
    [
        ("content-manager", set()),
        ("finance", {"Active subscriptions", "Revenue"}),
        ("auditor", {"Active subscriptions", "Revenue"}),
    ],
)
def test_the_overview_is_for_whom_it_concerns(
    site: Site, role: str, numbers: set[str]
) -> None:
    page = site.signed_in(role).get("/").text
    known = {"Active subscriptions", "Revenue"}
    assert {each for each in known if each in page} == numbers


def test_monitoring_tells_how_far_everybody_is(site: Site) -> None:
    site.drain()
    page = site.signed_in("auditor").get("/monitoring").text
    for told in ("Events per minute", "Read models", "Processes", "checkout_courier"):
        assert told in page
    assert site.signed_in("finance").get("/monitoring").status_code == 403


def test_monitoring_tells_which_gateway_works(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.dashboards.codes", lambda _: ["yookassa"])
    for _ in range(5):
        site.system.health.failed("yookassa", "ReadTimeout")
    site.system.health.failed("stripe", "somebody else has this one")
    page = site.signed_in("auditor").get("/monitoring").text
    for told in ("Gateways", "yookassa", "does not work", "ReadTimeout"):
        assert told in page
    assert "somebody else" not in page


def test_searches_show_what_is_missing_from_the_catalogue(site: Site) -> None:
    noted = PostgresSearches(site.system.pool, site.system.clock)
    with noted:
        noted.note("джармуш", 0)
        noted.note("комедия", 12)
    browser = site.signed_in("content-manager")
    page = browser.get("/searches").text
    fruitless, popular = page.split('id="popular-title"')
    assert "джармуш" in fruitless
    assert "комедия" not in fruitless
    assert "комедия" in popular
    assert browser.get("/searches", days="ever").status_code == 200


def test_the_language_stays_chosen(site: Site) -> None:
    browser = site.browser(language="en")
    answer = browser.get("/login")
    assert answer.headers["Content-Language"] == "en"
    assert "language=en; Max-Age=31536000" in answer.headers["Set-Cookie"]
    assert 'data-sa-lang="ru"' in answer.text


@pytest.mark.parametrize(
    ("accepted", "shown"), [("en-US,en;q=0.9,ru;q=0.8", "en"), ("ru-RU", "ru")]
)
def test_the_language_is_first_that_of_the_browser(
    site: Site, accepted: str, shown: str
) -> None:
    browser = site.browser()
    browser.http.cookies.clear()
    browser.http.headers["Accept-Language"] = accepted
    answer = browser.get("/login")
    assert answer.headers["Content-Language"] == shown
    assert f'lang="{shown}"' in answer.text


@pytest.mark.parametrize("language", ["ru", "en"])
def test_nothing_is_loaded_from_elsewhere(site: Site, language: str) -> None:
    browser = site.signed_in("administrator", language=language)
    pages = [browser.get("/login"), browser.get("/"), browser.get("/monitoring")]
    pages.append(browser.get("/searches"))
    pages += [browser.get(f"/{view}/list") for view in VIEWS]
    for page in pages:
        assert FOREIGN.search(page.text) is None, page.url
        policy = page.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "http" not in policy
    styles = {link for page in pages for link in LINK.findall(page.text)}
    for link in styles:
        if ".css" in link:
            assert FOREIGN.search(browser.http.get(link).text) is None, link


def test_staff_finds_an_account_by_its_whole_address(site: Site) -> None:
    support, somebody = site.staff("support"), site.staff()
    site.drain()
    browser = site.browser()
    browser.sign_in(support)
    found = browser.get("/users/list", q=somebody.email).text
    assert str(somebody.account_id) in found
    assert str(support.account_id) not in found
    part = somebody.email.partition("@")[2]
    assert str(somebody.account_id) not in browser.get("/users/list", q=f"@{part}").text
    page = browser.get("/users/detail", pk=str(somebody.account_id)).text
    assert "Account registered" in page
    assert somebody.email not in page


def test_what_is_not_there_is_not_found(site: Site) -> None:
    browser = site.signed_in("administrator")
    for view in VIEWS:
        assert browser.get(f"/{view}/detail", pk=str(uuid4())).status_code == 404
        assert browser.get(f"/{view}/detail", pk="nonsense").status_code == 404


def told(site: Site, path: str, key: object) -> list[str]:
    """The events on a thing's page, in their order."""
    site.drain()
    page = site.signed_in("finance").get(path, pk=str(key)).text
    [history] = re.findall(r'id="history".*?</table>', page, re.DOTALL)
    return re.findall(r"<div>([A-Z][a-z ]+)</div>", history)


def test_a_subscription_is_shown_with_its_events(site: Site) -> None:
    for number, command in enumerate([subscriptions.start(), subscriptions.confirm()]):
        site.system.cinema.dispatch(command, metadata(number))
    assert told(site, "/subscriptions/detail", SUBSCRIPTION) == [
        "Subscription started",
        "Subscription activated",
    ]


def test_a_payment_is_shown_with_its_attempts(site: Site) -> None:
    for number, command in enumerate([payments.open_payment(), payments.submit()]):
        site.system.cinema.dispatch(command, metadata(number))
    assert told(site, "/payments/detail", PAYMENT) == [
        "Payment opened",
        "Attempt created",
        "Attempt submitted",
    ]
