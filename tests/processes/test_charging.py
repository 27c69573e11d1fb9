"""What is recorded before, between and after the calls."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.errors import DomainError
from domain.kernel.values import Money
from domain.payment.commands import (
    DoubtAttempt,
    MissAttempt,
    ObserveCharge,
    RejectAttempt,
    ResubmitAttempt,
    SubmitAttempt,
)
from domain.payment.refusals import PaymentNotWanted
from domain.payment_method.commands import UsePaymentMethod
from domain.payment_method.decider import PaymentMethodNotUsable
from processes.charging import Charging, Order
from projections.charges_due import ChargeDue
from tests.examples import NOON, example
from tests.examples.billing import ACCOUNT, ATTEMPT, METHOD, NAMES, PAYMENT, PRICE
from tests.memory_gateway import MemoryGateway

KEY = UUID(int=7)
due = example(
    ChargeDue,
    payment_id=PAYMENT,
    attempt_id=ATTEMPT,
    account_id=ACCOUNT,
    names=NAMES,
    amount=PRICE,
    gateway="memory",
    key=KEY,
    method=None,
    save_method=True,
    stage="created",
    due=NOON,
    version=2,
    correlation_id=KEY,
    causation_id=KEY,
)


class Counter:
    def __init__(self) -> None:
        self.now = NOON
        self.gateway = MemoryGateway(lambda: self.now)
        self.charging = Charging(
            {"memory": self.gateway}, lambda: self.now, "https://cinema.example/"
        )

    def work(
        self, charge: ChargeDue, *refused: type[object], refusal: DomainError
    ) -> list[Order]:
        steps, orders = self.charging.react(charge), list[Order]()
        answer: DomainError | None = None
        while True:
            try:
                order = steps.send(answer) if orders else next(steps)
            except StopIteration:
                return orders
            orders.append(order)
            answer = refusal if isinstance(order, refused) else None

    def orders(self, charge: ChargeDue, *refused: type[object]) -> list[type[Any]]:
        refusal = PaymentNotWanted()
        return [type(o) for o in self.work(charge, *refused, refusal=refusal)]


@pytest.fixture
def counter() -> Counter:
    return Counter()


def in_doubt(counter: Counter, **changes: object) -> ChargeDue:
    request = counter.gateway.prepare(counter.charging.order(due()))
    times = {"first_sent_at": NOON, "last_sent_at": NOON}
    return due(**{"stage": "unknown", "request": request, **times, **changes})


def test_the_intent_comes_before_the_call(counter: Counter) -> None:
    steps = counter.charging.react(due())
    assert isinstance(next(steps), SubmitAttempt)
    assert not counter.gateway.sent
    assert isinstance(steps.send(None), ObserveCharge)
    assert counter.gateway.sent == {KEY: 1}


def test_a_refused_intent_is_not_sent(counter: Counter) -> None:
    assert counter.orders(due(), SubmitAttempt) == [SubmitAttempt]
    assert not counter.gateway.sent


def test_a_card_is_asked_for_before_it_is_charged(counter: Counter) -> None:
    charge = due(method=METHOD)
    assert counter.orders(charge) == [UsePaymentMethod, SubmitAttempt, ObserveCharge]


def test_a_detached_card_is_not_charged(counter: Counter) -> None:
    refusal = PaymentMethodNotUsable()
    [_, rejection] = counter.work(due(method=METHOD), UsePaymentMethod, refusal=refusal)
    assert isinstance(rejection, RejectAttempt)
    assert rejection.reason == "payment_method_detached"
    assert not counter.gateway.sent


def test_no_answer_is_doubt_and_a_no_is_a_no(counter: Counter) -> None:
    counter.gateway.faults.extend(["lost", "refused"])
    doubtful: list[type[Any]] = [SubmitAttempt, DoubtAttempt]
    assert counter.orders(due()) == doubtful
    assert counter.orders(due(key=UUID(int=8))) == [SubmitAttempt, RejectAttempt]


def test_the_same_bytes_go_out_again(counter: Counter) -> None:
    charge = in_doubt(counter)
    assert counter.orders(charge) == [ResubmitAttempt, ObserveCharge]
    assert counter.gateway.requests[KEY] == charge.request


def test_a_no_to_the_second_request_says_nothing_of_the_first(
    counter: Counter,
) -> None:
    counter.gateway.faults.append("refused")
    assert counter.orders(in_doubt(counter)) == [ResubmitAttempt, DoubtAttempt]


@pytest.mark.parametrize("how", ["late", "unwanted", "refused", "detached"])
def test_what_may_not_be_sent_again_is_looked_for(counter: Counter, how: str) -> None:
    charge, refused = in_doubt(counter), tuple[type[object], ...]()
    before: list[type[Any]] = []
    if how == "late":
        counter.now += timedelta(hours=23)
    elif how == "unwanted":
        charge = in_doubt(counter, wanted=False)
    elif how == "refused":
        refused, before = (ResubmitAttempt,), [ResubmitAttempt]
    else:
        charge = in_doubt(counter, method=METHOD)
        refused, before = (UsePaymentMethod,), [UsePaymentMethod]
    assert counter.orders(charge, *refused) == [*before, MissAttempt]
    assert not counter.gateway.sent


def test_it_is_found_on_any_page(counter: Counter) -> None:
    others = [UUID(int=number) for number in range(20, 25)]
    for key in others:
        charge = due(attempt_id=key, key=key)
        counter.orders(charge)
    counter.orders(due())
    orders = counter.work(in_doubt(counter, wanted=False), refusal=PaymentNotWanted())
    [found] = orders
    assert isinstance(found, ObserveCharge)
    assert (found.attempt_id, found.amount) == (ATTEMPT, Money(399_00))


def test_what_is_pending_is_asked_about(counter: Counter) -> None:
    [_, seen] = counter.work(due(), refusal=PaymentNotWanted())
    assert isinstance(seen, ObserveCharge)
    assert counter.orders(due(stage="pending", ref=seen.ref)) == [ObserveCharge]
    assert counter.orders(due(stage="pending", ref="unheard-of")) == []
