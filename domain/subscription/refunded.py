"""What becomes of a subscription whose money went back."""

from collections.abc import Sequence

from domain.billing_ids import invoice_of
from domain.subscription.commands import CancelSubscription, EndForRefund
from domain.subscription.events import SubscriptionEvent
from domain.subscription.intents import cancel
from domain.subscription.states import Active, Existing, Over, Paused


def end_for_refund(
    command: EndForRefund, state: Existing
) -> Sequence[SubscriptionEvent]:
    if isinstance(state, Over):
        return ()
    if command.invoice_id is not None and not pays_for_now(command, state):
        return ()
    at_once = CancelSubscription(
        subscription_id=command.subscription_id, at="now", now=command.now
    )
    return cancel(at_once, state)


def pays_for_now(command: EndForRefund, state: Existing) -> bool:
    """The invoice is that of the period that goes on, and not of one before."""
    id_ = command.subscription_id
    match state:
        case Active(debt=None, period_no=number) | Paused(period_no=number):
            first = invoice_of(id_, number, "first")
            return command.invoice_id in (first, invoice_of(id_, number, "renewal"))
        case _:
            return False
