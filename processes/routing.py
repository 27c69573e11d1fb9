"""Through which gateway a payer pays. Only who has not been sent anywhere is routed.

A saved method stays with its gateway: a renewal is never routed. Pure: the same payer,
price and state of health lead to the same gateway.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from domain.kernel.values import Money
from processes.breaker import State
from processes.capabilities import Capabilities

#: One payer in so many tries a gateway that has failed a while ago.
TRIED_BY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Empty means any. A route that names the plan goes before one that does not."""

    gateway: str
    currencies: frozenset[str] = frozenset()
    plans: frozenset[UUID] = frozenset()
    #: Of several, the share of payers that take this one.
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    payer: UUID
    plan_id: UUID
    price: Money
    #: It is to be renewed by itself.
    recurring: bool
    #: May be sent to a gateway that takes no money.
    free: bool = False


Offers = Mapping[str, Capabilities]
Health = Callable[[str], State]


def suits(sale: Sale, capabilities: Capabilities) -> bool:
    if capabilities.free and not sale.free:
        return False
    return capabilities.takes(sale.price)


def route(
    sale: Sale, routes: Sequence[Route], offers: Offers, health: Health
) -> str | None:
    """None: nobody here takes this money. A gateway that fails is the last resort."""
    found = [each for each in routes if leads(each, sale, offers)]
    if sale.recurring:
        # Better sold once than not at all: who is to renew it will be asked.
        able = [each for each in found if offers[each.gateway].recurring]
        found = able or found
    named = [each for each in found if each.plans] or found
    well = [each for each in named if health(each.gateway) == "closed"]
    doubtful = [each for each in named if health(each.gateway) == "half-open"]
    if doubtful and (not well or number(sale, "trial") % TRIED_BY == 0):
        return drawn(sale, doubtful)
    return drawn(sale, well or named)


def leads(each: Route, sale: Sale, offers: Offers) -> bool:
    if each.gateway not in offers or not suits(sale, offers[each.gateway]):
        return False
    is_of_currency = not each.currencies or sale.price.currency in each.currencies
    return is_of_currency and (not each.plans or sale.plan_id in each.plans)


def drawn(sale: Sale, among: Sequence[Route]) -> str | None:
    """By weight, and for one payer always the same."""
    total = sum(each.weight for each in among)
    if not total:
        return among[0].gateway if among else None
    point = number(sale, "share") % total
    for each in among:
        point -= each.weight
        if point < 0:
            return each.gateway
    raise AssertionError("the weights add up")


def number(sale: Sale, purpose: str) -> int:
    return int.from_bytes(sha256(f"{purpose} {sale.payer}".encode()).digest()[:8])


def by_capability(offers: Offers) -> Sequence[Route]:
    """Without routes of its own, an installation takes the first gateway that suits."""
    usual = [code for code, offer in offers.items() if not offer.free]
    return [Route(gateway=code, weight=int(at == 0)) for at, code in enumerate(usual)]
