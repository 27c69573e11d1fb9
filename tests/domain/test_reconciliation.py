"""A day is compared, and each difference told once."""

from domain.reconciliation.decider import reconciliation
from tests.examples.reconciliation import (
    difference,
    difference_found,
    difference_settled,
    orphan,
    orphan_found,
    reconciliation_run,
    record,
)
from tests.scenario import DeciderScenario

BOTH = {"differences": (difference(),), "orphans": (orphan(),)}

given = DeciderScenario(reconciliation)


def test_a_day_without_a_difference_has_been_compared() -> None:
    given().when(record()).then(reconciliation_run())


def test_the_schedule_is_kept_once_and_people_may_ask_again() -> None:
    again = given(reconciliation_run())
    again.when(record()).then()
    again.when(record(scheduled=False)).then(reconciliation_run())


def test_what_differs_is_told_once() -> None:
    both = record(**BOTH, scheduled=False)
    run = reconciliation_run(differences=2)
    given().when(both).then(difference_found(), orphan_found(), run)
    given(difference_found(), orphan_found()).when(both).then(run)


def test_what_is_not_found_again_is_settled() -> None:
    only = record(orphans=(orphan(),), scheduled=False)
    run = reconciliation_run(differences=1)
    given(difference_found(), orphan_found()).when(only).then(difference_settled(), run)
    more = record(**BOTH, scheduled=False)
    after = given(difference_found(), difference_settled(), orphan_found())
    after.when(more).then(difference_found(), reconciliation_run(differences=2))
