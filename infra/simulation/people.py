"""What people mean to do with their subscriptions, and when: by the seed alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Literal, TypeAlias
from uuid import UUID, uuid5

from domain.billing_ids import CINEMA
from domain.kernel.values import AccountId, SubscriptionId

Deed: TypeAlias = Literal[
    "subscribe", "cancel", "cancel_now", "pause", "stop_renewing", "retry"
]
#: How many of ten choose each of the three plans.
PLANS = (0, 0, 0, 0, 0, 0, 0, 1, 1, 2)


@dataclass(frozen=True, slots=True, order=True)
class Intent:
    at: datetime
    person: int
    deed: Deed
    #: Which plan, of a subscription; the how-manieth it is.
    plan: int = 0
    number: int = 0


def account_of(seed: int, person: int) -> AccountId:
    return AccountId(uuid5(CINEMA, f"simulated account {seed} {person}"))


def subscription_of(seed: int, intent: Intent) -> SubscriptionId:
    name = f"simulated subscription {seed} {intent.person} {intent.number}"
    return SubscriptionId(uuid5(CINEMA, name))


def message_of(seed: int, intent: Intent) -> UUID:
    return uuid5(CINEMA, f"simulated {seed} {intent.person} {intent.at} {intent.deed}")


def intents(seed: int, people: int, start: datetime, end: datetime) -> Iterator[Intent]:
    for person in range(people):
        yield from life(Random(f"{seed}:{person}"), person, start, end)  # noqa: S311


def life(
    chance: Random, person: int, start: datetime, end: datetime
) -> Iterator[Intent]:
    """Most come in the first half of the time; some leave, and some of them return."""
    whole = (end - start).total_seconds()
    at = start + timedelta(seconds=whole * chance.random() ** 2 * 0.9)
    number = 0
    while at < end:
        plan = chance.choice(PLANS)
        yield Intent(at, person, "subscribe", plan, number)
        yield Intent(at + timedelta(hours=3), person, "retry", plan, number)
        leaving = at + timedelta(days=chance.expovariate(1 / 200))
        if chance.random() < 0.15:
            when = at + timedelta(days=chance.uniform(2, 90))
            yield Intent(when, person, "pause", plan, number)
        if leaving >= end:
            return
        how: Deed = chance.choice(("cancel", "cancel", "cancel_now", "stop_renewing"))
        yield Intent(leaving, person, how, plan, number)
        if chance.random() > 0.4:
            return
        at, number = leaving + timedelta(days=chance.uniform(35, 120)), number + 1
