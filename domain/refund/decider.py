"""One refund: sent once, sent again only as it was, settled once, never forgotten."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from domain.billing_ids import refund_key
from domain.kernel.decider import Decider
from domain.refund.commands import (
    DoubtRefund,
    MissRefund,
    ObserveRefund,
    RefundCommand,
    RejectRefund,
    RequestRefund,
    ResubmitRefund,
    SubmitRefund,
)
from domain.refund.events import (
    RefundEvent,
    RefundNotSeen,
    RefundOutcomeUnknown,
    RefundReceiptAddressed,
    RefundRequested,
    RefundResubmitted,
    RefundSubmitted,
)
from domain.refund.observation import NEVER_RECEIVED, canceled, observe
from domain.refund.refusals import (
    RefundNotFound,
    RefundResubmissionTooLate,
    RefundSubmittedAlready,
)
from domain.refund.states import Absent, Known, Refund, evolve
from domain.resending import counts_as_scan, is_absent, is_remembered

Events: TypeAlias = Sequence[RefundEvent]


def decide(command: RefundCommand, state: Refund) -> Events:
    if isinstance(command, RequestRefund):
        return request(command, state)
    if isinstance(state, Absent):
        raise RefundNotFound
    match command:
        case SubmitRefund():
            return submit(command, state)
        case ResubmitRefund():
            return resubmit(command, state)
        case ObserveRefund():
            return observe(command, state)
        case RejectRefund():
            return reject(command, state)
        case DoubtRefund():
            return doubt(command, state)
        case MissRefund():
            return miss(command, state)
        case _:
            assert_never(command)


def request(command: RequestRefund, state: Refund) -> Events:
    if not isinstance(state, Absent):
        return ()
    return (
        RefundRequested(
            refund_id=command.refund_id,
            payment_id=command.payment_id,
            invoice_id=command.invoice_id,
            subscription_id=command.subscription_id,
            account_id=command.account_id,
            names=command.names,
            gateway=command.gateway,
            charge_ref=command.charge_ref,
            amount=command.amount,
            reason=command.reason,
            key=refund_key(command.refund_id),
            requested_at=command.now,
        ),
    )


def submit(command: SubmitRefund, state: Known) -> Events:
    if state.stage != "requested":
        raise RefundSubmittedAlready
    submitted = RefundSubmitted(
        refund_id=command.refund_id, request=command.request, submitted_at=command.now
    )
    if command.email is None:
        return (submitted,)
    addressed = RefundReceiptAddressed(
        refund_id=command.refund_id,
        account_id=state.terms.account_id,
        email=command.email,
        addressed_at=command.now,
    )
    return (addressed, submitted)


def resubmit(command: ResubmitRefund, state: Known) -> Events:
    """If the first request was lost, this one is the refund."""
    if state.stage not in ("submitted", "unknown") or not state.first_sent_at:
        raise RefundSubmittedAlready
    if not is_remembered(state.first_sent_at, command.now):
        raise RefundResubmissionTooLate
    return (RefundResubmitted(refund_id=command.refund_id, resubmitted_at=command.now),)


def doubt(command: DoubtRefund, state: Known) -> Events:
    if state.stage != "submitted":
        return ()
    return (
        RefundOutcomeUnknown(
            refund_id=command.refund_id, cause=command.cause, since=command.now
        ),
    )


def reject(command: RejectRefund, state: Known) -> Events:
    """Only the answer to the first request proves that nothing was created."""
    if state.stage != "submitted" or state.sends > 1:
        return ()
    return canceled(state, None, command.reason, "gateway", command.detail, command.now)


def miss(command: MissRefund, state: Known) -> Events:
    if state.stage not in ("submitted", "unknown") or not state.last_sent_at:
        return ()
    sent_at, missed = state.last_sent_at, state.missed
    if not counts_as_scan(sent_at, missed, command.now):
        return ()
    looked = RefundNotSeen(refund_id=command.refund_id, scanned_at=command.now)
    if not is_absent(sent_at, missed, command.now):
        return (looked,)
    return (
        looked,
        *canceled(state, None, NEVER_RECEIVED, "gateway", "", command.now),
    )


refund: Decider[RefundCommand, Refund, RefundEvent] = Decider(
    category="refund",
    key=lambda command: command.refund_id,
    initial=Absent(),
    decide=decide,
    evolve=evolve,
)
