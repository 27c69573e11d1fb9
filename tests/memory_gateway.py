"""A gateway that takes nobody's money, and fails in the ways real ones do."""

import json
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast
from uuid import UUID, uuid5

from domain.kernel.values import Currency, Money
from processes.ports import (
    Absent,
    Capabilities,
    Charge,
    ChargeOrder,
    Method,
    Notification,
    Observed,
    Outcome,
    Page,
    Refused,
    Unknown,
    Untrusted,
)
from tests.memory_refunds import Fault as Fault
from tests.memory_refunds import MemoryRefunds

CODE = "memory"
EVERYTHING = Capabilities(
    currencies=frozenset({"RUB", "USD", "EUR"}),
    recurring=True,
    refunds=True,
    partial_refunds=True,
    receipts=True,
)


@dataclass
class MemoryGateway(MemoryRefunds):
    code: str = CODE
    capabilities: Capabilities = EVERYTHING
    requests: dict[UUID, str] = field(default_factory=dict)
    sent: Counter[UUID] = field(default_factory=Counter)
    faults: deque[Fault | None] = field(default_factory=deque)
    #: Why saved methods are declined, one after the other; None is success.
    declines: deque[str | None] = field(default_factory=deque)

    def prepare(self, order: ChargeOrder) -> str:
        return json.dumps(
            {
                "payment_id": str(order.payment_id),
                "attempt_id": str(order.attempt_id),
                "amount": order.amount.minor,
                "currency": order.amount.currency,
                "save": order.save_method,
                "method": order.method_ref,
                "receipt": order.receipt.email if order.receipt else None,
            }
        )

    def create(self, request: str, key: UUID) -> Outcome:
        self.sent[key] += 1
        fault = self.faults.popleft() if self.faults else None
        if key in self.charges:
            if self.requests[key] != request:
                return Unknown("the key was used with another request")
            return Unknown("timeout") if fault else Observed(self.charges[key])
        if fault == "vanished":
            return Unknown("connection reset")
        if fault == "refused":
            return Refused("invalid_request", "no")
        self.requests[key] = request
        self.charges[key] = self.charge(json.loads(request), key)
        return Unknown("timeout") if fault == "lost" else Observed(self.charges[key])

    def charge(self, asked: Mapping[str, str | int | None], key: UUID) -> Charge:
        ref = str(uuid5(key, "charge"))
        charge = Charge(
            ref=ref,
            status="pending",
            amount=Money(
                int(asked["amount"] or 0), cast("Currency", asked["currency"])
            ),
            payment_id=UUID(str(asked["payment_id"])),
            attempt_id=UUID(str(asked["attempt_id"])),
            created_at=self.clock(),
            confirmation_url=f"https://pay.example/{ref}",
        )
        if asked["method"] is None:
            return charge
        reason = self.declines.popleft() if self.declines else None
        return self.settled(replace(charge, confirmation_url=None), reason, saved=True)

    def settled(self, charge: Charge, reason: str | None, *, saved: bool) -> Charge:
        method = Method(
            ref=f"m-{charge.ref}", kind="bank_card", title="Card *4444", saved=saved
        )
        if reason:
            return replace(
                charge, status="canceled", reason=reason, party="payment_network"
            )
        return replace(
            charge, status="succeeded", captured_at=self.clock(), method=method
        )

    def confirm(self, url: str, reason: str | None = None) -> Charge:
        """What the payer does at the address."""
        key, charge = next(
            (key, charge)
            for key, charge in self.charges.items()
            if charge.confirmation_url == url and charge.status == "pending"
        )
        saved = bool(json.loads(self.requests[key])["save"])
        self.charges[key] = self.settled(charge, reason, saved=saved)
        return self.charges[key]

    def get(self, ref: str) -> Observed | Absent | Unknown:
        for charge in self.charges.values():
            if charge.ref == ref:
                return Observed(charge)
        return Absent()

    def find(
        self, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page | Unknown:
        found = [
            charge
            for charge in reversed(self.charges.values())
            if since <= charge.created_at <= until
        ]
        index = int(cursor or 0)
        is_last = index + 1 >= len(found)
        return Page(found[index : index + 1], None if is_last else str(index + 1))

    def parse_notification(
        self, _headers: Mapping[str, str], _body: bytes, _peer: str
    ) -> Notification | Untrusted:
        return Untrusted("it never sends any")

    @property
    def taken(self) -> list[Charge]:
        return [c for c in self.charges.values() if c.status == "succeeded"]
