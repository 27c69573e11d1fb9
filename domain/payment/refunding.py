"""How much of a payment may be paid back: never more than was taken, in any race."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from domain.kernel.values import Money
from domain.payment.refund_commands import (
    RefundingCommand,
    ReleaseRefund,
    ReserveRefund,
    SettleRefund,
)
from domain.payment.refund_events import (
    PaymentRefunded,
    RefundReleased,
    RefundReserved,
)
from domain.payment.refusals import (
    NothingToRefund,
    PaymentNotPaid,
    RefundExceedsPayment,
    RefundInAnotherCurrency,
    RefundNotFailed,
    RefundOfNothing,
)
from domain.payment.states import Known

Events: TypeAlias = Sequence[RefundReserved | RefundReleased | PaymentRefunded]


def refunding(command: RefundingCommand, state: Known) -> Events:
    match command:
        case ReserveRefund():
            return reserve(command, state)
        case ReleaseRefund():
            return release(command, state)
        case SettleRefund():
            return settle(command, state)
        case _:
            assert_never(command)


def reserve(command: ReserveRefund, state: Known) -> Events:
    if state.refunds.knows(command.refund_id):
        return ()
    if command.retry_of and command.retry_of not in state.refunds.released:
        raise RefundNotFailed
    amount, terms = wanted(command, state), state.terms
    assert state.charge_ref is not None
    return (
        RefundReserved(
            payment_id=command.payment_id,
            refund_id=command.refund_id,
            invoice_id=terms.invoice_id,
            subscription_id=terms.subscription_id,
            account_id=terms.account_id,
            names=terms.names,
            gateway=terms.gateway,
            charge_ref=state.charge_ref,
            amount=amount,
            cause=command.cause,
            reason=command.reason,
            access=command.access,
            retry_of=command.retry_of,
            reserved_at=command.now,
        ),
    )


def wanted(command: ReserveRefund, state: Known) -> Money:
    """How much it is to be, if that much is there."""
    if state.situation != "paid":
        raise PaymentNotPaid
    captured, retried = state.terms.amount, command.retry_of
    left = Money(captured.minor - state.refunds.spoken_for, captured.currency)
    again = state.refunds.released[retried].amount if retried else left
    amount = command.amount or again
    if amount.currency != captured.currency:
        raise RefundInAnotherCurrency
    if command.amount is not None and not command.amount.minor:
        raise RefundOfNothing
    if not left.minor:
        raise NothingToRefund
    if amount.minor > left.minor:
        raise RefundExceedsPayment
    return amount


def release(command: ReleaseRefund, state: Known) -> Events:
    reserved = state.refunds.reserved.get(command.refund_id)
    if reserved is None:
        return ()
    return (
        RefundReleased(
            payment_id=command.payment_id,
            refund_id=command.refund_id,
            account_id=reserved.account_id,
            amount=reserved.amount,
            released_at=command.now,
        ),
    )


def settle(command: SettleRefund, state: Known) -> Events:
    refunds, captured = state.refunds, state.terms.amount
    reserved = refunds.reserved.get(command.refund_id)
    if reserved is None:
        return ()
    total = Money(refunds.refunded + reserved.amount.minor, captured.currency)
    return (
        PaymentRefunded(
            payment_id=command.payment_id,
            refund_id=command.refund_id,
            invoice_id=reserved.invoice_id,
            subscription_id=reserved.subscription_id,
            account_id=reserved.account_id,
            amount=reserved.amount,
            refunded_total=total,
            captured=captured,
            cause=reserved.cause,
            reason=reserved.reason,
            access=reserved.access,
            refunded_at=command.now,
        ),
    )
