"""What is known of the refunds of a payment, and what leads to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from domain.kernel.values import RefundId
from domain.payment.refund_events import (
    PaymentRefunded,
    RefundingEvent,
    RefundReleased,
    RefundReserved,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunds:
    """Each is reserved, then settled or released."""

    reserved: Mapping[RefundId, RefundReserved] = field(default_factory=dict)
    released: Mapping[RefundId, RefundReserved] = field(default_factory=dict)
    settled: frozenset[RefundId] = frozenset()
    #: In minor units.
    refunded: int = 0

    @property
    def spoken_for(self) -> int:
        pending = sum(each.amount.minor for each in self.reserved.values())
        return self.refunded + pending

    def knows(self, refund_id: RefundId) -> bool:
        return any(
            refund_id in some for some in (self.reserved, self.released, self.settled)
        )


def evolve(refunds: Refunds, event: RefundingEvent) -> Refunds:
    match event:
        case RefundReserved(refund_id=id_):
            return replace(refunds, reserved={**refunds.reserved, id_: event})
        case RefundReleased(refund_id=id_):
            was = {i: each for i, each in refunds.reserved.items() if i == id_}
            return replace(
                refunds,
                reserved=without(refunds.reserved, id_),
                released={**refunds.released, **was},
            )
        case PaymentRefunded(refund_id=id_, amount=amount):
            return replace(
                refunds,
                reserved=without(refunds.reserved, id_),
                settled=refunds.settled | {id_},
                refunded=refunds.refunded + amount.minor,
            )
        case _:
            assert_never(event)


def without(
    some: Mapping[RefundId, RefundReserved], refund_id: RefundId
) -> Mapping[RefundId, RefundReserved]:
    return {id_: each for id_, each in some.items() if id_ != refund_id}
