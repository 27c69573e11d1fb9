"""The refunds of the simulated gateway: each one succeeds at once."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from domain.kernel.messages import Clock
from domain.kernel.values import Money
from processes.ports import (
    Absent,
    Charge,
    RefundOrder,
    RefundOutcome,
    RefundPage,
    Repaid,
    Repayment,
    Unknown,
)


@dataclass(kw_only=True)
class Repayments:
    clock: Clock
    repayments: dict[UUID, Repayment] = field(default_factory=dict)
    paid_back: Counter[str] = field(default_factory=Counter)

    def refunded(self, charge: Charge) -> Money:
        return Money(self.paid_back[charge.ref], charge.amount.currency)

    def prepare_refund(self, order: RefundOrder) -> str:
        return json.dumps(
            {
                "refund_id": str(order.refund_id),
                "charge_ref": order.charge_ref,
                "amount": order.amount.minor,
                "currency": order.amount.currency,
            }
        )

    def create_refund(self, request: str, key: UUID) -> RefundOutcome:
        if key not in self.repayments:
            asked: Mapping[str, Any] = json.loads(request)
            self.repayments[key] = Repayment(
                ref=str(uuid5(key, "refund")),
                status="succeeded",
                amount=Money(asked["amount"], asked["currency"]),
                refund_id=UUID(asked["refund_id"]),
                charge_ref=asked["charge_ref"],
                created_at=self.clock(),
            )
            self.paid_back[asked["charge_ref"]] += asked["amount"]
        return Repaid(self.repayments[key])

    def get_refund(self, ref: str) -> Repaid | Absent | Unknown:
        known = (each for each in self.repayments.values() if each.ref == ref)
        found = next(known, None)
        return Absent() if found is None else Repaid(found)

    def find_refunds(
        self, charge_ref: str, cursor: str | None = None
    ) -> RefundPage | Unknown:
        del cursor
        found = [
            each for each in self.repayments.values() if each.charge_ref == charge_ref
        ]
        return RefundPage(found)
