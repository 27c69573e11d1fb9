from dataclasses import replace

from domain.kernel.values import Money
from domain.plan.decider import plan
from domain.plan.refusals import (
    NoticeTooShort,
    PlanNotFound,
    PlanNotOnSale,
    PriceOutOfRange,
    StreamsOutOfRange,
    VatOutOfRange,
)
from tests.examples.billing import (
    TERMS,
    add_plan,
    after,
    archive_plan,
    plan_added,
    plan_archived,
    reprice,
    reprice_subscribers,
    repriced,
    set_streams,
    streams_set,
    subscribers_repriced,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(plan)


def test_adding() -> None:
    given().when(add_plan()).then(plan_added())
    given(plan_added()).when(add_plan()).then()
    given().when(add_plan(price=Money(0))).then_refused(PriceOutOfRange)
    given().when(add_plan(price=Money(350_000_01))).then_refused(PriceOutOfRange)
    given().when(add_plan(vat_percent=100)).then_refused(VatOutOfRange)


def test_another_price_is_another_version() -> None:
    given(plan_added()).when(reprice()).then(repriced())
    given(plan_added(), repriced()).when(reprice()).then()
    third = reprice(price=Money(599_00))
    given(plan_added(), repriced()).when(third).then(
        repriced(price_version=3, price=Money(599_00))
    )
    given().when(reprice()).then_refused(PlanNotFound)
    given(plan_added()).when(reprice(price=Money(1))).then_refused(PriceOutOfRange)


def test_what_is_archived_is_not_on_sale() -> None:
    given(plan_added()).when(archive_plan()).then(plan_archived())
    given(plan_added(), plan_archived()).when(archive_plan()).then()
    given(plan_added(), plan_archived()).when(reprice()).then_refused(PlanNotOnSale)
    given().when(archive_plan()).then_refused(PlanNotFound)
    given(plan_added(), plan_archived(), repriced()).when(add_plan()).then()


def test_how_many_may_watch_at_once() -> None:
    given(plan_added()).when(set_streams()).then(streams_set())
    given(plan_added()).when(set_streams(streams=2)).then()
    given(plan_added(), streams_set(), repriced()).when(set_streams()).then()
    given().when(set_streams()).then_refused(PlanNotFound)
    given(plan_added(), plan_archived()).when(set_streams()).then_refused(PlanNotOnSale)
    for streams in (0, 21):
        given(plan_added()).when(set_streams(streams=streams)).then_refused(
            StreamsOutOfRange
        )


def test_subscribers_are_moved_to_the_price_that_is_on_sale() -> None:
    dearer = replace(TERMS, price=Money(499_00), price_version=2)
    given(plan_added(), repriced()).when(reprice_subscribers()).then(
        subscribers_repriced(terms=dearer)
    )
    told = subscribers_repriced(terms=dearer)
    given(plan_added(), repriced(), told).when(reprice_subscribers()).then()
    given(plan_added()).when(
        reprice_subscribers(migrate_at=after(days=29))
    ).then_refused(NoticeTooShort)
    given().when(reprice_subscribers()).then_refused(PlanNotFound)
