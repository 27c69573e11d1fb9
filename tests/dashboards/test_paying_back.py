"""Paying back from the page of a payment, and who may."""

from uuid import uuid4

import pytest

from domain.kernel.messages import Metadata
from tests.dashboards.site import Browser, Site
from tests.dashboards.test_writing import row_act, story
from tests.examples import payments
from tests.examples.billing import PAYMENT

ID = str(PAYMENT)
STREAM = f"payment-{ID}"
BUTTON = "The gateway sends the money back to where it came from"


@pytest.fixture
def browser(site: Site) -> Browser:
    opened = (payments.open_payment(), payments.submit(), payments.observe())
    for command in opened:
        site.system.cinema.dispatch(command, Metadata.root(uuid4(), "test"))
    site.drain()
    browser = site.browser()
    assert browser.sign_in(site.staff("finance")).status_code == 303
    return browser


def test_a_part_goes_back_once_for_each_form(site: Site, browser: Browser) -> None:
    page = browser.get("/payments/detail", pk=ID).text
    assert BUTTON in page
    asked = {"amount": "100,5", "access": "stays", "reason": "спор", "key": "one"}
    for _ in range(2):
        given = row_act(browser, "payments", "refund", ID, **asked)
        assert given.status_code == 200, given.text
    [reserved] = [
        each.payload
        for each in site.system.cinema.stream(STREAM)
        if type(each.payload).__name__ == "RefundReserved"
    ]
    assert (reserved.amount.minor, reserved.access) == (100_50, "stays")
    site.drain()
    assert "спор" in browser.get("/refunds/detail", pk=str(reserved.refund_id)).text


def test_what_cannot_be_is_said(site: Site, browser: Browser) -> None:
    asked = {"amount": "1000", "access": "policy", "reason": "спор", "key": "two"}
    refused = row_act(browser, "payments", "refund", ID, **asked)
    assert refused.status_code == 400
    assert "RefundReserved" not in story(site, STREAM)


@pytest.mark.usefixtures("browser")
def test_who_may_only_read_has_no_button(site: Site) -> None:
    reader = site.browser()
    reader.sign_in(site.staff("auditor"))
    assert BUTTON not in reader.get("/payments/detail", pk=ID).text
