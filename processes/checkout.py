"""Buying a subscription: an invoice, the money for it, and then access; or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.billing_ids import invoice_of, payment_of
from domain.invoice.commands import FinalizeInvoice, VoidInvoice
from domain.invoice.events import InvoiceFinalized, InvoicePaid
from domain.kernel.unions import members
from domain.payment.commands import ClosePayment, OpenPayment
from domain.payment.events import PaymentClosed, PaymentSucceeded
from domain.subscriber.commands import ReleaseSubscriber
from domain.subscriber.events import SubscriberClaimed
from domain.subscription.commands import ExpireIncomplete, StartSubscription
from domain.subscription.events import (
    SubscriptionCanceled,
    SubscriptionExpired,
    SubscriptionIncompleteExpired,
    SubscriptionPaidLate,
    SubscriptionStarted,
)
from domain.subscription.trial_events import TrialCheckoutOpened, TrialEnded
from processes.process import Process
from processes.settlement import Settlement, is_about_first, settle

Fact: TypeAlias = (
    SubscriberClaimed
    | SubscriptionStarted
    | TrialCheckoutOpened
    | TrialEnded
    | InvoiceFinalized
    | PaymentSucceeded
    | InvoicePaid
    | PaymentClosed
    | SubscriptionIncompleteExpired
    | SubscriptionCanceled
    | SubscriptionExpired
    | SubscriptionPaidLate
)
Order: TypeAlias = (
    StartSubscription
    | FinalizeInvoice
    | OpenPayment
    | ExpireIncomplete
    | ReleaseSubscriber
    | Settlement
)

#: What a first invoice is paid for with.
OURS = ("first", "trial")


@dataclass(frozen=True, slots=True)
class NotStarted: ...


@dataclass(frozen=True, slots=True)
class Ordered:
    order: SubscriptionStarted


@dataclass(frozen=True, slots=True)
class Over: ...


Checkout: TypeAlias = NotStarted | Ordered | Over


def react(fact: Fact, state: Checkout) -> Sequence[Order]:
    match fact:
        case SubscriberClaimed():
            return (start(fact),)
        case SubscriptionStarted():
            return () if fact.trial_days else (charge_for(fact, fact.started_at),)
        case TrialCheckoutOpened(opened_at=now):
            return (charge_for(fact, now),)
        case TrialEnded():
            return stop_waiting(fact)
        case InvoiceFinalized(invoice_id=id_, finalized_at=now):
            if not fact.total.minor:
                return ()
            if isinstance(state, Ordered):
                return (ask_for_money(fact, state.order),)
            return (VoidInvoice(invoice_id=id_, reason="canceled", now=now),)
        case PaymentSucceeded() | InvoicePaid() | SubscriptionPaidLate():
            return settle(fact)
        case PaymentClosed(subscription_id=id_, closed_at=now):
            return (ExpireIncomplete(subscription_id=id_, now=now), *settle(fact))
        case SubscriptionIncompleteExpired():
            return (release(fact),)
        case SubscriptionCanceled() | SubscriptionExpired():
            closing = settle(fact) if is_about_first(fact) else ()
            return (*closing, release(fact))
        case _:
            assert_never(fact)


def start(fact: SubscriberClaimed) -> StartSubscription:
    """In case that whoever claimed the place has not come to starting it."""
    return StartSubscription(
        subscription_id=fact.subscription_id,
        account_id=fact.account_id,
        terms=fact.terms,
        gateway=fact.gateway,
        time_zone=fact.time_zone,
        auto_renew=fact.auto_renew,
        trial_days=fact.trial_days,
        granted=fact.granted,
        now=fact.claimed_at,
    )


def charge_for(
    fact: SubscriptionStarted | TrialCheckoutOpened, now: datetime
) -> FinalizeInvoice:
    return FinalizeInvoice(
        invoice_id=invoice_of(fact.subscription_id, 0, "first"),
        account_id=fact.account_id,
        subscription_id=fact.subscription_id,
        kind="first",
        period_no=0,
        terms=fact.terms,
        due_at=now,
        now=now,
    )


def ask_for_money(fact: InvoiceFinalized, order: SubscriptionStarted) -> OpenPayment:
    return OpenPayment(
        payment_id=payment_of(fact.invoice_id),
        invoice_id=fact.invoice_id,
        subscription_id=fact.subscription_id,
        account_id=fact.account_id,
        purpose="trial" if order.trial_days else "first",
        names=order.terms.names,
        amount=fact.total,
        gateway=order.gateway,
        method=None,
        save_method=order.auto_renew,
        now=fact.finalized_at,
    )


def stop_waiting(fact: TrialEnded) -> Sequence[ClosePayment]:
    if fact.invoice_id is None:
        return ()
    return (
        ClosePayment(
            payment_id=payment_of(fact.invoice_id),
            reason="canceled",
            now=fact.ended_at,
        ),
    )


def release(
    fact: SubscriptionIncompleteExpired | SubscriptionCanceled | SubscriptionExpired,
) -> ReleaseSubscriber:
    now = (
        fact.canceled_at if isinstance(fact, SubscriptionCanceled) else fact.expired_at
    )
    return ReleaseSubscriber(
        account_id=fact.account_id, subscription_id=fact.subscription_id, now=now
    )


def evolve(state: Checkout, fact: Fact) -> Checkout:
    match fact:
        case SubscriptionStarted():
            return Ordered(fact)
        case TrialCheckoutOpened(terms=terms, auto_renew=auto_renew):
            if not isinstance(state, Ordered):
                return state
            return Ordered(replace(state.order, terms=terms, auto_renew=auto_renew))
        case TrialEnded():
            return Over()
        case SubscriptionIncompleteExpired():
            return Over()
        case SubscriptionCanceled() | SubscriptionExpired():
            return Over()
        case _:
            return state


def correlate(fact: Fact) -> UUID | None:
    """One instance for each subscription; what its renewals do is another story."""
    match fact:
        case InvoiceFinalized(kind=kind) | InvoicePaid(kind=kind) if kind != "first":
            return None
        case PaymentSucceeded() | PaymentClosed() if fact.purpose not in OURS:
            return None
        case SubscriptionPaidLate() if not is_about_first(fact):
            return None
        case _:
            return fact.subscription_id


checkout: Process[Fact, Checkout, Order] = Process(
    name="checkout",
    facts=members(Fact),
    orders=members(Order),
    correlate=correlate,
    initial=NotStarted(),
    react=react,
    evolve=evolve,
)
