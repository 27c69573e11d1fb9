"""What a change of plan or price makes of a subscription's row."""

from typing import Any, assert_never

from domain.subscription.change_events import (
    ChangeEvent,
    PlanChanged,
    PlanChangePaidLate,
    PlanChangeRejected,
    PlanChangeRequested,
    PlanChangeRevoked,
    PlanChangeScheduled,
    PriceChangeScheduled,
)
from projections.rows import replace
from projections.subscription_row import SubscriptionRow, timed


def changed(row: SubscriptionRow, fact: ChangeEvent) -> SubscriptionRow:
    """A cancellation or a pause is at the end of the period, wherever that is now."""
    after = replace(row, **columns_after(fact))
    end = after.period_end
    return timed(
        replace(after, cancel_at=row.cancel_at and end, pause_at=row.pause_at and end)
    )


def columns_after(fact: ChangeEvent) -> dict[str, Any]:
    match fact:
        case PlanChangeRequested(terms=terms):
            return {"changing_to": terms}
        case PlanChangeRejected():
            return {"changing_to": None}
        case PlanChangeScheduled(terms=terms, change_at=at):
            return {"next_terms": terms, "next_terms_at": at}
        case PriceChangeScheduled(terms=terms, change_at=at):
            return {"next_terms": terms, "next_terms_at": at}
        case PlanChangeRevoked():
            return {"next_terms": None, "next_terms_at": None}
        case PlanChangePaidLate():
            return {}
        case PlanChanged():
            return columns_of_another_plan(fact)
        case _:
            assert_never(fact)


def columns_of_another_plan(fact: PlanChanged) -> dict[str, Any]:
    """Of a change at a boundary, the period follows as one that is opened."""
    terms = {
        "terms": fact.terms,
        "plan_id": fact.terms.plan_id,
        "next_terms": None,
        "next_terms_at": None,
    }
    if fact.at == "period_end":
        return terms
    return terms | {
        "changing_to": None,
        "period_no": fact.period_no,
        "period_start": fact.period.start,
        "period_end": fact.period.end,
        "access_until": fact.period.end,
    }
