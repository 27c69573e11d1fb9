"""A plan: on sale at a price, at another one later, archived in the end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias, assert_never

from domain.kernel.decider import Decider
from domain.kernel.values import Money, Terms
from domain.plan.commands import (
    AddPlan,
    ArchivePlan,
    PlanCommand,
    RepricePlan,
    RepriceSubscribers,
    SetPlanStreams,
    SetPlanTrial,
)
from domain.plan.events import (
    USUAL_STREAMS,
    PlanAdded,
    PlanArchived,
    PlanEvent,
    PlanRepriced,
    PlanStreamsSet,
    PlanTrialSet,
    SubscribersRepriced,
)
from domain.plan.refusals import (
    NoticeTooShort,
    PlanNotFound,
    PlanNotOnSale,
    PriceOutOfRange,
    StreamsOutOfRange,
    TrialOutOfRange,
    VatOutOfRange,
)

#: What a card can be charged, in minor units.
LOWEST, HIGHEST = 1_00, 350_000_00
MOST_STREAMS = 20
NOTICE = timedelta(days=30)
LONGEST_TRIAL = 90


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True)
class OnSale:
    terms: Terms
    streams: int = USUAL_STREAMS
    trial_days: int = 0
    #: The version of the price that subscribers are moved to, or were last.
    moving_to: int = 0


@dataclass(frozen=True, slots=True)
class Archived: ...


Plan: TypeAlias = Absent | OnSale | Archived


def offered(state: Plan) -> Terms:
    """What somebody who subscribes now agrees to."""
    match state:
        case Absent():
            raise PlanNotFound
        case Archived():
            raise PlanNotOnSale
        case OnSale(terms=terms):
            return terms
        case _:
            assert_never(state)


def decide(command: PlanCommand, state: Plan) -> Sequence[PlanEvent]:
    match command:
        case AddPlan():
            return add(command, state)
        case RepricePlan():
            return reprice(command, offered(state))
        case SetPlanStreams():
            return set_streams(command, state)
        case SetPlanTrial():
            return set_trial(command, state)
        case RepriceSubscribers():
            return reprice_subscribers(command, state)
        case ArchivePlan():
            return archive(command, state)
        case _:
            assert_never(command)


def add(command: AddPlan, state: Plan) -> Sequence[PlanEvent]:
    if state != Absent():
        return ()
    check(command.price, command.vat_percent)
    return (
        PlanAdded(
            plan_id=command.plan_id,
            names=command.names,
            interval=command.interval,
            price=command.price,
            vat_percent=command.vat_percent,
            added_at=command.now,
        ),
    )


def reprice(command: RepricePlan, terms: Terms) -> Sequence[PlanEvent]:
    check(command.price, command.vat_percent)
    if (command.price, command.vat_percent) == (terms.price, terms.vat_percent):
        return ()
    return (
        PlanRepriced(
            plan_id=command.plan_id,
            price_version=terms.price_version + 1,
            price=command.price,
            vat_percent=command.vat_percent,
            repriced_at=command.now,
        ),
    )


def set_streams(command: SetPlanStreams, state: Plan) -> Sequence[PlanEvent]:
    offered(state)
    if not 1 <= command.streams <= MOST_STREAMS:
        raise StreamsOutOfRange
    if isinstance(state, OnSale) and state.streams == command.streams:
        return ()
    return (
        PlanStreamsSet(
            plan_id=command.plan_id, streams=command.streams, set_at=command.now
        ),
    )


def set_trial(command: SetPlanTrial, state: Plan) -> Sequence[PlanEvent]:
    offered(state)
    if not 0 <= command.days <= LONGEST_TRIAL:
        raise TrialOutOfRange
    if isinstance(state, OnSale) and state.trial_days == command.days:
        return ()
    return (
        PlanTrialSet(plan_id=command.plan_id, days=command.days, set_at=command.now),
    )


def reprice_subscribers(
    command: RepriceSubscribers, state: Plan
) -> Sequence[PlanEvent]:
    terms = offered(state)
    if command.migrate_at - command.now < NOTICE:
        raise NoticeTooShort
    if isinstance(state, OnSale) and state.moving_to == terms.price_version:
        return ()
    return (
        SubscribersRepriced(
            plan_id=command.plan_id,
            terms=terms,
            migrate_at=command.migrate_at,
            scheduled_at=command.now,
        ),
    )


def archive(command: ArchivePlan, state: Plan) -> Sequence[PlanEvent]:
    match state:
        case Absent():
            raise PlanNotFound
        case Archived():
            return ()
        case OnSale():
            return (PlanArchived(plan_id=command.plan_id, archived_at=command.now),)
        case _:
            assert_never(state)


def check(price: Money, vat_percent: int) -> None:
    if not LOWEST <= price.minor <= HIGHEST:
        raise PriceOutOfRange
    if not 0 <= vat_percent < 100:
        raise VatOutOfRange


def evolve(state: Plan, event: PlanEvent) -> Plan:
    match event:
        case PlanAdded():
            return OnSale(
                Terms(
                    plan_id=event.plan_id,
                    price_version=1,
                    names=event.names,
                    price=event.price,
                    vat_percent=event.vat_percent,
                    interval=event.interval,
                )
            )
        case PlanRepriced():
            return repriced(state, event)
        case PlanStreamsSet(streams=streams):
            return (
                replace(state, streams=streams) if isinstance(state, OnSale) else state
            )
        case PlanTrialSet(days=days):
            return (
                replace(state, trial_days=days) if isinstance(state, OnSale) else state
            )
        case SubscribersRepriced(terms=terms):
            return (
                replace(state, moving_to=terms.price_version)
                if isinstance(state, OnSale)
                else state
            )
        case PlanArchived():
            return Archived()
        case _:
            assert_never(event)


def repriced(state: Plan, event: PlanRepriced) -> Plan:
    if not isinstance(state, OnSale):
        return state
    terms = replace(
        state.terms,
        price_version=event.price_version,
        price=event.price,
        vat_percent=event.vat_percent,
    )
    return replace(state, terms=terms)


plan: Decider[PlanCommand, Plan, PlanEvent] = Decider(
    category="plan",
    key=lambda command: command.plan_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
