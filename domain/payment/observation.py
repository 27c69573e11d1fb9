"""What the gateway shows: true in whatever order it comes, if it fits what we know."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from domain.payment.closure import closed_with_it
from domain.payment.commands import ObserveCharge
from domain.payment.events import (
    AttemptCanceled,
    AttemptPending,
    ChargeQuarantined,
    PaymentEvent,
    PaymentSucceeded,
    QuarantineReason,
)
from domain.payment.states import Attempt, Known, Settled

Events: TypeAlias = Sequence[PaymentEvent]


def observe(command: ObserveCharge, state: Known) -> Events:
    if command.amount != state.terms.amount:
        return quarantine(command, state, "amount-mismatch")
    if settled := state.settled.get(command.attempt_id):
        return compare(command, state, settled)
    current = state.current
    if current is None or current.attempt_id != command.attempt_id:
        return quarantine(command, state, "unknown-attempt")
    if current.ref not in (None, command.ref):
        return quarantine(command, state, "another-reference")
    return advance(command, state, current)


def advance(command: ObserveCharge, state: Known, current: Attempt) -> Events:
    match command.status:
        case "pending" | "waiting_for_capture":
            if current.stage == "pending":
                return ()
            return (
                AttemptPending(
                    payment_id=command.payment_id,
                    subscription_id=state.terms.subscription_id,
                    account_id=state.terms.account_id,
                    attempt_id=command.attempt_id,
                    ref=command.ref,
                    confirmation_url=command.confirmation_url,
                    since=command.now,
                ),
            )
        case "succeeded":
            return (success(command, state, current),)
        case "canceled":
            canceled = cancellation(command, state, current)
            return (canceled, *closed_with_it(state, command.now))
        case _:
            assert_never(command.status)


def success(command: ObserveCharge, state: Known, current: Attempt) -> PaymentSucceeded:
    """A gateway whose clock is ahead does not move the money into the future."""
    taken_at = min(command.captured_at or command.now, command.now)
    terms = state.terms
    return PaymentSucceeded(
        payment_id=command.payment_id,
        invoice_id=terms.invoice_id,
        subscription_id=terms.subscription_id,
        account_id=terms.account_id,
        purpose=terms.purpose,
        attempt_id=command.attempt_id,
        gateway=terms.gateway,
        ref=command.ref,
        amount=terms.amount,
        card=command.card,
        off_session=current.method is not None,
        succeeded_at=taken_at,
        income=command.income,
    )


def cancellation(
    command: ObserveCharge, state: Known, current: Attempt
) -> AttemptCanceled:
    terms = state.terms
    return AttemptCanceled(
        payment_id=command.payment_id,
        invoice_id=terms.invoice_id,
        subscription_id=terms.subscription_id,
        account_id=terms.account_id,
        purpose=terms.purpose,
        attempt_id=command.attempt_id,
        ref=command.ref,
        amount=terms.amount,
        reason=command.reason or "unknown",
        party=command.party or "unknown",
        method=current.method,
        off_session=current.method is not None,
        canceled_at=command.now,
    )


def compare(command: ObserveCharge, state: Known, settled: Settled) -> Events:
    """An attempt is settled once; a gateway that says otherwise needs a person."""
    if settled.ref not in (None, command.ref):
        return quarantine(command, state, "another-reference")
    has_ended = command.status in ("succeeded", "canceled")
    if settled.verdict == command.status:
        return ()
    if settled.verdict in ("succeeded", "canceled") and not has_ended:
        return ()
    return quarantine(command, state, "terminal-conflict")


def quarantine(
    command: ObserveCharge, state: Known, reason: QuarantineReason
) -> Events:
    if (command.ref, command.status) in state.quarantined:
        return ()
    return (
        ChargeQuarantined(
            payment_id=command.payment_id,
            account_id=state.terms.account_id,
            attempt_id=command.attempt_id,
            ref=command.ref,
            status=command.status,
            amount=command.amount,
            reason=reason,
            observed_at=command.now,
        ),
    )
