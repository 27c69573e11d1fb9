"""Who gets in, and what their browser holds."""

import pytest

from infra.bootstrap import utc_now
from infra.postgres.dashboard_sessions import PostgresSessions
from query_api.dashboards.security import COOKIE
from tests.dashboards.site import Site, WallClock, soon


def test_a_stranger_is_sent_to_the_door(site: Site) -> None:
    answer = site.browser().http.get("/admin/films/list", follow_redirects=False)
    assert answer.status_code == 303
    assert "/admin/login?next=" in answer.headers["Location"]


def test_staff_gets_in_and_out(site: Site) -> None:
    browser = site.signed_in("auditor")
    assert browser.get("/").status_code == 200
    key = browser.http.cookies[COOKIE]
    assert browser.sign_out().status_code == 303
    assert COOKIE not in browser.http.cookies
    browser.http.cookies.set(COOKIE, key)
    assert "/admin/login" in str(browser.get("/").url)


def test_signing_out_ends_the_session_for_good(site: Site) -> None:
    browser = site.signed_in("auditor")
    session = PostgresSessions(site.system.pool, utc_now).find(
        browser.http.cookies[COOKIE]
    )
    assert session
    assert site.system.authenticate(session.tokens.access)
    browser.sign_out()
    soon(lambda: not site.system.authenticate(session.tokens.access))


def test_the_browser_holds_a_key_and_no_token(site: Site) -> None:
    browser = site.browser()
    answer = browser.sign_in(site.staff("auditor"))
    cookie = answer.headers["Set-Cookie"]
    assert COOKIE in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    key = browser.http.cookies[COOKIE]
    assert len(key) < 64
    with site.system.pool.connection() as connection:
        stored = connection.execute("SELECT * FROM work.dashboard_session").fetchall()
    assert key not in repr(stored)
    assert b"access" not in stored[0][1]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_wrong_password_is_refused_in_ones_language(
    site: Site, language: str
) -> None:
    browser = site.browser(language=language)
    auditor = site.staff("auditor")
    answer = browser.sign_in(auditor, password="something else entirely")
    said = {"ru": "не подходят", "en": "is wrong"}
    assert answer.status_code == 401
    assert said[language] in answer.text
    assert auditor.email in answer.text
    assert "something else" not in answer.text


def test_a_viewer_has_nothing_to_see_here(site: Site) -> None:
    browser = site.browser()
    answer = browser.sign_in(site.staff())
    assert answer.status_code == 403
    assert "may not use the dashboards" in answer.text
    assert COOKIE not in browser.http.cookies


def test_whoever_is_blocked_is_out_at_once(site: Site) -> None:
    auditor, administrator = site.staff("auditor"), site.staff("administrator")
    browser = site.browser()
    browser.sign_in(auditor)
    blocked = browser.http.post(
        f"/command/v1/accounts/{auditor.account_id}/block",
        json={"reason": "left"},
        headers=administrator.headers,
    )
    assert blocked.status_code == 200, blocked.text
    soon(lambda: "/admin/login" in str(browser.get("/").url))


def test_a_form_from_elsewhere_is_refused(site: Site) -> None:
    browser = site.browser()
    auditor = site.staff("auditor")
    fields = {"email": auditor.email, "password": auditor.password}
    browser.get("/login")
    forged = browser.http.post("/admin/login", data=fields)
    assert forged.status_code == 403
    assert COOKIE not in browser.http.cookies


def test_an_expired_token_is_renewed_unseen(site: Site, wall_clock: WallClock) -> None:
    browser = site.signed_in("auditor")
    key = browser.http.cookies[COOKIE]
    sessions = PostgresSessions(site.system.pool, wall_clock)
    before = sessions.find(key)
    wall_clock.advance(minutes=11)
    assert browser.get("/films/list").status_code == 200
    assert "/login" not in str(browser.get("/films/list").url)
    after = sessions.find(key)
    assert before
    assert after
    assert after.tokens != before.tokens


def test_who_stays_away_too_long_signs_in_again(
    site: Site, wall_clock: WallClock
) -> None:
    browser = site.signed_in("auditor")
    wall_clock.advance(days=15)
    assert "/admin/login" in str(browser.get("/").url)


def test_over_https_the_key_travels_over_nothing_else(site: Site) -> None:
    browser = site.browser()
    browser.http.base_url = "https://testserver"
    answer = browser.sign_in(site.staff("auditor"))
    assert "; Secure" in answer.headers["Set-Cookie"]
