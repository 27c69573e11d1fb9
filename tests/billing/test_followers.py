"""Processes, couriers, alarms: each is fed the same message twice."""

from typing import Any

import pytest

from infra.bootstrap import conductors, engines
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.stories import STORIES
from tests.billing.conftest import Shop
from tests.billing.views import assert_all_equal_what_is_built_from_nothing

NAMES = [name for story in STORIES for name in (story.name, f"{story.name}_courier")]
OURS = ("checkout", "renewal", "card_on_file")
TWICE = [name for name in NAMES if name.removesuffix("_courier") in OURS]


def renewed(shop: Shop) -> None:
    shop.buy()
    shop.gateway.declines.append("insufficient_funds")
    shop.step_to(shop.hands.now.replace(month=4, day=4))


def test_no_two_have_the_same_name(shop: Shop) -> None:
    everybody = [*engines(shop.system).values(), *conductors(shop.system)]
    names = [follower.name for follower in everybody]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", TWICE)
def test_being_told_twice_changes_nothing(shop: Shop, name: str) -> None:
    renewed(shop)
    before, sent = log_of(shop), dict(shop.gateway.sent)
    [follower] = [each for each in shop.followers if each.name == name]
    if isinstance(follower, Courier):
        commands = follower.feed.read(0, follower.kinds, 1_000).facts
        assert commands
        follower.deliver(commands, follower.room.turn())
    else:
        assert isinstance(follower, Conductor)
        page = follower.feed.read(0, follower.process.facts, 1_000)
        assert page.facts
        follower.conduct(page.facts, 0, page.upto)
    shop.drain()
    assert log_of(shop) == before
    assert shop.gateway.sent == sent


def test_an_alarm_that_rings_again_changes_nothing(shop: Shop) -> None:
    renewed(shop)
    before = log_of(shop)
    with shop.system.pool.connection() as connection:
        connection.execute("DELETE FROM work.rung")
    shop.drain()
    assert log_of(shop) == before


def test_the_whole_chain_can_be_followed_back_to_the_order(shop: Shop) -> None:
    shop.buy()
    log = log_of(shop)
    [order] = [e for e in log if type(e.payload).__name__ == "SubscriptionStarted"]
    [paid] = [e for e in log if type(e.payload).__name__ == "AttemptSubmitted"]
    assert paid.metadata.correlation_id == order.metadata.correlation_id


def test_every_view_from_nothing_equals_the_live_one(shop: Shop) -> None:
    renewed(shop)
    shop.subscribe("boris")
    assert_all_equal_what_is_built_from_nothing(shop)


def log_of(shop: Shop) -> list[Any]:
    return list(shop.system.log.read(0, (), 10_000).facts)
