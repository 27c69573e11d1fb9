"""Whatever is asked in any order: a plan is had when it is paid for, and not before."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.billing_ids import invoice_of
from domain.kernel.errors import DomainError
from domain.kernel.values import Terms
from domain.subscription.change_events import (
    PlanChanged,
    PlanChangePaidLate,
    PlanChangeRejected,
    PlanChangeRequested,
)
from domain.subscription.commands import SubscriptionCommand
from domain.subscription.decider import subscription
from domain.subscription.events import (
    PeriodOpened,
    SubscriptionActivated,
    SubscriptionEvent,
)
from domain.subscription.offers import offer
from domain.subscription.states import Active
from tests.examples import NOON
from tests.examples.billing import SUBSCRIPTION, TERMS
from tests.examples.changes import (
    BASIC,
    PREMIUM,
    YEARLY,
    change_plan,
    confirm_change,
    reject_change,
    revoke_change,
    schedule_change,
)
from tests.examples.subscriptions import (
    cancel,
    confirm,
    end_period,
    revoke,
    set_renewal,
    start,
)

PLANS = (TERMS, PREMIUM, BASIC, YEARLY)


class ChangingMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.log: list[SubscriptionEvent] = []
        self.asked = 0
        self.ask(start())
        self.ask(confirm())

    def ask(self, command: SubscriptionCommand) -> None:
        state = subscription.fold(self.log)
        try:
            events = [*subscription.decide(command, state)]
        except DomainError:
            return
        self.log += events
        with suppress(DomainError):
            assert [*subscription.decide(command, subscription.fold(self.log))] == []

    def requests(self) -> list[PlanChangeRequested]:
        return [each for each in self.log if isinstance(each, PlanChangeRequested)]

    @rule(terms=st.sampled_from(PLANS))
    def change(self, terms: Terms) -> None:
        state = subscription.fold(self.log)
        if not isinstance(state, Active):
            return
        try:
            made = offer(state, terms, self.now)
        except DomainError:
            return
        self.asked += 1
        self.ask(
            change_plan(
                change_id=UUID(int=1_000 + self.asked),
                terms=terms,
                amount=made.amount,
                effective_at=self.now,
                now=self.now,
            )
        )

    @rule(data=st.data(), paid=st.booleans())
    def settle(self, data: st.DataObject, paid: bool) -> None:
        requests = self.requests()
        if not requests:
            return
        request = data.draw(st.sampled_from(requests))
        if paid:
            self.ask(
                confirm_change(
                    change_id=request.change_id,
                    invoice_id=request.invoice_id,
                    paid_at=self.now,
                    now=self.now,
                )
            )
        else:
            self.ask(reject_change(change_id=request.change_id, now=self.now))

    @rule(terms=st.sampled_from(PLANS))
    def schedule(self, terms: object) -> None:
        self.ask(schedule_change(terms=terms, now=self.now))

    @rule(make=st.sampled_from([revoke_change, revoke, end_period]))
    def let_it_be(self, make: object) -> None:
        assert callable(make)
        self.ask(make(now=self.now))

    @rule(at=st.sampled_from(["now", "period_end", "period_end"]))
    def cancel(self, at: str) -> None:
        self.ask(cancel(at=at, now=self.now))

    @rule(enabled=st.booleans())
    def switch(self, enabled: bool) -> None:
        self.ask(set_renewal(enabled=enabled, now=self.now))

    @rule()
    def pay(self) -> None:
        state = subscription.fold(self.log)
        if isinstance(state, Active) and state.debt:
            self.ask(
                confirm(
                    invoice_id=invoice_of(SUBSCRIPTION, state.period_no, "renewal"),
                    period_no=state.period_no,
                    paid_at=self.now,
                    now=self.now,
                )
            )

    @rule(days=st.integers(1, 25))
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def a_plan_is_had_when_it_is_paid_for(self) -> None:
        requested = {each.change_id for each in self.requests()}
        for event in self.log:
            if isinstance(event, PlanChanged):
                assert event.at == "period_end" or event.change_id in requested

    @invariant()
    def money_for_a_change_is_for_it_or_told(self) -> None:
        settled = [
            event.invoice_id
            for event in self.log
            if isinstance(event, PlanChanged | PlanChangePaidLate) and event.invoice_id
        ]
        assert len(settled) == len(set(settled))

    @invariant()
    def one_change_waits_at_most(self) -> None:
        waiting = 0
        for event in self.log:
            if isinstance(event, PlanChangeRequested):
                waiting += 1
            elif isinstance(event, PlanChangeRejected):
                waiting -= 1
            waiting -= isinstance(event, PlanChanged) and event.at == "now"
            assert 0 <= waiting <= 1

    @invariant()
    def what_is_charged_is_on_the_terms_that_hold(self) -> None:
        terms = None
        for event in self.log:
            if isinstance(event, SubscriptionActivated | PlanChanged):
                terms = event.terms
            elif isinstance(event, PeriodOpened):
                assert event.terms == terms

    @invariant()
    def periods_begin_one_after_the_other(self) -> None:
        opened = [
            event.period
            for event in self.log
            if isinstance(event, SubscriptionActivated | PeriodOpened | PlanChanged)
        ]
        assert all(a.start <= b.start for a, b in pairwise(opened))


TestChanging = ChangingMachine.TestCase
TestChanging.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
