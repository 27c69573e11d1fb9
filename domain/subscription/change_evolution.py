"""What a change of plan or price leads into."""

from dataclasses import replace
from typing import assert_never

from domain.billing_time import Calendar
from domain.kernel.values import InvoiceId, Terms
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
from domain.subscription.states import Active, Contract, Existing


def evolve(state: Existing, event: ChangeEvent) -> Existing:
    contract = state.contract
    match event:
        case PlanChangeRequested():
            contract = replace(contract, change=event)
        case PlanChangeRejected():
            contract = replace(contract, change=None)
        case PlanChangePaidLate(invoice_id=id_):
            contract = settled(contract, id_)
        case PlanChangeScheduled(terms=terms):
            contract = replace(contract, scheduled=terms)
        case PlanChangeRevoked():
            contract = replace(contract, scheduled=None)
        case PriceChangeScheduled():
            contract = replace(contract, price_change=event)
        case PlanChanged():
            return on_another_plan(state, event)
        case _:
            assert_never(event)
    return replace(state, contract=contract)


def settled(contract: Contract, invoice_id: InvoiceId) -> Contract:
    known = contract.settled_changes | {invoice_id}
    return replace(contract, settled_changes=known)


def on_another_plan(state: Existing, event: PlanChanged) -> Existing:
    """Of a change at a boundary, the period follows as one that is opened."""
    contract = replace(
        state.contract, terms=event.terms, scheduled=None, price_change=None
    )
    if event.invoice_id:
        contract = replace(settled(contract, event.invoice_id), change=None)
    if not isinstance(state, Active):
        return replace(state, contract=contract)
    if event.invoice_id and event.period_no != state.period_no:
        contract = replace(contract, invoice_id=event.invoice_id)
    interval = event.terms.interval
    calendar = Calendar(event.anchor, contract.time_zone, interval, event.anchor_no)
    if event.at == "period_end":
        return replace(state, contract=contract, calendar=calendar)
    cancellation = state.cancellation and replace(
        state.cancellation, cancel_at=event.period.end
    )
    return replace(
        state,
        contract=contract,
        calendar=calendar,
        period_no=event.period_no,
        period=event.period,
        priced=state.priced if state.period_no == event.period_no else None,
        cancellation=cancellation,
        pause=state.pause and replace(state.pause, pause_at=event.period.end),
        announced=state.announced and state.period_no == event.period_no,
    )


def renewed(contract: Contract, terms: Terms) -> Contract:
    """On the terms of the period that has begun; a price that has come is no news."""
    coming = contract.price_change
    has_come = coming and coming.terms.price_version == terms.price_version
    return replace(contract, terms=terms, price_change=None if has_come else coming)
