"""The price of a plan for those who have it: theirs, until they were told otherwise.

To go on at the new price nobody has to do anything: they are told 30 days before, with
what they pay and until when they can cancel, and the renewal itself is announced once
more. Whoever does not agree cancels, and keeps what is paid for.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from domain.kernel.values import Terms
from domain.subscription.change_commands import SchedulePriceChange
from domain.subscription.change_events import PriceChangeScheduled
from domain.subscription.events import SubscriptionEvent
from domain.subscription.offers import terms_of
from domain.subscription.refusals import MigrationTooSoon
from domain.subscription.states import (
    Active,
    Contract,
    Existing,
    Incomplete,
    Over,
    Unpaid,
)

Events: TypeAlias = Sequence[SubscriptionEvent]

NOTICE = timedelta(days=30)


def schedule(command: SchedulePriceChange, state: Existing) -> Events:
    """Whoever has another plan by now, or has this price already, is not asked."""
    terms = state.contract.terms
    if isinstance(state, Over | Incomplete) or terms.plan_id != command.terms.plan_id:
        return ()
    if terms.price_version >= command.terms.price_version or state.contract.scheduled:
        return ()
    if is_known(state, command):
        return ()
    if command.migrate_at - command.now < NOTICE:
        raise MigrationTooSoon
    return (
        PriceChangeScheduled(
            subscription_id=command.subscription_id,
            account_id=state.contract.account_id,
            from_terms=terms,
            terms=command.terms,
            migrate_at=command.migrate_at,
            change_at=first_boundary(state, command.migrate_at),
            scheduled_at=command.now,
        ),
    )


def is_known(state: Existing, command: SchedulePriceChange) -> bool:
    coming = state.contract.price_change
    asked = (command.terms, command.migrate_at)
    return coming is not None and (coming.terms, coming.migrate_at) == asked


def first_boundary(state: Existing, migrate_at: datetime) -> datetime:
    """As far as it can be known: who pauses, or pays late, comes to it later."""
    if not isinstance(state, Active | Unpaid):
        return migrate_at
    number = state.period_no + 1
    while (boundary := state.calendar.boundary(number)) < migrate_at:
        number += 1
    return boundary


def next_terms(contract: Contract, number: int, start: datetime) -> Terms:
    """On what terms the period that begins then is sold."""
    if contract.scheduled:
        return contract.scheduled
    terms, coming = contract.terms, contract.price_change
    if coming and coming.migrate_at <= start:
        terms = replace(coming.terms, promotion=terms.promotion)
    return terms_of(terms, number)
