"""What the gateway shows of a refund, and what is told to people."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias, assert_never

from domain.refund.commands import ObserveRefund
from domain.refund.events import (
    RefundCanceled,
    RefundEvent,
    RefundNeedsAttention,
    RefundPending,
    RefundSucceeded,
)
from domain.refund.states import Known

Events: TypeAlias = Sequence[RefundEvent]

NEVER_RECEIVED = "never_received"


def observe(command: ObserveRefund, state: Known) -> Events:
    """True in whatever order it comes, if it fits what was asked for."""
    terms = state.terms
    if command.amount != terms.amount:
        return alarm(command, state, "amount-mismatch")
    if command.charge_ref != terms.charge_ref:
        return alarm(command, state, "another-charge")
    if state.ref not in (None, command.ref):
        return alarm(command, state, "another-reference")
    if state.is_settled:
        return compare(command, state)
    return advance(command, state)


def advance(command: ObserveRefund, state: Known) -> Events:
    terms = state.terms
    match command.status:
        case "pending":
            if state.stage == "pending":
                return ()
            return (
                RefundPending(
                    refund_id=command.refund_id,
                    account_id=terms.account_id,
                    ref=command.ref,
                    since=command.now,
                ),
            )
        case "succeeded":
            return (
                RefundSucceeded(
                    refund_id=command.refund_id,
                    payment_id=terms.payment_id,
                    invoice_id=terms.invoice_id,
                    subscription_id=terms.subscription_id,
                    account_id=terms.account_id,
                    gateway=terms.gateway,
                    ref=command.ref,
                    amount=terms.amount,
                    succeeded_at=command.now,
                ),
            )
        case "canceled":
            reason, party = command.reason or "unknown", command.party or "unknown"
            return canceled(state, command.ref, reason, party, "", command.now)
        case _:
            assert_never(command.status)


def compare(command: ObserveRefund, state: Known) -> Events:
    """It is settled once; a gateway that says otherwise needs a person."""
    if command.status in ("pending", state.stage):
        return ()
    return alarm(command, state, "terminal-conflict")


def canceled(
    state: Known, ref: str | None, reason: str, party: str, detail: str, now: datetime
) -> Events:
    terms = state.terms
    return (
        RefundCanceled(
            refund_id=terms.refund_id,
            payment_id=terms.payment_id,
            account_id=terms.account_id,
            ref=ref,
            amount=terms.amount,
            reason=reason,
            party=party,
            canceled_at=now,
        ),
        attention(state, reason, detail, now),
    )


def alarm(command: ObserveRefund, state: Known, reason: str) -> Events:
    detail = f"{command.ref} {command.status}"
    if (reason, detail) in state.told:
        return ()
    return (attention(state, reason, detail, command.now),)


def attention(
    state: Known, reason: str, detail: str, now: datetime
) -> RefundNeedsAttention:
    terms = state.terms
    return RefundNeedsAttention(
        refund_id=terms.refund_id,
        payment_id=terms.payment_id,
        account_id=terms.account_id,
        reason=reason,
        detail=detail,
        since=now,
    )
