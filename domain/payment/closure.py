"""The end of a payment that nobody wants any more: once nothing is under way."""

from collections.abc import Sequence
from datetime import datetime

from domain.payment.commands import ClosePayment
from domain.payment.events import (
    CloseReason,
    PaymentClosed,
    PaymentClosureRequested,
    PaymentEvent,
)
from domain.payment.states import Known


def close(command: ClosePayment, state: Known) -> Sequence[PaymentEvent]:
    """At once, or when the attempt that has been sent is settled."""
    if state.situation != "open" or state.closing:
        return ()
    if state.current and state.current.is_sent:
        return (
            PaymentClosureRequested(
                payment_id=command.payment_id,
                reason=command.reason,
                requested_at=command.now,
            ),
        )
    return (closed(state, command.reason, command.now),)


def closed_with_it(state: Known, now: datetime) -> Sequence[PaymentEvent]:
    """What follows when the last attempt has failed."""
    return (closed(state, state.closing, now),) if state.closing else ()


def closed(state: Known, reason: CloseReason, now: datetime) -> PaymentClosed:
    terms = state.terms
    return PaymentClosed(
        payment_id=terms.payment_id,
        invoice_id=terms.invoice_id,
        subscription_id=terms.subscription_id,
        account_id=terms.account_id,
        purpose=terms.purpose,
        reason=reason,
        closed_at=now,
    )
