from datetime import timedelta

from domain.premiere.decider import PremierePassed, premiere
from tests.examples import NOON
from tests.examples.viewing import (
    announce,
    await_it,
    awaited,
    came,
    drop,
    dropped,
    stop_waiting,
    wait_withdrawn,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(premiere)
DAY = timedelta(days=1)
waiting = awaited(awaited_at=NOON - DAY)


def test_a_premiere_to_come_is_waited_for_once() -> None:
    given().when(await_it()).then(awaited())
    given().when(await_it(premieres_at=NOON + DAY)).then(awaited())
    given(awaited()).when(await_it()).then()


def test_nobody_waits_for_what_has_been() -> None:
    given().when(await_it(premieres_at=NOON)).then_refused(PremierePassed)
    given(waiting).when(await_it(premieres_at=NOON - DAY)).then_refused(PremierePassed)


def test_who_waits_is_told_once() -> None:
    given(waiting).when(announce()).then(came())
    given(waiting, came()).when(announce()).then()
    given().when(announce()).then()


def test_nobody_is_told_who_waits_no_more() -> None:
    given(waiting).when(stop_waiting()).then(wait_withdrawn())
    given(waiting, wait_withdrawn()).when(announce()).then()
    given().when(stop_waiting()).then()


def test_nobody_is_told_before_the_day() -> None:
    given(waiting).when(announce(premieres_at=NOON + DAY)).then()


def test_a_date_that_is_corrected_to_the_past_is_no_news() -> None:
    given(waiting).when(announce(premieres_at=NOON - 2 * DAY)).then(
        dropped(reason="released_before")
    )


def test_an_archived_film_has_no_premiere() -> None:
    given(waiting).when(drop()).then(dropped())
    given(waiting, dropped()).when(announce()).then()
    given().when(drop()).then()


def test_a_film_that_comes_again_may_be_waited_for_again() -> None:
    given(waiting, came()).when(await_it(premieres_at=NOON + DAY)).then(awaited())
