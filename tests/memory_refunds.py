"""Refunds of the gateway in memory, with the same ways to fail as its charges."""

import json
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, cast
from uuid import UUID, uuid5

from domain.kernel.messages import Clock
from domain.kernel.values import Currency, Money
from processes.ports import (
    Absent,
    Charge,
    RefundOrder,
    RefundOutcome,
    RefundPage,
    Refused,
    Repaid,
    Repayment,
    Unknown,
)

#: ``lost``: done, but the answer did not arrive. ``vanished``: never arrived there.
Fault: TypeAlias = Literal["lost", "vanished", "refused"]
PENDING = "pending"


@dataclass
class MemoryRefunds:
    clock: Clock
    charges: dict[UUID, Charge] = field(default_factory=dict)
    repayments: dict[UUID, Repayment] = field(default_factory=dict)
    refund_requests: dict[UUID, str] = field(default_factory=dict)
    refunds_sent: Counter[UUID] = field(default_factory=Counter)
    refund_faults: deque[Fault | None] = field(default_factory=deque)
    #: What the next ones come to: ``pending``, or why they are canceled.
    refund_ends: deque[str | None] = field(default_factory=deque)

    def prepare_refund(self, order: RefundOrder) -> str:
        return json.dumps(
            {
                "refund_id": str(order.refund_id),
                "charge_ref": order.charge_ref,
                "amount": order.amount.minor,
                "currency": order.amount.currency,
                "receipt": order.receipt.email if order.receipt else None,
            }
        )

    def create_refund(self, request: str, key: UUID) -> RefundOutcome:
        self.refunds_sent[key] += 1
        fault = self.refund_faults.popleft() if self.refund_faults else None
        if key in self.repayments:
            if self.refund_requests[key] != request:
                return Unknown("the key was used with another request")
            return Unknown("timeout") if fault else Repaid(self.repayments[key])
        if fault == "vanished":
            return Unknown("connection reset")
        asked = json.loads(request)
        if fault == "refused" or not self.is_refundable(asked):
            return Refused("invalid_request", "no")
        self.refund_requests[key] = request
        self.repayments[key] = self.repayment(asked, key)
        return Unknown("timeout") if fault == "lost" else Repaid(self.repayments[key])

    def is_refundable(self, asked: Mapping[str, str | int]) -> bool:
        paid = [
            charge.amount.minor
            for charge in self.charges.values()
            if charge.ref == asked["charge_ref"] and charge.status == "succeeded"
        ]
        out = sum(each.amount.minor for each in self.refunds_of(asked["charge_ref"]))
        return out + int(asked["amount"]) <= sum(paid)

    def repayment(self, asked: Mapping[str, str | int], key: UUID) -> Repayment:
        pending = Repayment(
            ref=str(uuid5(key, "refund")),
            status="pending",
            amount=Money(int(asked["amount"]), cast("Currency", asked["currency"])),
            refund_id=UUID(str(asked["refund_id"])),
            charge_ref=str(asked["charge_ref"]),
            created_at=self.clock(),
        )
        end = self.refund_ends.popleft() if self.refund_ends else None
        return pending if end == PENDING else settled(pending, end)

    def settle_refund(self, ref: str, reason: str | None = None) -> None:
        """What the bank says a day later."""
        for key, repayment in self.repayments.items():
            if repayment.ref == ref and repayment.status == "pending":
                self.repayments[key] = settled(repayment, reason)

    def get_refund(self, ref: str) -> Repaid | Absent | Unknown:
        for repayment in self.repayments.values():
            if repayment.ref == ref:
                return Repaid(repayment)
        return Absent()

    def find_refunds(
        self, charge_ref: str, cursor: str | None = None
    ) -> RefundPage | Unknown:
        of_charge = [e for e in self.repayments.values() if e.charge_ref == charge_ref]
        index = int(cursor or 0)
        is_last = index + 1 >= len(of_charge)
        page = of_charge[index : index + 1]
        return RefundPage(page, None if is_last else str(index + 1))

    def refunds_of(self, charge_ref: object) -> list[Repayment]:
        """Those that have taken money out of the charge, or are about to."""
        return [
            each
            for each in self.repayments.values()
            if each.charge_ref == charge_ref and each.status != "canceled"
        ]

    @property
    def paid_back(self) -> int:
        """In minor units."""
        done = [e for e in self.repayments.values() if e.status == "succeeded"]
        return sum(each.amount.minor for each in done)


def settled(repayment: Repayment, reason: str | None) -> Repayment:
    if reason is None:
        return replace(repayment, status="succeeded")
    return replace(repayment, status="canceled", reason=reason, party="refund_network")
