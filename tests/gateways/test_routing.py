"""Where a payer is sent."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from domain.kernel.values import Currency, Money
from processes.breaker import State
from processes.capabilities import Capabilities
from processes.routing import Route, Sale, by_capability, route

PLAN = UUID(int=5)
ROUBLES = Sale(payer=UUID(int=1), plan_id=PLAN, price=Money(399_00), recurring=True)
DOLLARS = replace(ROUBLES, price=Money(5_00, "USD"))


def able(
    *currencies: Currency, recurring: bool = True, free: bool = False
) -> Capabilities:
    return Capabilities(
        currencies=frozenset(currencies),
        recurring=recurring,
        refunds=True,
        partial_refunds=True,
        receipts=False,
        lowest={"RUB": 1_00},
        highest={"RUB": 1_000_00},
        free=free,
    )


OFFERS = {
    "a": able("RUB"),
    "b": able("RUB", "USD"),
    "once": able("EUR", recurring=False),
    "free": able("RUB", "USD", "EUR", free=True),
}
USUAL = by_capability(OFFERS)


def well(_: str) -> State:
    return "closed"


def sick(**states: State) -> Mapping[str, State]:
    return {"a": "closed", "b": "closed", **states}


def test_without_routes_the_first_that_can_takes_it() -> None:
    assert route(ROUBLES, USUAL, OFFERS, well) == "a"
    assert route(DOLLARS, USUAL, OFFERS, well) == "b"


def test_what_nobody_can_take_is_sent_nowhere() -> None:
    pounds = [Route(gateway="a"), Route(gateway="once")]
    assert route(DOLLARS, pounds, OFFERS, well) is None
    for minor in (99, 1_000_01):
        sale = replace(ROUBLES, price=Money(minor))
        assert route(sale, [Route(gateway="a")], OFFERS, well) is None


def test_who_can_renew_is_preferred_but_not_required() -> None:
    offers = {"once": able("EUR", recurring=False), "again": able("EUR")}
    euros = replace(ROUBLES, price=Money(5_00, "EUR"))
    assert route(euros, by_capability(offers), offers, well) == "again"
    unsaved = replace(euros, recurring=False)
    assert route(unsaved, by_capability(offers), offers, well) == "once"
    assert route(euros, USUAL, OFFERS, well) == "once"


def test_free_is_for_those_who_may_and_ask() -> None:
    asked = [Route(gateway="free")]
    assert route(ROUBLES, asked, OFFERS, well) is None
    assert route(replace(ROUBLES, free=True), asked, OFFERS, well) == "free"
    assert route(replace(ROUBLES, free=True), USUAL, OFFERS, well) == "a"


def test_a_route_is_for_a_currency_or_a_plan() -> None:
    routes = [
        Route(gateway="b", currencies=frozenset({"USD"})),
        Route(gateway="a", currencies=frozenset({"RUB"})),
        Route(gateway="b", plans=frozenset({PLAN})),
        Route(gateway="unheard-of"),
    ]
    other = replace(ROUBLES, plan_id=UUID(int=6))
    assert route(ROUBLES, routes, OFFERS, well) == "b"
    assert route(other, routes, OFFERS, well) == "a"


def test_payers_are_split_by_weight_and_each_stays_where_they_are() -> None:
    routes = [Route(gateway="a", weight=3), Route(gateway="b", weight=1)]
    sales = [replace(ROUBLES, payer=UUID(int=n)) for n in range(2_000)]
    found = [route(sale, routes, OFFERS, well) for sale in sales]
    assert 1_400 < found.count("a") < 1_600
    assert found == [route(sale, routes, OFFERS, well) for sale in sales]


def test_who_does_not_work_is_passed_over_if_another_can() -> None:
    states = sick(a="open")
    assert route(ROUBLES, USUAL, OFFERS, states.__getitem__) == "b"
    alone = replace(DOLLARS, payer=UUID(int=3))
    nobody = sick(a="open", b="open")
    assert route(alone, USUAL, OFFERS, nobody.__getitem__) == "b"


def test_one_in_some_tries_who_may_work_again() -> None:
    states = sick(a="half-open")
    sales = [replace(ROUBLES, payer=UUID(int=n)) for n in range(1_000)]
    found = [route(sale, USUAL, OFFERS, states.__getitem__) for sale in sales]
    assert 50 < found.count("a") < 150
    assert found.count("a") + found.count("b") == 1_000
    only = [Route(gateway="a")]
    assert route(ROUBLES, only, OFFERS, states.__getitem__) == "a"
