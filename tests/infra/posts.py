"""A gateway that says what it is told to say, and an inbox before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.kernel.messages import Metadata, Receipt
from domain.kernel.values import Money, PaymentId, RefundId
from infra.gateways.charge_watch import ChargeWatch
from infra.gateways.inbox import Inbox
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
    RefundOrder,
    RefundOutcome,
    RefundPage,
    Repaid,
    Repayment,
    Unknown,
    Untrusted,
)
from tests.examples import NOON
from tests.memory_gateway import EVERYTHING

FRIEND = "185.71.76.1"
REF = "2fe0c4a1-000f-5000-8000-000000000000"
PAYMENT, ATTEMPT = PaymentId(UUID(int=1)), UUID(int=2)
CHARGE = Charge(
    ref=REF,
    status="succeeded",
    amount=Money(39_900),
    payment_id=PAYMENT,
    attempt_id=ATTEMPT,
    created_at=NOON,
    captured_at=NOON,
    method=Method(ref=REF, kind="bank_card", title="*4444", saved=True),
)
REFUND = RefundId(UUID(int=3))
REPAYMENT = Repayment(
    ref=REF,
    status="succeeded",
    amount=Money(39_900),
    refund_id=REFUND,
    charge_ref=REF,
    created_at=NOON,
)


@dataclass
class ScriptedGateway:
    """Says what it is told to say when it is asked."""

    code: str = "yookassa"
    capabilities: Capabilities = EVERYTHING
    answers: list[Observed | Absent | Unknown] = field(default_factory=list)
    repaid: list[Repaid | Absent | Unknown] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def prepare(self, order: ChargeOrder) -> str:
        return str(order)

    def create(self, request: str, key: UUID) -> Outcome:
        return Unknown(f"{request} {key}")

    def get(self, ref: str) -> Observed | Absent | Unknown:
        self.asked.append(ref)
        return self.answers.pop(0)

    def find(
        self, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page | Unknown:
        return Unknown(f"{since} {until} {cursor}")

    def prepare_refund(self, order: RefundOrder) -> str:
        return str(order)

    def create_refund(self, request: str, key: UUID) -> RefundOutcome:
        return Unknown(f"{request} {key}")

    def get_refund(self, ref: str) -> Repaid | Absent | Unknown:
        self.asked.append(ref)
        return self.repaid.pop(0)

    def find_refunds(
        self, charge_ref: str, cursor: str | None = None
    ) -> RefundPage | Unknown:
        return Unknown(f"{charge_ref} {cursor}")

    def parse_notification(
        self, headers: Mapping[str, str], body: bytes, peer: str
    ) -> Notification | Untrusted:
        if peer != FRIEND:
            return Untrusted(str(headers))
        return Notification(body.decode(), REF, "succeeded")


@dataclass
class Post:
    """One inbox, its worker, and what both are given."""

    inbox: Inbox
    gateway: ScriptedGateway
    watch: ChargeWatch
    pool: Any
    now: datetime = NOON
    sent: list[tuple[object, Metadata]] = field(default_factory=list)
    refusal: Exception | None = None

    def dispatch(self, command: object, metadata: Metadata, **_: Any) -> Receipt:
        if self.refusal:
            raise self.refusal
        self.sent.append((command, metadata))
        return Receipt("payment", 1, 1)

    def arrive(self, event: str = "payment.succeeded", peer: str = FRIEND) -> bool:
        return self.inbox.receive("yookassa", {}, event.encode(), peer)

    def rows(self) -> list[tuple[Any, ...]]:
        with self.pool.connection() as connection:
            query = "SELECT message, status, tries, detail FROM work.inbox"
            return list(connection.execute(query).fetchall())

    @property
    def status(self) -> str:
        [(_, status, _, _)] = self.rows()
        return str(status)
