"""Whatever happens in any order: periods follow one another, and what is over is."""

from datetime import datetime, timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.billing_ids import invoice_of
from domain.kernel.errors import DomainError
from domain.kernel.values import Period
from domain.subscription.commands import SubscriptionCommand
from domain.subscription.decider import subscription
from domain.subscription.events import (
    PeriodOpened,
    PeriodPaid,
    PeriodSkipped,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionEvent,
    SubscriptionExpired,
    SubscriptionIncompleteExpired,
    SubscriptionPaidLate,
    SubscriptionRecovered,
)
from tests.examples import NOON
from tests.examples.billing import SUBSCRIPTION
from tests.examples.subscriptions import (
    announce,
    cancel,
    confirm,
    end_period,
    expire_incomplete,
    expire_unpaid,
    mark_past_due,
    revoke,
    set_renewal,
    start,
    suspend,
    take_step,
)

ENDS = SubscriptionCanceled | SubscriptionExpired | SubscriptionIncompleteExpired
PAID = SubscriptionActivated | PeriodPaid | SubscriptionRecovered


class SubscriptionMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.log: list[SubscriptionEvent] = []
        self.ask(start())

    def ask(self, command: SubscriptionCommand) -> None:
        try:
            self.log += subscription.decide(command, subscription.fold(self.log))
        except DomainError:
            return

    @property
    def period_no(self) -> int:
        opened = [e.period_no for e in self.log if isinstance(e, PeriodOpened)]
        return opened[-1] if opened else 0

    @property
    def invoice(self) -> dict[str, object]:
        if self.period_no:
            return {"invoice_id": invoice_of(SUBSCRIPTION, self.period_no, "renewal")}
        return {"invoice_id": invoice_of(SUBSCRIPTION, 0, "first")}

    @rule()
    def pay(self) -> None:
        about = {"period_no": self.period_no, "paid_at": self.now, "now": self.now}
        self.ask(confirm(**self.invoice, **about))

    @rule()
    def decline(self) -> None:
        self.ask(mark_past_due(**self.invoice, period_no=self.period_no, now=self.now))

    @rule(make=st.sampled_from([suspend, expire_unpaid]))
    def give_up(self, make: object) -> None:
        assert callable(make)
        self.ask(make(**self.invoice, now=self.now))

    @rule(
        make=st.sampled_from(
            [end_period, announce, take_step, expire_incomplete, revoke]
        )
    )
    def let_it_be_due(self, make: object) -> None:
        assert callable(make)
        self.ask(make(now=self.now))

    @rule(at=st.sampled_from(["now", "period_end"]))
    def cancel(self, at: str) -> None:
        self.ask(cancel(at=at, now=self.now))

    @rule(enabled=st.booleans())
    def switch(self, enabled: bool) -> None:
        self.ask(set_renewal(enabled=enabled, now=self.now))

    @rule(days=st.integers(1, 40))
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def periods_follow_one_another_without_overlap(self) -> None:
        periods = [
            event.period
            for event in self.log
            if isinstance(event, SubscriptionActivated | PeriodOpened | PeriodSkipped)
            or (isinstance(event, SubscriptionRecovered) and event.anchor_no)
        ]
        last: Period | None = None
        for period in periods:
            assert period.start < period.end
            assert last is None or period.start >= last.start
            last = period

    @invariant()
    def nothing_opens_before_the_last_is_paid(self) -> None:
        unpaid = False
        for event in self.log:
            if isinstance(event, PeriodOpened):
                assert not unpaid
                unpaid = True
            elif isinstance(event, PAID):
                unpaid = False

    @invariant()
    def what_is_over_stays_over(self) -> None:
        ends = [n for n, event in enumerate(self.log) if isinstance(event, ENDS)]
        assert len(ends) <= 1
        for end in ends:
            rest = self.log[end + 1 :]
            assert all(isinstance(event, SubscriptionPaidLate) for event in rest)

    @invariant()
    def each_period_is_paid_once(self) -> None:
        paid = [event.invoice_id for event in self.log if isinstance(event, PAID)]
        assert len(paid) == len(set(paid))


TestSubscription = SubscriptionMachine.TestCase
TestSubscription.settings = settings(
    max_examples=150, stateful_step_count=30, deadline=None
)
