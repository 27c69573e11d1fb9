"""A saved means of payment: charged while its owner lets us, never after that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.kernel.decider import Decider
from domain.kernel.errors import NotFound, Rejected
from domain.kernel.values import AccountId, SubscriptionId
from domain.payment_method.commands import (
    AttachPaymentMethod,
    DetachPaymentMethod,
    InvalidatePaymentMethod,
    PaymentMethodCommand,
    UsePaymentMethod,
)
from domain.payment_method.events import (
    PaymentMethodAttached,
    PaymentMethodDetached,
    PaymentMethodEvent,
    PaymentMethodInvalidated,
    PaymentMethodUsed,
)


@dataclass(frozen=True, slots=True)
class Absent: ...


@dataclass(frozen=True, slots=True)
class Usable:
    account_id: AccountId
    subscription_id: SubscriptionId
    used_for: UUID | None = None


@dataclass(frozen=True, slots=True)
class Invalid:
    account_id: AccountId
    subscription_id: SubscriptionId


@dataclass(frozen=True, slots=True)
class Detached:
    account_id: AccountId


PaymentMethod: TypeAlias = Absent | Usable | Invalid | Detached
Events: TypeAlias = Sequence[PaymentMethodEvent]


class PaymentMethodNotFound(NotFound):
    """There is no such payment method."""


class PaymentMethodNotUsable(Rejected):
    """The payment method is detached, or was declined for good."""


def decide(command: PaymentMethodCommand, state: PaymentMethod) -> Events:
    if isinstance(command, AttachPaymentMethod):
        return attach(command, state)
    if isinstance(state, Absent):
        raise PaymentMethodNotFound
    match command:
        case UsePaymentMethod():
            return use(command, state)
        case DetachPaymentMethod():
            return detach(command, state)
        case InvalidatePaymentMethod():
            return invalidate(command, state)
        case _:
            assert_never(command)


def attach(command: AttachPaymentMethod, state: PaymentMethod) -> Events:
    if not isinstance(state, Absent):
        return ()
    return (
        PaymentMethodAttached(
            payment_method_id=command.payment_method_id,
            account_id=command.account_id,
            subscription_id=command.subscription_id,
            gateway=command.gateway,
            ref=command.ref,
            kind=command.kind,
            title=command.title,
            attached_at=command.now,
        ),
    )


def use(command: UsePaymentMethod, state: Usable | Invalid | Detached) -> Events:
    match state:
        case Usable(used_for=used_for):
            if used_for == command.attempt_id:
                return ()
            return (
                PaymentMethodUsed(
                    payment_method_id=command.payment_method_id,
                    attempt_id=command.attempt_id,
                    used_at=command.now,
                ),
            )
        case Invalid() | Detached():
            raise PaymentMethodNotUsable
        case _:
            assert_never(state)


def detach(command: DetachPaymentMethod, state: Usable | Invalid | Detached) -> Events:
    if state.account_id != command.account_id:
        raise PaymentMethodNotFound
    if isinstance(state, Detached):
        return ()
    return (
        PaymentMethodDetached(
            payment_method_id=command.payment_method_id,
            account_id=state.account_id,
            subscription_id=state.subscription_id,
            detached_at=command.now,
        ),
    )


def invalidate(
    command: InvalidatePaymentMethod, state: Usable | Invalid | Detached
) -> Events:
    if not isinstance(state, Usable):
        return ()
    return (
        PaymentMethodInvalidated(
            payment_method_id=command.payment_method_id,
            account_id=state.account_id,
            subscription_id=state.subscription_id,
            reason=command.reason,
            invalidated_at=command.now,
        ),
    )


def evolve(state: PaymentMethod, event: PaymentMethodEvent) -> PaymentMethod:
    match event:
        case PaymentMethodAttached():
            return Usable(event.account_id, event.subscription_id)
        case PaymentMethodUsed(attempt_id=attempt_id):
            if isinstance(state, Usable):
                return replace(state, used_for=attempt_id)
            return state
        case PaymentMethodDetached():
            return Detached(event.account_id)
        case PaymentMethodInvalidated():
            return Invalid(event.account_id, event.subscription_id)
        case _:
            assert_never(event)


payment_method: Decider[PaymentMethodCommand, PaymentMethod, PaymentMethodEvent] = (
    Decider(
        category="payment_method",
        key=lambda command: command.payment_method_id,
        initial=Absent(),
        decide=decide,
        evolve=evolve,
    )
)
