"""What leads into a trial, through it, and out of it."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from domain.billing_time import Calendar
from domain.kernel.values import Period
from domain.subscription.states import Active, Contract, Existing, Incomplete, Trial
from domain.subscription.trial_events import (
    TrialCheckoutOpened,
    TrialEndAnnounced,
    TrialEnded,
    TrialEvent,
    TrialRescheduled,
    TrialStarted,
)


def evolve(state: Existing, event: TrialEvent) -> Existing:
    if isinstance(event, TrialStarted):
        if not isinstance(state, Incomplete):
            return state
        return begun(state.contract, event.period, event.anchor, Trial())
    if not isinstance(state, Active) or not state.trial:
        return state
    match event:
        case TrialRescheduled(period=period, anchor=anchor):
            after = begun(
                state.contract, period, anchor, replace(state.trial, told=None)
            )
            moved = state.cancellation and replace(
                state.cancellation, cancel_at=period.end
            )
            return replace(after, cancellation=moved)
        case TrialEndAnnounced(days_left=days):
            return replace(state, trial=replace(state.trial, told=days))
        case TrialCheckoutOpened(invoice_id=invoice_id):
            return replace(state, trial=replace(state.trial, checkout=invoice_id))
        case TrialEnded(invoice_id=invoice_id):
            unwanted = {invoice_id} if invoice_id else set()
            contract = replace(
                state.contract, unwanted=state.contract.unwanted | unwanted
            )
            return replace(state, contract=contract, trial=None)
        case _:
            assert_never(event)


def begun(contract: Contract, period: Period, anchor: datetime, trial: Trial) -> Active:
    calendar = Calendar(anchor, contract.time_zone, contract.terms.interval)
    return Active(contract, calendar, -1, period, trial=trial)
