"""A process that dies at a chosen moment, and another one that takes over."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, cast

from infra.crew import Crew
from infra.eventstore.courier import Courier
from infra.eventstore.deliveries import Answer, Deliveries, Message
from tests.billing.conftest import Shop


class Crash(BaseException):
    """The process is gone, and with it everything that was not recorded."""


class Fragile:
    """Deliveries that end their process before, or after, such a command."""

    def __init__(
        self, inner: Deliveries, before: type | None, after: type | None
    ) -> None:
        self.inner = inner
        self.cinema = inner.cinema
        self.before = before
        self.after = after

    def dispatch(self, messages: Sequence[Message]) -> Sequence[Answer]:
        kinds = {type(message.command) for message in messages}
        if self.before in kinds:
            raise Crash
        answers = self.inner.dispatch(messages)
        if self.after in kinds:
            raise Crash
        return answers


def dies(
    shop: Shop,
    name: str = "charging",
    *,
    before: type | None = None,
    after: type | None = None,
) -> None:
    """The follower of this name takes the whole process with it."""
    [follower] = [each for each in shop.followers if each.name == name]
    assert isinstance(follower, Crew | Courier)
    fragile: Any = Fragile(follower.deliveries, before, after)
    follower.deliveries = cast("Deliveries", fragile)


def crashes_within(shop: Shop, **much: float) -> None:
    """Time passes until the process dies; then another one is started."""
    crashed = True
    with suppress(Crash):
        shop.step_to(shop.hands.now + timedelta(**much))
        crashed = False
    assert crashed, "nothing has died"
    shop.restart()


def assert_renewed_once(shop: Shop, id_: str, requests: int = 1) -> None:
    """One period, one invoice, one charge, one letter; so many requests for it."""
    found = shop.subscription(id_)
    assert (found["status"], found["period"]["number"]) == ("active", 1)
    assert len(shop.gateway.taken) == 2
    assert sorted(shop.gateway.sent.values()) == sorted((1, requests))
    for kind, number in (("PeriodOpened", 1), ("PeriodPaid", 1), ("InvoicePaid", 2)):
        assert len(shop.facts(kind)) == number, kind
    assert_no_letter_twice(shop)


def assert_no_letter_twice(shop: Shop) -> None:
    told = [(each.letter_id) for each in shop.facts("LetterOrdered")]
    assert len(told) == len(set(told))
    templates = [each.template for each in shop.facts("LetterOrdered")]
    assert templates.count("subscription-renewed") <= 1
