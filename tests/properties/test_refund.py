"""A payment and its refunds, whatever is asked and observed in any order.

Never more goes out than came in, and what has gone out only grows.
"""

from datetime import datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.billing_ids import refund_of
from domain.kernel.decider import Decider
from domain.kernel.errors import DomainError
from domain.kernel.values import Money, RefundId
from domain.payment.decider import payment
from domain.payment.refund_events import (
    PaymentRefunded,
    RefundReleased,
    RefundReserved,
)
from domain.refund.commands import ObservedStatus, RequestRefund
from domain.refund.decider import refund
from domain.refund.events import RefundCanceled, RefundSubmitted, RefundSucceeded
from processes.refund import refund as process
from tests.examples import NOON
from tests.examples.billing import PAYMENT, PRICE
from tests.examples.payments import REF as CHARGE
from tests.examples.payments import created, opened, submitted, succeeded
from tests.examples.refunds import (
    doubt,
    miss,
    observe,
    reject,
    reserve,
    resubmit,
    submit,
)

ids = st.integers(1, 4).map(lambda number: refund_of(PAYMENT, str(number)))
amounts = st.one_of(st.none(), st.integers(1, PRICE.minor + 1).map(Money))
statuses = st.sampled_from(["pending", "succeeded", "canceled"])
PAID = (opened(), created(), submitted(), succeeded())


class RefundMachine(RuleBasedStateMachine):
    """Two streams and the process between them, as they are in the cinema."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.payment: list[Any] = [*PAID]
        self.refunds: dict[RefundId, list[Any]] = {}

    def ask(self, command: Any, of: Decider[Any, Any, Any], log: list[Any]) -> None:
        try:
            events = of.decide(command, of.fold(log))
        except DomainError:
            return
        log += events
        for event in events:
            if isinstance(event, process.facts):
                self.follow(event)

    def follow(self, event: Any) -> None:
        for order in process.react(event, process.initial):
            if isinstance(order, RequestRefund):
                self.tell(order.refund_id, order)
            elif hasattr(order, "payment_id"):
                self.ask(order, payment, self.payment)

    def tell(self, refund_id: RefundId, command: Any) -> None:
        self.ask(command, refund, self.refunds.setdefault(refund_id, []))

    @rule(id_=ids, amount=amounts, retried=st.one_of(st.none(), ids))
    def reserve(
        self, id_: RefundId, amount: Money | None, retried: RefundId | None
    ) -> None:
        command = reserve(refund_id=id_, amount=amount, retry_of=retried, now=self.now)
        self.ask(command, payment, self.payment)

    @rule(id_=ids)
    def submit(self, id_: RefundId) -> None:
        self.tell(id_, submit(refund_id=id_, now=self.now))

    @rule(id_=ids)
    def resubmit(self, id_: RefundId) -> None:
        self.tell(id_, resubmit(refund_id=id_, now=self.now))

    @rule(id_=ids)
    def doubt(self, id_: RefundId) -> None:
        self.tell(id_, doubt(refund_id=id_, now=self.now))

    @rule(id_=ids)
    def reject(self, id_: RefundId) -> None:
        self.tell(id_, reject(refund_id=id_, now=self.now))

    @rule(id_=ids)
    def miss(self, id_: RefundId) -> None:
        self.tell(id_, miss(refund_id=id_, now=self.now))

    @rule(id_=ids, status=statuses, fits=st.sampled_from([True, True, True, False]))
    def observe(self, id_: RefundId, status: ObservedStatus, fits: bool) -> None:
        terms = refund.fold(self.refunds.get(id_, ()))
        amount = getattr(getattr(terms, "terms", None), "amount", PRICE)
        seen = observe(
            refund_id=id_,
            ref=f"{id_}",
            charge_ref=CHARGE if fits else "another",
            status=status,
            amount=amount,
            now=self.now,
        )
        self.tell(id_, seen)

    @rule(hours=st.integers(1, 30))
    def let_time_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @invariant()
    def no_more_goes_out_than_came_in(self) -> None:
        open_: dict[RefundId, int] = {}
        out = 0
        for event in self.payment:
            match event:
                case RefundReserved(refund_id=id_, amount=amount):
                    open_[id_] = amount.minor
                case RefundReleased(refund_id=id_):
                    del open_[id_]
                case PaymentRefunded(refund_id=id_, refunded_total=total):
                    assert total.minor == out + open_.pop(id_)
                    out = total.minor
            assert out + sum(open_.values()) <= PRICE.minor

    @invariant()
    def each_ends_once_and_both_streams_say_the_same(self) -> None:
        succeeded_, canceled = self.ended(RefundSucceeded), self.ended(RefundCanceled)
        assert not succeeded_ & canceled
        settled = [e.refund_id for e in self.of_payment(PaymentRefunded)]
        released = [e.refund_id for e in self.of_payment(RefundReleased)]
        assert (set(settled), set(released)) == (succeeded_, canceled)
        assert len(settled) == len(succeeded_)
        assert len(released) == len(canceled)

    @invariant()
    def each_is_sent_as_it_was_recorded_once(self) -> None:
        for log in self.refunds.values():
            assert sum(isinstance(each, RefundSubmitted) for each in log) <= 1

    def ended(self, kind: type[Any]) -> set[RefundId]:
        found = [each for log in self.refunds.values() for each in log]
        ends = [each.refund_id for each in found if isinstance(each, kind)]
        assert len(ends) == len(set(ends))
        return set(ends)

    def of_payment(self, kind: type[Any]) -> list[Any]:
        return [each for each in self.payment if isinstance(each, kind)]


TestRefund = RefundMachine.TestCase
TestRefund.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
