"""The numbers on the dashboards' first page."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from infra.bootstrap import System, assemble, engines
from infra.dashboards import dashboards
from infra.eventstore.runner import drain
from infra.settings import Settings
from query_api.dashboards.ports import Day, Figures
from tests.examples import NOON, metadata
from tests.examples.payments import observe, open_payment, submit
from tests.examples.subscriptions import cancel, confirm, start

TODAY = NOON.date()


@pytest.fixture
def system(postgres: Settings) -> Iterator[System]:
    with assemble(postgres, lambda: NOON) as system:
        yield system


@pytest.fixture
def figures(system: System) -> Figures:
    return dashboards(system).figures


def happen(system: System, *commands: object) -> None:
    for number, command in enumerate(commands):
        system.cinema.dispatch(command, metadata(number))
    drain(engines(system).values())


def test_every_day_counts(figures: Figures) -> None:
    assert figures.days(3, "RUB") == [
        Day(TODAY - timedelta(days=ago)) for ago in (2, 1, 0)
    ]
    assert figures.active_subscriptions() == 0


def test_a_subscription_counts_once_it_is_paid_for(
    system: System, figures: Figures
) -> None:
    happen(system, start(), confirm())
    assert figures.days(1, "RUB") == [Day(TODAY, gained=1)]
    assert figures.active_subscriptions() == 1


def test_whoever_leaves_is_lost(system: System, figures: Figures) -> None:
    happen(system, start(), confirm(), cancel(at="now"))
    assert figures.days(1, "RUB") == [Day(TODAY, gained=1, lost=1)]
    assert figures.active_subscriptions() == 0


def test_revenue_is_what_was_taken_in_that_currency(
    system: System, figures: Figures
) -> None:
    happen(system, open_payment(), submit(), observe())
    assert figures.days(1, "RUB")[0].revenue == 39_900
    assert figures.days(1, "USD")[0].revenue == 0


def test_events_are_counted_by_minute(system: System, figures: Figures) -> None:
    happen(system, start(), confirm())
    *before, last = figures.events_per_minute(5)
    assert [count for _, count in before] == [0, 0, 0, 0]
    minute, count = last
    assert (minute, count) == (NOON, system.log.head())


def test_every_read_model_is_listed(system: System, figures: Figures) -> None:
    happen(system, start())
    standings = {each.name: each for each in figures.standings()}
    assert set(standings) == {*system.models, "seal"}
    assert standings["subscriptions"].rows == 1
    read = {name: each.state for name, each in standings.items() if name != "seal"}
    assert {*read.values()} == {"level"}
