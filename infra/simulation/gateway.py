"""A gateway in memory that declines, loses answers and is away, as chance has it.

Chance depends on the seed and on what is asked alone, never on who asks first: the same
seed is the same life, however many charges are under way side by side.
"""

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from threading import RLock
from typing import Any
from uuid import UUID, uuid5

from domain.kernel.messages import Clock
from domain.kernel.values import Money, Period
from infra.simulation.repayments import Repayments
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
    Unknown,
    Untrusted,
)

CODE = "simulated"
CAPABILITIES = Capabilities(
    currencies=frozenset({"RUB"}),
    recurring=True,
    refunds=True,
    partial_refunds=True,
    receipts=False,
)
PAGE = 100
#: Of each amount, in thousandths.
FEE = 35
#: A payer who has not confirmed by then never will.
CONFIRMATION = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Odds:
    """How often; each between 0 and 1."""

    abandoned: float = 0.06
    declined_first: float = 0.05
    soft: float = 0.08
    hard: float = 0.01
    #: The money is taken and the answer lost; or the request never arrives.
    lost: float = 0.01
    vanished: float = 0.01


@dataclass
class SimulatedGateway(Repayments):
    clock: Clock
    seed: int
    odds: Odds = field(default_factory=Odds)
    outages: Sequence[Period] = ()
    code: str = CODE
    capabilities: Capabilities = CAPABILITIES
    charges: dict[UUID, Charge] = field(default_factory=dict)
    requests: dict[UUID, str] = field(default_factory=dict)
    #: When a payer decides, and how: None is to pay.
    decisions: dict[str, tuple[datetime, str | None]] = field(default_factory=dict)
    keys: dict[str, UUID] = field(default_factory=dict)
    #: In the order of their creation.
    created: list[tuple[datetime, UUID]] = field(default_factory=list)
    sent: Counter[UUID] = field(default_factory=Counter)
    lock: RLock = field(default_factory=RLock)

    def prepare(self, order: ChargeOrder) -> str:
        return json.dumps(
            {
                "payment_id": str(order.payment_id),
                "attempt_id": str(order.attempt_id),
                "amount": order.amount.minor,
                "currency": order.amount.currency,
                "save": order.save_method,
                "method": order.method_ref,
            }
        )

    def create(self, request: str, key: UUID) -> Outcome:
        with self.lock:
            self.sent[key] += 1
            chance = self.chance(key, self.sent[key])
            fault = self.fault(chance)
            if fault == "vanished":
                return Unknown("connection reset")
            if key not in self.charges:
                self.take(json.loads(request), key)
                self.requests[key] = request
            elif self.requests[key] != request:
                return Unknown("the key was used with another request")
            return Unknown("timeout") if fault else Observed(self.now_of(key))

    def chance(self, *of: object) -> Random:
        return Random(":".join(map(str, (self.seed, *of))))  # noqa: S311

    def fault(self, chance: Random) -> str | None:
        drawn = chance.random()
        if any(each.start <= self.clock() < each.end for each in self.outages):
            return "lost" if drawn < 0.5 else "vanished"
        if drawn < self.odds.lost:
            return "lost"
        return "vanished" if drawn < self.odds.lost + self.odds.vanished else None

    def take(self, asked: Mapping[str, Any], key: UUID) -> None:
        now, ref = self.clock(), str(uuid5(key, "charge"))
        charge = Charge(
            ref=ref,
            status="pending",
            amount=Money(asked["amount"], asked["currency"]),
            payment_id=UUID(asked["payment_id"]),
            attempt_id=UUID(asked["attempt_id"]),
            created_at=now,
        )
        chance = self.chance(key, "decision")
        if asked["method"] is None:
            charge = replace(charge, confirmation_url=f"https://pay.example/{ref}")
            self.decisions[ref] = self.decided(chance, now)
        else:
            charge = self.settled(charge, self.declined(chance), now, saved=True)
        self.charges[key], self.keys[ref] = charge, key
        self.created.append((now, key))

    def decided(self, chance: Random, now: datetime) -> tuple[datetime, str | None]:
        drawn = chance.random()
        if drawn < self.odds.abandoned:
            return now + CONFIRMATION, "expired_on_confirmation"
        at = now + timedelta(seconds=chance.randint(20, 1800))
        is_declined = drawn < self.odds.abandoned + self.odds.declined_first
        return at, "insufficient_funds" if is_declined else None

    def declined(self, chance: Random) -> str | None:
        drawn = chance.random()
        if drawn < self.odds.hard:
            return "card_expired"
        is_soft = drawn < self.odds.hard + self.odds.soft
        return "insufficient_funds" if is_soft else None

    def settled(
        self, charge: Charge, reason: str | None, at: datetime, *, saved: bool
    ) -> Charge:
        if reason:
            party = "yoo_money" if reason.startswith("expired") else "payment_network"
            return replace(charge, status="canceled", reason=reason, party=party)
        fee = charge.amount.minor * FEE // 1000
        method = Method(
            ref=f"m-{charge.ref}", kind="bank_card", title="Card *4444", saved=saved
        )
        return replace(
            charge,
            status="succeeded",
            captured_at=at,
            method=method,
            income=Money(charge.amount.minor - fee, charge.amount.currency),
        )

    def now_of(self, key: UUID) -> Charge:
        """What it has come to by now."""
        charge = self.charges[key]
        decision = self.decisions.get(charge.ref)
        if charge.status == "pending" and decision and decision[0] <= self.clock():
            saved = bool(json.loads(self.requests[key])["save"])
            charge = self.settled(charge, decision[1], decision[0], saved=saved)
            self.charges[key] = charge
        return replace(charge, refunded=self.refunded(charge))

    def get(self, ref: str) -> Observed | Absent | Unknown:
        with self.lock:
            key = self.keys.get(ref)
            return Absent() if key is None else Observed(self.now_of(key))

    def find(
        self, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page | Unknown:
        with self.lock:
            first = bisect_left(self.created, since, key=lambda each: each[0])
            last = bisect_right(self.created, until, key=lambda each: each[0])
            upto = last if cursor is None else int(cursor)
            begin = max(first, upto - PAGE)
            page = [self.now_of(key) for _, key in self.created[begin:upto]]
            return Page(page[::-1], str(begin) if begin > first else None)

    def parse_notification(
        self, _headers: Mapping[str, str], _body: bytes, _peer: str
    ) -> Notification | Untrusted:
        return Untrusted("it never sends any")

    @property
    def taken(self) -> list[Charge]:
        with self.lock:
            now = [self.now_of(key) for key in self.charges]
        return [charge for charge in now if charge.status == "succeeded"]
