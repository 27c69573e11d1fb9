"""What a subscriber is told by letter of another plan, and of another price."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.kernel.unions import members
from domain.mailing.commands import OrderLetter
from domain.money import charged
from domain.subscription.change_events import (
    PlanChanged,
    PlanChangeRejected,
    PriceChangeScheduled,
)
from processes.correspondence import order, plan
from processes.process import Process

Fact: TypeAlias = PlanChanged | PlanChangeRejected | PriceChangeScheduled


@dataclass(frozen=True, slots=True)
class Nothing:
    """Each fact says all there is to know."""


def react(fact: Fact, _: Nothing) -> Sequence[OrderLetter]:
    id_, who = fact.subscription_id, fact.account_id
    told = plan(id_, fact.terms)
    match fact:
        case PlanChanged(effective_at=at, changed_at=now):
            told |= {"amount": charged(fact.terms), "renews_at": renewal_of(fact)}
            return (order("plan-changed", who, (id_, at), now, told),)
        case PlanChangeRejected(reason="overtaken"):
            return ()
        case PlanChangeRejected(change_id=change_id, rejected_at=now):
            told |= {"amount": fact.amount}
            return (order("plan-change-declined", who, (change_id,), now, told),)
        case PriceChangeScheduled(change_at=at, scheduled_at=now):
            told |= {
                "amount": charged(fact.terms),
                "amount_before": charged(fact.from_terms),
                "change_at": at.isoformat(),
            }
            key = (id_, fact.terms.price_version, at)
            return (order("price-change-coming", who, key, now, told),)
        case _:
            assert_never(fact)


def renewal_of(fact: PlanChanged) -> str:
    """When the plan's own price is charged next."""
    next_time = fact.period.end if fact.at == "now" else fact.period.start
    return next_time.isoformat()


def evolve(state: Nothing, _: Fact) -> Nothing:
    return state


def correlate(fact: Fact) -> UUID:
    return fact.subscription_id


plan_letters: Process[Fact, Nothing, OrderLetter] = Process(
    name="plan_letters",
    facts=members(Fact),
    orders=(OrderLetter,),
    correlate=correlate,
    initial=Nothing(),
    react=react,
    evolve=evolve,
)
