"""What was saved with a payment is charged at the next; what is gone is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.billing_ids import method_of
from domain.kernel.unions import members
from domain.kernel.values import MethodOnFile
from domain.payment.events import Card, PaymentSucceeded
from domain.payment_method.commands import AttachPaymentMethod
from domain.payment_method.events import (
    PaymentMethodAttached,
    PaymentMethodDetached,
    PaymentMethodInvalidated,
)
from domain.subscription.commands import ClearMethod, SetMethod
from processes.process import Process

Fact: TypeAlias = (
    PaymentSucceeded
    | PaymentMethodAttached
    | PaymentMethodDetached
    | PaymentMethodInvalidated
)
Order: TypeAlias = AttachPaymentMethod | SetMethod | ClearMethod


@dataclass(frozen=True, slots=True)
class Nothing:
    """Each fact says all there is to know."""


def react(fact: Fact, _: Nothing) -> Sequence[Order]:
    match fact:
        case PaymentSucceeded(card=Card() as card):
            return (attach(fact, card),)
        case PaymentSucceeded():
            return ()
        case PaymentMethodAttached(attached_at=now):
            method = MethodOnFile(
                payment_method_id=fact.payment_method_id,
                gateway=fact.gateway,
                ref=fact.ref,
                title=fact.title,
            )
            return (
                SetMethod(subscription_id=fact.subscription_id, method=method, now=now),
            )
        case PaymentMethodDetached() | PaymentMethodInvalidated():
            return (clear(fact),)
        case _:
            assert_never(fact)


def attach(fact: PaymentSucceeded, card: Card) -> AttachPaymentMethod:
    return AttachPaymentMethod(
        payment_method_id=method_of(fact.gateway, card.ref),
        account_id=fact.account_id,
        subscription_id=fact.subscription_id,
        gateway=fact.gateway,
        ref=card.ref,
        kind=card.kind,
        title=card.title,
        now=fact.succeeded_at,
    )


def clear(fact: PaymentMethodDetached | PaymentMethodInvalidated) -> ClearMethod:
    now = (
        fact.detached_at
        if isinstance(fact, PaymentMethodDetached)
        else fact.invalidated_at
    )
    return ClearMethod(
        subscription_id=fact.subscription_id,
        payment_method_id=fact.payment_method_id,
        now=now,
    )


def evolve(state: Nothing, _: Fact) -> Nothing:
    return state


def correlate(fact: Fact) -> UUID | None:
    """A card is on file for one subscription. Only a saved one is worth keeping."""
    match fact:
        case PaymentSucceeded(off_session=True):
            return None
        case PaymentSucceeded(card=card) if not (card and card.saved):
            return None
        case _:
            return fact.subscription_id


card_on_file: Process[Fact, Nothing, Order] = Process(
    name="card_on_file",
    facts=members(Fact),
    orders=members(Order),
    correlate=correlate,
    initial=Nothing(),
    react=react,
    evolve=evolve,
)
