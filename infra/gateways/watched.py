"""Any gateway, looked at from outside: what comes of its calls is counted and noted."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from psycopg import Error

from infra.gateways import metrics
from infra.gateways.health import Health
from processes.ports import (
    Absent,
    Capabilities,
    ChargeOrder,
    Gateway,
    Notification,
    Observed,
    Outcome,
    Page,
    RefundOrder,
    RefundOutcome,
    RefundPage,
    Refused,
    Repaid,
    Unknown,
    Untrusted,
)

logger = logging.getLogger(__name__)
T = TypeVar("T")

#: Refusals that are not about what was asked: it would refuse anybody.
EVERYBODYS = frozenset({"too_many_requests", "invalid_credentials"})


@dataclass(frozen=True, slots=True)
class Watched:
    gateway: Gateway
    health: Health

    @property
    def code(self) -> str:
        return self.gateway.code

    @property
    def capabilities(self) -> Capabilities:
        return self.gateway.capabilities

    def prepare(self, order: ChargeOrder) -> str:
        return self.gateway.prepare(order)

    def create(self, request: str, key: UUID) -> Outcome:
        return self.noted("create", self.gateway.create(request, key))

    def get(self, ref: str) -> Observed | Absent | Unknown:
        return self.noted("get", self.gateway.get(ref))

    def find(
        self, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page | Unknown:
        return self.noted("find", self.gateway.find(since, until, cursor))

    def prepare_refund(self, order: RefundOrder) -> str:
        return self.gateway.prepare_refund(order)

    def create_refund(self, request: str, key: UUID) -> RefundOutcome:
        return self.noted("refund", self.gateway.create_refund(request, key))

    def get_refund(self, ref: str) -> Repaid | Absent | Unknown:
        return self.noted("get_refund", self.gateway.get_refund(ref))

    def find_refunds(
        self, charge_ref: str, cursor: str | None = None
    ) -> RefundPage | Unknown:
        found = self.gateway.find_refunds(charge_ref, cursor)
        return self.noted("find_refunds", found)

    def parse_notification(
        self, headers: Mapping[str, str], body: bytes, peer: str
    ) -> Notification | Untrusted:
        return self.gateway.parse_notification(headers, body, peer)

    def noted(self, call: str, outcome: T) -> T:
        """The outcome, come what may: money may have moved."""
        metrics.called(self.code, call, outcome_of(outcome))
        try:
            if cause := failure(outcome):
                self.health.failed(self.code, cause)
            else:
                self.health.worked(self.code)
        except Error as error:
            logger.warning("%s: health not noted: %s", self.code, error)
        return outcome


def failure(outcome: object) -> str | None:
    match outcome:
        case Unknown(cause):
            return cause
        case Refused(code, _) if code in EVERYBODYS:
            return code
        case _:
            return None


def outcome_of(outcome: object) -> str:
    match outcome:
        case Observed(charge):
            return charge.status
        case Repaid(repayment):
            return repayment.status
        case Page() | RefundPage():
            return "listed"
        case _:
            return type(outcome).__name__.lower()
