"""The three plans that a cinema has from the start."""

from collections.abc import Callable
from uuid import uuid5

from domain.billing_ids import CINEMA
from domain.kernel.messages import Metadata
from domain.kernel.values import Interval, Money, Names, PlanId
from domain.plan.commands import AddPlan
from infra.bootstrap import System

VAT = 22
PLANS = (
    ("monthly", Names(ru="Подписка на месяц", en="Monthly"), Interval("month"), 399),
    (
        "quarterly",
        Names(ru="Подписка на три месяца", en="Quarterly"),
        Interval("month", 3),
        999,
    ),
    ("yearly", Names(ru="Подписка на год", en="Yearly"), Interval("year"), 3499),
)


def seed_plans(system: System, say: Callable[[str], None]) -> None:
    """Asked again, it changes nothing: their ids follow from their names."""
    for code, names, interval, roubles in PLANS:
        id_ = uuid5(CINEMA, f"plan:{code}")
        command = AddPlan(
            plan_id=PlanId(id_),
            names=names,
            interval=interval,
            price=Money(roubles * 100),
            vat_percent=VAT,
            now=system.clock(),
        )
        message_id = uuid5(id_, "add")
        system.cinema.dispatch(command, Metadata.root(message_id, "first start"))
    say(f"{len(PLANS)} plans are on sale.")
