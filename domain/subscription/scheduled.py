"""A change of plan that was scheduled, at the boundary it was scheduled for."""

from datetime import datetime

from domain.billing_time import anchored
from domain.subscription.change_events import PlanChanged
from domain.subscription.change_evolution import on_another_plan
from domain.subscription.states import Active


def with_next_period(state: Active, now: datetime) -> tuple[PlanChanged, ...]:
    """The same interval keeps the anchor; another one is counted from the boundary."""
    contract, number = state.contract, state.period_no + 1
    if contract.scheduled is None:
        return ()
    calendar, boundary = state.calendar, state.calendar.boundary(number)
    if contract.scheduled.interval != contract.terms.interval:
        calendar = anchored(
            boundary, contract.time_zone, contract.scheduled.interval, number
        )
    change = PlanChanged(
        subscription_id=contract.subscription_id,
        account_id=contract.account_id,
        at="period_end",
        change_id=None,
        invoice_id=None,
        from_terms=contract.terms,
        terms=contract.scheduled,
        anchor=calendar.anchor,
        anchor_no=calendar.first,
        period_no=number,
        period=calendar.period(number),
        effective_at=boundary,
        changed_at=now,
    )
    return (change,)


def after(state: Active, changes: tuple[PlanChanged, ...]) -> Active:
    for change in changes:
        changed = on_another_plan(state, change)
        assert isinstance(changed, Active)
        state = changed
    return state
