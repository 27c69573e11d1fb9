"""One attempt: sent, sent again, in doubt, refused, or found never to have arrived.

``observation`` has what the gateway shows of it.
"""

from collections.abc import Sequence
from typing import TypeAlias, TypeGuard
from uuid import UUID

from domain.payment.closure import closed_with_it
from domain.payment.commands import (
    DoubtAttempt,
    MissAttempt,
    RejectAttempt,
    ResubmitAttempt,
    SubmitAttempt,
)
from domain.payment.events import (
    AttemptNotFound,
    AttemptOutcomeUnknown,
    AttemptRejected,
    AttemptResolvedAbsent,
    AttemptResubmitted,
    AttemptSubmitted,
    PaymentEvent,
)
from domain.payment.receipt_events import ReceiptAddressed
from domain.payment.refusals import (
    AttemptSubmittedAlready,
    PaymentNotWanted,
    ResubmissionTooLate,
)
from domain.payment.states import Attempt, Known
from domain.resending import counts_as_scan, is_absent, is_remembered

Events: TypeAlias = Sequence[PaymentEvent]


def submit(command: SubmitAttempt, state: Known) -> Events:
    current = state.current
    if state.closing:
        raise PaymentNotWanted
    if not is_current(current, command.attempt_id) or current.stage != "created":
        raise AttemptSubmittedAlready
    submitted = AttemptSubmitted(
        payment_id=command.payment_id,
        attempt_id=command.attempt_id,
        request=command.request,
        submitted_at=command.now,
    )
    if command.email is None:
        return (submitted,)
    addressed = ReceiptAddressed(
        payment_id=command.payment_id,
        attempt_id=command.attempt_id,
        account_id=state.terms.account_id,
        email=command.email,
        addressed_at=command.now,
    )
    return (addressed, submitted)


def resubmit(command: ResubmitAttempt, state: Known) -> Events:
    """If the first request was lost, this one is the charge: is it still wanted?"""
    current = state.current
    if state.closing:
        raise PaymentNotWanted
    if not is_current(current, command.attempt_id) or not current.first_sent_at:
        raise AttemptSubmittedAlready
    if current.stage == "pending":
        raise AttemptSubmittedAlready
    if not is_remembered(current.first_sent_at, command.now):
        raise ResubmissionTooLate
    return (
        AttemptResubmitted(
            payment_id=command.payment_id,
            attempt_id=command.attempt_id,
            resubmitted_at=command.now,
        ),
    )


def doubt(command: DoubtAttempt, state: Known) -> Events:
    current = state.current
    if not is_current(current, command.attempt_id) or current.stage != "submitted":
        return ()
    return (
        AttemptOutcomeUnknown(
            payment_id=command.payment_id,
            attempt_id=command.attempt_id,
            cause=command.cause,
            since=command.now,
        ),
    )


def reject(command: RejectAttempt, state: Known) -> Events:
    """Only the answer to the first request proves that nothing was created."""
    current = state.current
    if not is_current(current, command.attempt_id):
        return ()
    if current.stage in ("unknown", "pending") or current.sends > 1:
        return ()
    terms = state.terms
    return (
        AttemptRejected(
            payment_id=command.payment_id,
            invoice_id=terms.invoice_id,
            subscription_id=terms.subscription_id,
            account_id=terms.account_id,
            purpose=terms.purpose,
            attempt_id=command.attempt_id,
            amount=terms.amount,
            reason=command.reason,
            detail=command.detail,
            method=current.method,
            off_session=current.method is not None,
            rejected_at=command.now,
        ),
        *closed_with_it(state, command.now),
    )


def miss(command: MissAttempt, state: Known) -> Events:
    current = state.current
    if not is_current(current, command.attempt_id) or not current.last_sent_at:
        return ()
    sent_at, missed = current.last_sent_at, current.missed
    if current.stage == "pending" or not counts_as_scan(sent_at, missed, command.now):
        return ()
    looked = AttemptNotFound(
        payment_id=command.payment_id,
        attempt_id=command.attempt_id,
        scanned_at=command.now,
    )
    if not is_absent(sent_at, missed, command.now):
        return (looked,)
    return (
        looked,
        absence(command, state, current),
        *closed_with_it(state, command.now),
    )


def absence(
    command: MissAttempt, state: Known, current: Attempt
) -> AttemptResolvedAbsent:
    terms = state.terms
    return AttemptResolvedAbsent(
        payment_id=command.payment_id,
        invoice_id=terms.invoice_id,
        subscription_id=terms.subscription_id,
        account_id=terms.account_id,
        purpose=terms.purpose,
        attempt_id=command.attempt_id,
        method=current.method,
        off_session=current.method is not None,
        resolved_at=command.now,
    )


def is_current(current: Attempt | None, attempt_id: UUID) -> TypeGuard[Attempt]:
    return current is not None and current.attempt_id == attempt_id
