"""Every point at which a process may die between an order and a paid period.

The numbers are those of docs/crashes.md. Whatever dies, a period is paid for once.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import OperationalError
from fastapi.testclient import TestClient
from psycopg.sql import SQL, Identifier

from domain.kernel.messages import Metadata
from domain.kernel.values import SubscriptionId
from domain.payment.commands import ObserveCharge, SubmitAttempt
from domain.payment_method.commands import UsePaymentMethod
from domain.subscription.commands import EndPeriod
from infra.asgi import OneAddress, command_app, query_app
from infra.bootstrap import assemble, everyone
from infra.eventstore.conductor import Conductor
from infra.eventstore.courier import Courier
from infra.settings import Settings
from infra.stories import STORIES
from processes.charge import observation
from processes.ports import Observed, Outcome
from tests.billing.conftest import PEOPLE, Shop
from tests.billing.crashing import assert_renewed_once, crashes_within, dies
from tests.billing.views import assert_all_equal_what_is_built_from_nothing
from tests.eventstore.carried import exported, imported

MONTH_LATER = {"days": 31, "hours": 1}
SAME_DAY = {"minutes": 5}


def test_c0_before_anything_is_recorded(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller hears that it failed, and asks again with the same key."""
    body, key = {"plan_id": shop.plan()["id"]}, {"Idempotency-Key": "order"}

    def fail(*_: object) -> None:
        raise OperationalError

    before = shop.system.log.head()
    monkeypatch.setattr(shop.system.cinema.records, "append", fail)
    assert shop.post("/subscriptions", json=body, headers=key).status_code >= 500
    assert shop.system.log.head() == before
    monkeypatch.undo()
    id_ = shop.post("/subscriptions", json=body, headers=key).json()["id"]
    shop.drain()
    shop.confirm(id_)
    assert shop.subscription(id_)["status"] == "active"
    assert list(shop.gateway.sent.values()) == [1]


@pytest.mark.parametrize("command", [UsePaymentMethod, SubmitAttempt])
def test_c1_an_attempt_is_created_and_not_sent(shop: Shop, command: type) -> None:
    id_ = shop.buy()
    dies(shop, before=command)
    crashes_within(shop, **MONTH_LATER)
    shop.pass_time(**SAME_DAY)
    assert_renewed_once(shop, id_)


def test_c2_the_intent_is_recorded_and_nothing_sent(shop: Shop) -> None:
    id_ = shop.buy()
    dies(shop, after=SubmitAttempt)
    crashes_within(shop, **MONTH_LATER)
    assert len(shop.gateway.taken) == 1
    shop.pass_time(**SAME_DAY)
    assert_renewed_once(shop, id_)


def test_c3_the_money_is_taken_and_the_answer_lost(shop: Shop) -> None:
    id_ = shop.buy()
    shop.gateway.faults.append("lost")
    shop.step_to(shop.hands.now + timedelta(**MONTH_LATER))
    assert len(shop.facts("AttemptOutcomeUnknown")) == 1
    shop.pass_time(**SAME_DAY)
    assert_renewed_once(shop, id_, requests=2)


def test_c4_the_answer_is_there_and_not_recorded(shop: Shop) -> None:
    id_ = shop.buy()
    dies(shop, before=ObserveCharge)
    crashes_within(shop, **MONTH_LATER)
    assert len(shop.gateway.taken) == 2
    shop.pass_time(**SAME_DAY)
    assert_renewed_once(shop, id_, requests=2)


def test_c5_the_outcome_is_recorded_and_nobody_told(shop: Shop) -> None:
    id_ = shop.buy()
    dies(shop, after=ObserveCharge)
    crashes_within(shop, **MONTH_LATER)
    shop.drain()
    assert_renewed_once(shop, id_)


@pytest.mark.parametrize("name", ["renewal_courier", "letters_courier"])
def test_c5_orders_are_carried_out_and_the_courier_has_not_moved(
    shop: Shop, name: str
) -> None:
    id_, end = shop.buy(), shop.hands.now + timedelta(**MONTH_LATER)
    [courier] = [each for each in shop.followers if each.name == name]
    assert isinstance(courier, Courier)
    dies(shop, name, after=courier.kinds[0])
    crashes_within(shop, **MONTH_LATER)
    shop.step_to(end)
    shop.pass_time(**SAME_DAY)
    assert_renewed_once(shop, id_)


def test_c6_the_news_is_there_before_the_answer(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = shop.buy()
    create = shop.gateway.create

    def announced(request: str, key: object) -> Outcome:
        outcome = create(request, key)  # type: ignore[arg-type]
        assert isinstance(outcome, Observed)
        charge = outcome.charge
        assert charge.payment_id
        assert charge.attempt_id
        seen = observation(charge.payment_id, charge.attempt_id, charge, shop.hands.now)
        shop.system.cinema.dispatch(seen, Metadata.root(uuid4(), "memory"))
        return outcome

    monkeypatch.setattr(shop.gateway, "create", announced)
    shop.step_to(shop.hands.now + timedelta(**MONTH_LATER))
    assert_renewed_once(shop, id_)


def test_c7_down_for_more_than_a_day(shop: Shop) -> None:
    """The key may be forgotten: nothing is sent again, the list says what is true."""
    id_ = shop.buy()
    dies(shop, before=ObserveCharge)
    crashes_within(shop, **MONTH_LATER)
    shop.pass_time(days=2)
    assert_renewed_once(shop, id_)


def test_c11_an_alarm_is_early_or_late_or_rings_twice(shop: Shop) -> None:
    id_ = shop.buy()
    end = datetime.fromisoformat(shop.subscription(id_)["period"]["end"])
    ring(shop, id_, end - timedelta(seconds=1))
    assert not shop.facts("PeriodOpened")
    shop.hands.now = end + timedelta(hours=9)
    for _ in range(2):
        ring(shop, id_, shop.hands.now)
    shop.drain()
    with shop.system.pool.connection() as connection:
        connection.execute("DELETE FROM work.rung")
    shop.drain()
    assert_renewed_once(shop, id_)
    assert datetime.fromisoformat(shop.subscription(id_)["period"]["start"]) == end


def ring(shop: Shop, id_: str, now: datetime) -> None:
    command = EndPeriod(subscription_id=SubscriptionId(UUID(id_)), now=now)
    shop.system.cinema.dispatch(command, Metadata.root(uuid4(), "alarm_clock"))


def test_c12_processes_lose_their_place(shop: Shop) -> None:
    """They are told everything again, and so are those who carry out their orders."""
    id_ = shop.buy()
    shop.step_to(shop.hands.now + timedelta(**MONTH_LATER))
    before = shop.system.log.head()
    for story in STORIES:
        table = Identifier("es", f"{story.name}_tracking")
        with shop.system.pool.connection() as connection:
            connection.execute(SQL("UPDATE {} SET position = 0").format(table))
    shop.drain()
    assert shop.system.log.head() == before
    assert_renewed_once(shop, id_)


def test_c13_building_views_anew_sends_nothing(shop: Shop) -> None:
    id_ = shop.buy()
    shop.step_to(shop.hands.now + timedelta(**MONTH_LATER))
    before = shop.system.log.head()
    assert_all_equal_what_is_built_from_nothing(shop)
    shop.drain()
    assert shop.system.log.head() == before
    assert_renewed_once(shop, id_)


def test_c15_the_database_is_older_than_the_provider(
    shop: Shop, another: Settings
) -> None:
    """What is done again has the same keys: the provider answers with what it has."""
    id_, end = shop.buy(), shop.hands.now + timedelta(**MONTH_LATER)
    backup = exported(shop.system.settings)
    shop.step_to(end)
    assert len(shop.gateway.taken) == 2
    imported(another, backup)
    shops = {shop.gateway.code: shop.gateway}
    with assemble(another, shop.hands, PEOPLE.get, shops=shops) as system:
        client = TestClient(OneAddress(command_app(system), query_app(system)))
        everybody = list(everyone(system).values())
        restored = replace(shop, system=system, client=client, followers=everybody)
        restored.drain()
        restored.pass_time(**SAME_DAY)
        assert_renewed_once(restored, id_, requests=2)


def test_a_process_that_cannot_record_goes_on_from_the_same_page(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_, end = shop.buy(), shop.hands.now + timedelta(**MONTH_LATER)
    [conductor] = [each for each in shop.followers if each.name == "renewal"]
    assert isinstance(conductor, Conductor)

    def fail(_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(conductor.recorder, "append", fail)
    with pytest.raises(OperationalError):
        shop.step_to(end)
    shop.restart()
    shop.step_to(end)
    assert_renewed_once(shop, id_)
