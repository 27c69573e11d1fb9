"""Whom a subscription lets watch what."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from infra.bootstrap import assemble, engines
from infra.eventstore.runner import drain
from infra.postgres.billing import PostgresSubscriptions
from infra.settings import Settings
from tests.examples import NOON, metadata
from tests.examples.billing import ACCOUNT, PLAN, SOMEBODY_ELSE
from tests.examples.subscriptions import confirm, start

OTHER = UUID(int=999)


def test_a_subscription_opens_what_its_plan_opens(postgres: Settings) -> None:
    with assemble(postgres, lambda: NOON) as system:
        for number, command in enumerate((start(), confirm())):
            system.cinema.dispatch(command, metadata(number))
        drain(engines(system).values())
        store: Any = system.models["subscriptions"].store
        entitles = PostgresSubscriptions(store).entitles
        assert entitles(ACCOUNT, NOON)
        assert entitles(ACCOUNT, NOON, (OTHER, PLAN))
        assert not entitles(ACCOUNT, NOON, (OTHER,))
        assert not entitles(SOMEBODY_ELSE, NOON)
        assert not entitles(ACCOUNT, NOON + timedelta(days=999), (PLAN,))
