"""A small cinema's life, and an audit that notices what is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.kernel.values import Money, Period
from infra.settings import Settings
from infra.simulation.gateway import Odds, SimulatedGateway
from infra.simulation.people import intents
from infra.simulation.running import START, Simulation, simulation
from infra.simulation.world import StillClock
from processes.ports import ChargeOrder, Observed, Page, Unknown

END = START + timedelta(days=365)
SURE = Odds(0, 0, 0, 0, 0, 0)


@pytest.fixture
def life(postgres: Settings) -> Iterator[Simulation]:
    with simulation(postgres, subscribers=6, months=1, seed=3) as life:
        for _ in life.live():
            pass
        yield life


def broken(life: Simulation) -> set[str]:
    return {each.invariant for each in life.audit().findings() if not each.holds}


def test_every_invariant_holds_and_what_is_tampered_with_shows(
    life: Simulation,
) -> None:
    assert broken(life) == set()
    assert life.gateway.taken
    key, charge = next(
        (key, charge)
        for key, charge in life.gateway.charges.items()
        if charge.status == "succeeded"
    )
    life.gateway.charges[key] = replace(charge, amount=Money(1))
    assert broken(life) == {"The gateway's journal is the ledger"}
    life.gateway.charges[key] = charge
    again = replace(charge, ref="again")
    life.gateway.charges[uuid4()] = again
    assert broken(life) == {
        "The gateway's journal is the ledger",
        "A paid invoice has exactly one successful charge",
    }


def test_the_same_seed_is_the_same_life() -> None:
    once = [*intents(5, 20, START, END)]
    assert once == [*intents(5, 20, START, END)]
    assert once != [*intents(6, 20, START, END)]
    assert {each.deed for each in once} > {"subscribe", "cancel"}


def order(number: int, method: str | None = "m-1") -> ChargeOrder:
    return ChargeOrder(
        payment_id=UUID(int=number),
        attempt_id=UUID(int=number),
        account_id=UUID(int=1),
        amount=Money(399_00),
        description="",
        return_url="",
        save_method=True,
        method_ref=method,
    )


def charged(gateway: SimulatedGateway, number: int) -> Observed | Unknown:
    answer = gateway.create(gateway.prepare(order(number)), UUID(int=number))
    assert isinstance(answer, Observed | Unknown)
    return answer


def test_chance_does_not_mind_who_asks_first() -> None:
    one, other = (SimulatedGateway(clock=StillClock(START), seed=1) for _ in range(2))
    numbers = range(1, 60)
    found = {number: charged(one, number) for number in numbers}
    assert found == {number: charged(other, number) for number in reversed(numbers)}
    assert any(isinstance(answer, Unknown) for answer in found.values())


def test_in_an_outage_nobody_is_answered_and_the_key_still_counts() -> None:
    clock = StillClock(START)
    outage = Period(START, START + timedelta(hours=1))
    gateway = SimulatedGateway(clock=clock, seed=1, odds=SURE, outages=[outage])
    assert all(isinstance(charged(gateway, n), Unknown) for n in range(1, 20))
    taken = len(gateway.taken)
    assert 0 < taken < 19
    clock.now = outage.end
    assert all(isinstance(charged(gateway, n), Observed) for n in range(1, 20))
    assert len(gateway.taken) == 19


def test_its_list_is_read_page_by_page_the_newest_first() -> None:
    clock = StillClock(START)
    gateway = SimulatedGateway(clock=clock, seed=1, odds=SURE)
    for number in range(1, 251):
        charged(gateway, number)
        clock.now += timedelta(minutes=1)
    found, cursor = [], None
    while True:
        page = gateway.find(START, START + timedelta(minutes=239), cursor)
        assert isinstance(page, Page)
        found += [charge.created_at for charge in page.charges]
        cursor = page.cursor
        if cursor is None:
            break
    assert len(found) == 240
    assert found == sorted(found, reverse=True)
