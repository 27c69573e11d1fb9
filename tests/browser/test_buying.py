"""A person buys a subscription on the gateway's page, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Complaints
from tests.e2e.machine import Machine
from tests.e2e.visitors import Subscriber, taken_from

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("cinema")]

SECURE_CARD = "5555 5555 5555 4477"
DECLINED_CARD = "5555 5555 5555 4543"


@pytest.fixture
def viewer(cinema: Machine) -> Subscriber:
    viewer = Subscriber(cinema.url)
    viewer.register()
    viewer.subscribe()
    return viewer


@pytest.fixture
def payer(chromium: Browser, cinema: Machine) -> Iterator[Page]:
    """A browser whose pages must ask nobody but the gateway for anything."""
    complaints = Complaints(cinema.sandbox)
    context = chromium.new_context(locale="en")
    page = context.new_page()
    complaints.watch(page)
    yield page
    context.close()
    assert complaints.found == []


def pay_with(page: Page, card: str) -> None:
    page.locator("[name=card]").fill(card)
    page.locator("[name=expiry]").fill("12/40")
    page.locator("[name=cvc]").fill("123")
    page.locator("button.primary").click()


def test_buying_with_a_card_whose_bank_asks_again(
    cinema: Machine, viewer: Subscriber, payer: Page
) -> None:
    payer.goto(viewer.confirmation_url())
    expect(payer.get_by_text("399.00").first).to_be_visible()
    pay_with(payer, SECURE_CARD)
    expect(payer.get_by_text("3-D Secure")).to_be_visible()
    payer.get_by_role("button", name="Confirm").click()
    viewer.becomes("active")
    assert taken_from(viewer, cinema.sandbox) == ["399.00"]


def test_a_declined_card_and_another_one(
    cinema: Machine, viewer: Subscriber, payer: Page
) -> None:
    first = viewer.confirmation_url()
    payer.goto(first)
    pay_with(payer, DECLINED_CARD)
    expect(payer.get_by_text("card_expired")).to_be_visible()
    assert taken_from(viewer, cinema.sandbox) == []
    viewer.is_declined("card_expired")
    viewer.try_again()
    payer.goto(viewer.confirmation_url())
    pay_with(payer, "5555 5555 5555 4444")
    viewer.becomes("active")
    assert taken_from(viewer, cinema.sandbox) == ["399.00"]
