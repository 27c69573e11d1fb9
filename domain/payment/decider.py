"""A payment: one attempt after another, never two at a time, never two that succeed."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias, assert_never

from domain.billing_ids import attempt_of, charge_key
from domain.kernel.decider import Decider
from domain.kernel.values import MethodOnFile
from domain.payment import attempts
from domain.payment.closure import close
from domain.payment.commands import (
    ClosePayment,
    DoubtAttempt,
    MissAttempt,
    ObserveCharge,
    OpenPayment,
    PaymentCommand,
    RejectAttempt,
    ResubmitAttempt,
    RetryPayment,
    SubmitAttempt,
)
from domain.payment.events import AttemptCreated, PaymentEvent, PaymentOpened
from domain.payment.observation import observe
from domain.payment.refund_commands import (
    ReleaseRefund,
    ReserveRefund,
    SettleRefund,
)
from domain.payment.refunding import refunding
from domain.payment.refusals import (
    PaymentNotFound,
    PaymentNotWanted,
    PaymentSucceededAlready,
    PaymentUnderWay,
)
from domain.payment.states import Absent, Attempt, Known, Payment, evolve

Events: TypeAlias = Sequence[PaymentEvent]


def decide(command: PaymentCommand, state: Payment) -> Events:
    if isinstance(command, OpenPayment):
        return open_payment(command, state)
    if isinstance(state, Absent):
        raise PaymentNotFound
    match command:
        case RetryPayment():
            return retry(command, state)
        case ClosePayment():
            return close(command, state)
        case ObserveCharge():
            return observe(command, state)
        case SubmitAttempt():
            return attempts.submit(command, state)
        case ResubmitAttempt():
            return attempts.resubmit(command, state)
        case DoubtAttempt():
            return attempts.doubt(command, state)
        case RejectAttempt():
            return attempts.reject(command, state)
        case MissAttempt():
            return attempts.miss(command, state)
        case ReserveRefund() | ReleaseRefund() | SettleRefund():
            return refunding(command, state)
        case _:
            assert_never(command)


def open_payment(command: OpenPayment, state: Payment) -> Events:
    """A renewal without a method waits for its payer to come and pay."""
    if not isinstance(state, Absent):
        return ()
    opened = PaymentOpened(
        payment_id=command.payment_id,
        invoice_id=command.invoice_id,
        subscription_id=command.subscription_id,
        account_id=command.account_id,
        purpose=command.purpose,
        names=command.names,
        amount=command.amount,
        gateway=command.gateway,
        save_method=command.save_method,
        opened_at=command.now,
    )
    if command.purpose == "renewal" and not command.method:
        return (opened,)
    return (opened, attempt(opened, 1, command.method, command.now))


def attempt(
    terms: PaymentOpened, number: int, method: MethodOnFile | None, now: datetime
) -> AttemptCreated:
    return AttemptCreated(
        payment_id=terms.payment_id,
        invoice_id=terms.invoice_id,
        subscription_id=terms.subscription_id,
        account_id=terms.account_id,
        purpose=terms.purpose,
        attempt_id=attempt_of(terms.payment_id, number),
        attempt_no=number,
        names=terms.names,
        amount=terms.amount,
        gateway=terms.gateway,
        key=charge_key(terms.invoice_id, number, terms.gateway),
        method=method,
        save_method=terms.save_method,
        created_at=now,
    )


def retry(command: RetryPayment, state: Known) -> Events:
    by_payer = command.account_id is not None
    if by_payer and command.account_id != state.terms.account_id:
        raise PaymentNotFound
    if state.situation == "paid":
        return refused(by_payer, PaymentSucceededAlready)
    if state.situation == "closed" or state.closing:
        return refused(by_payer, PaymentNotWanted)
    if state.current:
        if by_payer and not can_be_confirmed(state.current):
            raise PaymentUnderWay
        return ()
    number = state.attempts + 1
    return (attempt(state.terms, number, command.method, command.now),)


def refused(
    by_payer: bool, why: type[PaymentSucceededAlready | PaymentNotWanted]
) -> Events:
    """A person is told why; for a process it is as it should be."""
    if by_payer:
        raise why
    return ()


def can_be_confirmed(current: Attempt) -> bool:
    """The payer has an address to go to, or will have one in a moment."""
    is_theirs = current.method is None
    return is_theirs and current.stage in ("created", "submitted", "pending")


payment: Decider[PaymentCommand, Payment, PaymentEvent] = Decider(
    category="payment",
    key=lambda command: command.payment_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
