"""Whatever happens in any order: periods follow one another, and what is over is."""

from datetime import datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from domain.kernel.errors import DomainError
from domain.kernel.values import InvoiceId
from domain.subscription.commands import SubscriptionCommand
from domain.subscription.decider import subscription
from domain.subscription.events import (
    PeriodOpened,
    SubscriptionEvent,
    SubscriptionPastDue,
)
from domain.subscription.standing_commands import GrantFreeTime
from domain.subscription.states import (
    Active,
    Existing,
    Incomplete,
    Over,
    Paused,
    Subscription,
    Unpaid,
)
from projections.projection import fold
from projections.subscription_row import OPENING_TAKES, SubscriptionRow
from projections.subscriptions import subscriptions
from tests.examples import NOON, recorded
from tests.examples.billing import INVOICE
from tests.examples.standing import (
    block,
    end_pause,
    grant,
    open_checkout,
    pause,
    remind,
    reschedule_trial,
    resume,
    revoke_pause,
    unblock,
)
from tests.examples.subscriptions import (
    announce,
    cancel,
    clear_method,
    confirm,
    end_period,
    expire_incomplete,
    expire_unpaid,
    mark_past_due,
    revoke,
    set_method,
    set_renewal,
    start,
    suspend,
    take_step,
)
from tests.properties.subscription_history import HISTORY
from tests.properties.subscription_spans import Spans

DUE = (end_period, announce, remind, take_step, end_pause)
PERSONAL = (revoke, revoke_pause, resume, open_checkout, block, unblock)


class SubscriptionMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.log: list[SubscriptionEvent] = []
        self.state: Subscription = subscription.initial
        self.spans = Spans()

    @initialize(days=st.sampled_from([0, 0, 3, 14]), paid=st.sampled_from([1, 1, 1, 0]))
    def start(self, days: int, paid: int) -> None:
        """Most of what there is to see comes after the first money."""
        self.ask(start(trial_days=days))
        self.ask(set_method(now=self.now))
        if paid and not days:
            self.pay_for_the_checkout()

    def ask(self, command: SubscriptionCommand) -> None:
        try:
            events = subscription.decide(command, self.state)
        except DomainError:
            return
        self.log += events
        self.spans.follow(events)
        for event in events:
            self.state = subscription.evolve(self.state, event)
        if not isinstance(command, GrantFreeTime):
            self.nothing_more_comes_of(command)

    def nothing_more_comes_of(self, command: SubscriptionCommand) -> None:
        try:
            assert not subscription.decide(command, self.state)
        except DomainError:
            return

    @property
    def awaited(self) -> InvoiceId:
        match self.state:
            case Active(debt=debt) | Unpaid(debt=debt) if debt:
                return debt.invoice_id
            case _:
                return INVOICE

    @property
    def period_no(self) -> int:
        state = self.state
        return max(state.period_no, 0) if isinstance(state, Active | Unpaid) else 0

    @rule(hours=st.integers(0, 3))
    def pay(self, hours: int) -> None:
        about = {"invoice_id": self.awaited, "period_no": self.period_no}
        self.now += timedelta(hours=hours)
        self.ask(confirm(**about, paid_at=self.now, now=self.now))

    @rule()
    def pay_for_the_checkout(self) -> None:
        self.ask(confirm(paid_at=self.now, now=self.now))

    @rule()
    def decline(self) -> None:
        about = {"invoice_id": self.awaited, "period_no": self.period_no}
        self.ask(mark_past_due(**about, now=self.now))

    @rule(make=st.sampled_from([suspend, expire_unpaid]))
    def give_up(self, make: Any) -> None:
        self.ask(make(invoice_id=self.awaited, now=self.now))

    @rule(make=st.sampled_from([*DUE, *DUE, *PERSONAL, expire_incomplete]))
    def let_it_be_due(self, make: Any) -> None:
        self.ask(make(now=self.now))

    @rule(make=st.sampled_from([set_method, clear_method]))
    def change_the_card(self, make: Any) -> None:
        self.ask(make(now=self.now))

    @rule(at=st.sampled_from(["now", *["period_end"] * 9]))
    def cancel(self, at: str) -> None:
        self.ask(cancel(at=at, now=self.now))

    @rule(enabled=st.booleans())
    def switch(self, enabled: bool) -> None:
        self.ask(set_renewal(enabled=enabled, now=self.now))

    @rule(
        at=st.sampled_from(["now", "period_end"]),
        days=st.none() | st.integers(1, 90),
        part=st.integers(0, 999_999),
    )
    def pause(self, at: str, days: int | None, part: int) -> None:
        self.now += timedelta(microseconds=part)
        resume_at = None if days is None else self.now + timedelta(days=days)
        self.ask(pause(at=at, resume_at=resume_at, now=self.now))

    @rule(days=st.integers(1, 60))
    def give_time(self, days: int) -> None:
        self.ask(grant(days=days, now=self.now))

    @rule(days=st.integers(-2, 30))
    def move_the_trial(self, days: int) -> None:
        end = self.now + timedelta(days=days)
        self.ask(reschedule_trial(trial_end=end, now=self.now))

    @rule(days=st.integers(1, 40))
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule()
    def let_the_period_end(self) -> None:
        if isinstance(self.state, Active) and self.state.period.end > self.now:
            self.now = self.state.period.end
            self.ask(end_period(now=self.now))

    @invariant()
    def history_makes_sense(self) -> None:
        for check in HISTORY:
            check(self.log)

    @invariant()
    def one_thing_is_scheduled(self) -> None:
        if isinstance(self.state, Active):
            assert not (self.state.cancellation and self.state.pause)

    @invariant()
    def what_is_paid_for_ends_with_the_last_span(self) -> None:
        """So that it is never later than periods, trial and gifts come to together."""
        if isinstance(self.state, Active | Unpaid):
            assert self.state.period.end == self.spans.end
        if isinstance(self.state, Paused):
            assert self.state.remaining == self.spans.left

    @invariant()
    def access_follows_from_the_situation_and_the_time(self) -> None:
        if not isinstance(self.state, Existing):
            return
        rows: dict[Any, SubscriptionRow] = {}
        fold(subscriptions, rows, recorded(*self.log))
        [row] = rows.values()
        is_open = row.access_until is not None and row.access_until > self.now
        assert (is_open and row.blocked_at is None) == self.has_access(self.state)

    def has_access(self, state: Existing) -> bool:
        if state.contract.blocked:
            return False
        match state:
            case Incomplete() | Paused() | Over():
                return False
            case Active(debt=None):
                stops = state.cancellation or state.pause
                is_renewing = state.contract.auto_renew and not stops
                margin = OPENING_TAKES if is_renewing else timedelta(0)
                return self.now < state.period.end + margin
            case Active():
                opened = [e for e in self.log if isinstance(e, PeriodOpened)]
                return self.now < opened[-1].grace_until
            case Unpaid(suspended=suspended):
                late = [e for e in self.log if isinstance(e, SubscriptionPastDue)]
                return not suspended and self.now < late[-1].grace_until


TestSubscription = SubscriptionMachine.TestCase
TestSubscription.settings = settings(
    max_examples=150, stateful_step_count=30, deadline=None
)
