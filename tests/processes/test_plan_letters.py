"""One letter for each change of plan or price that somebody has to know of."""

from domain.kernel.values import Money
from processes.correspondence import order
from processes.plan_letters import plan_letters
from tests.examples import NOON
from tests.examples.billing import ACCOUNT, SUBSCRIPTION
from tests.examples.changes import (
    AFTER_TEN_DAYS,
    CHANGE,
    UPGRADE_COSTS,
    change_rejected,
    plan_changed,
    price_scheduled,
)
from tests.examples.subscriptions import APRIL, MAY
from tests.scenario import ProcessScenario

given = ProcessScenario(plan_letters)

PREMIUM = {
    "subscription_id": str(SUBSCRIPTION),
    "plan_ru": "Премиум",
    "plan_en": "Premium",
}


def test_the_plan_has_changed() -> None:
    given().when(plan_changed()).then(
        order(
            "plan-changed",
            ACCOUNT,
            (SUBSCRIPTION, AFTER_TEN_DAYS),
            AFTER_TEN_DAYS,
            PREMIUM | {"amount": Money(599_00), "renews_at": APRIL.isoformat()},
        )
    )


def test_it_has_not_because_it_was_not_paid_for() -> None:
    given().when(change_rejected()).then(
        order(
            "plan-change-declined",
            ACCOUNT,
            (CHANGE,),
            AFTER_TEN_DAYS,
            PREMIUM | {"amount": UPGRADE_COSTS},
        )
    )
    given().when(change_rejected(reason="overtaken")).then()


def test_the_price_will_change() -> None:
    given().when(price_scheduled()).then(
        order(
            "price-change-coming",
            ACCOUNT,
            (SUBSCRIPTION, 2, MAY),
            NOON,
            {
                "subscription_id": str(SUBSCRIPTION),
                "plan_ru": "Подписка на месяц",
                "plan_en": "Monthly",
                "amount": Money(499_00),
                "amount_before": Money(399_00),
                "change_at": MAY.isoformat(),
            },
        )
    )
