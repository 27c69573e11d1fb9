from dataclasses import replace

from projections.memberships import Membership, memberships
from projections.turnover import Turnover, turnover
from tests.examples import NOON
from tests.examples.billing import ACCOUNT, SUBSCRIPTION, TERMS
from tests.examples.payments import succeeded
from tests.examples.subscriptions import activated, canceled, expired
from tests.scenario import ProjectionScenario

given = ProjectionScenario(memberships)
taken = ProjectionScenario(turnover)

member = Membership(
    id=SUBSCRIPTION, account_id=ACCOUNT, plan_id=TERMS.plan_id, gained_on=NOON.date()
)
day = Turnover(id="2026-03-01 RUB", day=NOON.date(), currency="RUB")


def test_from_the_day_it_is_paid_for() -> None:
    given(activated()).then(member)


def test_to_the_day_it_is_over() -> None:
    over = expired()
    lost = replace(member, lost_on=over.expired_at.date())
    given(activated(), over).then(lost)


def test_who_never_paid_is_not_lost() -> None:
    given(canceled()).then()


def test_a_day_is_what_was_taken_on_it() -> None:
    first = succeeded()
    minor = first.amount.minor
    taken(first).then(replace(day, payments=1, taken=minor))
    taken(first, first).then(replace(day, payments=2, taken=2 * minor))
