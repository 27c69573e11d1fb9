"""The whole story, told from outside: over HTTP, the gateway's page and the mail."""

import json
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest

from tests.e2e.machine import Machine
from tests.e2e.visitors import (
    POOR_CARD,
    Subscriber,
    Visitor,
    eventually,
    letters_to,
    taken_from,
)

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("cinema")]

A_MONTH = "399.00"
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def viewer(cinema: Machine) -> Subscriber:
    viewer = Subscriber(cinema.url)
    viewer.register()
    return viewer


def subjects(visitor: Visitor, cinema: Machine) -> list[str]:
    return [letter["subject"] for letter in letters_to(visitor, cinema.mail)]


def film_for_subscribers(visitor: Visitor) -> str:
    films = visitor.seen("/query/v1/films?access=subscription&limit=1")["items"]
    return str(films[0]["id"])


def test_buying_opens_the_films(cinema: Machine, viewer: Subscriber) -> None:
    playback = f"/query/v1/films/{film_for_subscribers(viewer)}/playback"
    assert httpx2.get(f"{cinema.url}{playback}").status_code == 401
    refused = viewer.get(playback)
    assert (refused.status_code, refused.json()["code"]) == (
        403,
        "subscription-required",
    )

    viewer.subscribe(A_MONTH)
    assert viewer.status() == "incomplete"
    viewer.pay()
    viewer.becomes("active")
    assert viewer.get(playback).status_code == 200

    period = viewer.subscription()["period"]
    [payment] = viewer.payments()
    assert period["start"][:19] == payment["settled_at"][:19]
    assert taken_from(viewer, cinema.sandbox) == [A_MONTH]
    letter = eventually(
        lambda: next(
            (
                letter
                for letter in letters_to(viewer, cinema.mail)
                if "active" in letter["subject"].lower()
            ),
            None,
        ),
        "letter",
    )
    assert letter["text"]
    assert letter["html"]


def test_a_russian_speaker_is_written_to_in_russian(cinema: Machine) -> None:
    viewer = Subscriber(cinema.url, locale="ru")
    viewer.register()
    viewer.subscribe()
    viewer.pay()
    viewer.becomes("active")
    eventually(lambda: "Подписка активна" in subjects(viewer, cinema), "letter")


def test_a_declined_card_says_why_and_another_one_works(
    cinema: Machine, viewer: Subscriber
) -> None:
    viewer.subscribe()
    viewer.pay(POOR_CARD)
    viewer.is_declined("insufficient_funds")
    assert viewer.status() == "incomplete"
    viewer.try_again()
    viewer.pay()
    viewer.becomes("active")
    assert taken_from(viewer, cinema.sandbox) == [A_MONTH]


def test_nobody_sees_what_is_another_persons(
    cinema: Machine, viewer: Subscriber
) -> None:
    viewer.subscribe()
    other = Subscriber(cinema.url)
    other.register()
    path = f"/query/v1/me/subscriptions/{viewer.subscription_id}"
    answer = other.get(path)
    unknown = other.get(f"/query/v1/me/subscriptions/{other_id()}")
    hide = {"instance", "trace_id"}
    assert answer.status_code == unknown.status_code == 404
    assert without(answer.json(), hide) == without(unknown.json(), hide)


def other_id() -> str:
    return "01a20c52-0000-7000-8000-000000000000"


def without(body: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


def test_a_month_later_the_saved_card_is_charged_once(cinema: Machine) -> None:
    """Moves the one clock: everybody's month goes by, so the two tell one story."""
    loyal, broke = Subscriber(cinema.url), Subscriber(cinema.url)
    for each in (loyal, broke):
        each.register()
        each.subscribe()
        each.pay()
        each.becomes("active")
    decline_from_now_on(broke, cinema)
    end = datetime.fromisoformat(loyal.subscription()["period"]["end"])
    renewal_day = f"{end.astimezone(MOSCOW):%-d %B %Y}"

    cinema.cinema("clock", "advance", "31d")
    assert loyal.status() == "active"
    assert loyal.subscription()["period"]["number"] == 1
    assert taken_from(loyal, cinema.sandbox) == [A_MONTH, A_MONTH]
    assert broke.status() == "past_due"
    assert taken_from(broke, cinema.sandbox) == [A_MONTH]

    cinema.cinema("clock", "advance", "20d")
    assert broke.status() == "expired"
    assert taken_from(broke, cinema.sandbox) == [A_MONTH]
    assert subjects(loyal, cinema)[3:] == [
        f"Your subscription renews on {renewal_day}",
        "Payment received",
        "Your subscription is renewed",
    ]
    told = subjects(broke, cinema)
    assert told[-1] == "Your subscription has ended"
    assert told.count("We could not renew your subscription") == 1


def decline_from_now_on(subscriber: Subscriber, cinema: Machine) -> None:
    """As a bank would. The gateway knows the method under its own name."""
    [payment] = subscriber.payments()
    journal = httpx2.get(f"{cinema.sandbox}/__sandbox/journal").json()
    [ref] = {
        entry["committed"]["id"]
        for entry in journal
        if entry.get("committed", {}).get("metadata", {}).get("payment_id")
        == payment["id"]
    }
    answer = httpx2.put(
        f"{cinema.sandbox}/__sandbox/payment_methods/{ref}",
        json={"script": ["insufficient_funds"] * 20},
    )
    assert answer.status_code == 200, answer.text


def test_an_auditor_reads_the_whole_story(cinema: Machine, viewer: Subscriber) -> None:
    viewer.subscribe()
    viewer.pay()
    viewer.becomes("active")
    stream = f"subscription-{viewer.subscription_id}"
    story = json.loads(cinema.cinema("events", "stream", stream, "--json"))
    kinds = [event["type"] for event in story]
    assert kinds[0] == "SubscriptionStarted"
    assert sorted(kinds[1:]) == ["SubscriptionActivated", "SubscriptionMethodSet"]
    before = str(story[0]["position"])
    then = cinema.cinema("events", "replay", stream, "--as-of", before, "--json")
    assert "Incomplete" in then
    now = cinema.cinema("events", "replay", stream, "--json")
    assert "Active" in now
    nothing = cinema.cinema("events", "stream", f"film-{other_id()}", code=1)
    assert re.search(r"nothing|no event", nothing, re.IGNORECASE) or not nothing


def test_read_models_equal_what_the_log_says(cinema: Machine) -> None:
    cinema.cinema("projections", "rebuild", "subscriptions")
    cinema.cinema("projections", "verify")
