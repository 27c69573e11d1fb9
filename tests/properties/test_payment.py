"""Whatever is asked and observed in any order: one attempt at a time, paid once."""

from datetime import datetime, timedelta
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.billing_ids import attempt_of
from domain.kernel.errors import DomainError
from domain.kernel.values import Money
from domain.payment.commands import ObservedStatus, PaymentCommand
from domain.payment.decider import payment
from domain.payment.events import (
    AttemptCanceled,
    AttemptCreated,
    AttemptRejected,
    AttemptResolvedAbsent,
    AttemptSubmitted,
    PaymentClosed,
    PaymentEvent,
    PaymentSucceeded,
)
from tests.examples import NOON
from tests.examples.billing import ACCOUNT, METHOD, PAYMENT, PRICE
from tests.examples.payments import (
    close,
    doubt,
    miss,
    observe,
    open_payment,
    reject,
    resubmit,
    retry,
    submit,
)

FAILURES = AttemptCanceled | AttemptRejected | AttemptResolvedAbsent
attempts = st.integers(1, 4).map(lambda number: attempt_of(PAYMENT, number))
statuses = st.sampled_from(["pending", "succeeded", "canceled"])


class PaymentMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.log: list[PaymentEvent] = []
        self.ask(open_payment())

    def ask(self, command: PaymentCommand) -> None:
        state = payment.fold(self.log)
        try:
            events = list(payment.decide(command, state))
        except DomainError:
            return
        self.log += events
        again = payment.fold(self.log)
        try:
            repeated = payment.decide(command, again)
        except DomainError:
            return
        kinds = {type(event) for event in repeated}
        assert PaymentSucceeded not in kinds

    @rule(by_payer=st.booleans())
    def retry(self, by_payer: bool) -> None:
        account_id = ACCOUNT if by_payer else None
        method = None if by_payer else METHOD
        self.ask(retry(account_id=account_id, method=method, now=self.now))

    @rule(attempt=attempts)
    def submit(self, attempt: UUID) -> None:
        self.ask(submit(attempt_id=attempt, now=self.now))

    @rule(attempt=attempts)
    def resubmit(self, attempt: UUID) -> None:
        self.ask(resubmit(attempt_id=attempt, now=self.now))

    @rule(attempt=attempts)
    def doubt(self, attempt: UUID) -> None:
        self.ask(doubt(attempt_id=attempt, now=self.now))

    @rule(attempt=attempts)
    def reject(self, attempt: UUID) -> None:
        self.ask(reject(attempt_id=attempt, now=self.now))

    @rule(attempt=attempts)
    def miss(self, attempt: UUID) -> None:
        self.ask(miss(attempt_id=attempt, now=self.now))

    @rule(
        attempt=attempts,
        status=statuses,
        minor=st.sampled_from([PRICE.minor, PRICE.minor, 1]),
        copy=st.sampled_from(["", "", "-copy"]),
    )
    def observe(
        self, attempt: UUID, status: ObservedStatus, minor: int, copy: str
    ) -> None:
        seen = observe(
            attempt_id=attempt,
            ref=f"{attempt}{copy}",
            status=status,
            amount=Money(minor),
            now=self.now,
        )
        self.ask(seen)

    @rule()
    def close(self) -> None:
        self.ask(close(now=self.now))

    @rule(hours=st.integers(1, 30))
    def let_time_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @invariant()
    def it_is_paid_once_and_with_the_right_amount(self) -> None:
        paid = self.of(PaymentSucceeded)
        assert len(paid) <= 1
        assert all(event.amount == PRICE for event in paid)

    @invariant()
    def there_is_one_attempt_at_a_time(self) -> None:
        under_way: set[UUID] = set()
        for event in self.log:
            if isinstance(event, AttemptCreated):
                assert not under_way
                under_way.add(event.attempt_id)
            elif isinstance(event, FAILURES | PaymentSucceeded):
                assert event.attempt_id in under_way
                under_way.clear()
            elif isinstance(event, PaymentClosed):
                under_way.clear()

    @invariant()
    def nothing_is_sent_once_it_is_over(self) -> None:
        kinds = [type(event) for event in self.log]
        for end in (PaymentSucceeded, PaymentClosed):
            if end in kinds:
                after = kinds[kinds.index(end) :]
                assert AttemptSubmitted not in after
                assert AttemptCreated not in after

    def of(self, kind: type[PaymentSucceeded]) -> list[PaymentSucceeded]:
        return [event for event in self.log if isinstance(event, kind)]


TestPayment = PaymentMachine.TestCase
TestPayment.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
