"""What staff does with a subscription from its page."""

from uuid import uuid4

import pytest

from domain.kernel.messages import Metadata
from tests.dashboards.site import Browser, Site
from tests.dashboards.test_writing import row_act, story
from tests.examples import subscriptions
from tests.examples.billing import SUBSCRIPTION

ID = str(SUBSCRIPTION)
STREAM = f"subscription-{ID}"


@pytest.fixture
def browser(site: Site) -> Browser:
    for command in (subscriptions.start(), subscriptions.confirm()):
        site.system.cinema.dispatch(command, Metadata.root(uuid4(), "test"))
    site.drain()
    browser = site.browser()
    assert browser.sign_in(site.staff("support")).status_code == 303
    return browser


def test_each_verb_has_its_button_and_says_why(site: Site, browser: Browser) -> None:
    assert "Access is off at once." in browser.get("/subscriptions/detail", pk=ID).text
    act = {"reason": "просьба", "version": "2"}
    given = row_act(browser, "subscriptions", "free_time", ID, **act, days="7")
    assert given.status_code == 200, given.text
    stale = row_act(browser, "subscriptions", "block", ID, **act)
    assert stale.status_code == 400
    site.drain()
    fresh = {"reason": "спор", "version": "3"}
    blocked = row_act(browser, "subscriptions", "block", ID, **fresh)
    assert blocked.status_code == 200, blocked.text
    assert story(site, STREAM)[2:] == ["PaidUntilExtended", "SubscriptionBlocked"]
    site.drain()
    page = browser.get("/subscriptions/detail", pk=ID).text
    assert "спор" in page
    assert "Access is off at once." not in page


def test_without_a_reason_nothing_is_done(site: Site, browser: Browser) -> None:
    refused = row_act(browser, "subscriptions", "cancel", ID, at="now", reason=" ")
    assert refused.status_code == 400
    assert len(story(site, STREAM)) == 2


@pytest.mark.usefixtures("browser")
def test_who_may_only_read_has_no_buttons(site: Site) -> None:
    reader = site.browser()
    reader.sign_in(site.staff("auditor"))
    page = reader.get("/subscriptions/detail", pk=ID).text
    assert "Access is off at once." not in page
    refused = row_act(reader, "subscriptions", "block", ID, reason="x", version="2")
    assert refused.status_code in (400, 403)
