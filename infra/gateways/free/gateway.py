"""The ``Gateway`` port without any provider: every charge succeeds, nobody pays."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID, uuid5

from psycopg import Error

from domain.kernel.messages import Clock
from domain.kernel.values import Currency, Money
from infra.gateways.free.book import Book, Entry
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
    Refused,
    Repaid,
    Repayment,
    Unknown,
    Untrusted,
)

T = TypeVar("T")

PAGE = 100
#: Whose it is follows: what is saved is one person's.
METHOD = "free-"
USED = Unknown("the key was used with another request")
CAPABILITIES = Capabilities(
    currencies=frozenset({"RUB", "USD", "EUR"}),
    recurring=True,
    refunds=True,
    partial_refunds=True,
    receipts=False,
    free=True,
)


class Free:
    def __init__(self, book: Book, clock: Clock) -> None:
        self.book = book
        self.clock = clock

    @property
    def code(self) -> str:
        return "free"

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    def prepare(self, order: ChargeOrder) -> str:
        asked = {
            "payment_id": str(order.payment_id),
            "attempt_id": str(order.attempt_id),
            "minor": order.amount.minor,
            "currency": order.amount.currency,
            "save": order.save_method or order.method_ref is not None,
            "method": order.method_ref or f"{METHOD}{order.account_id}",
        }
        return json.dumps(asked, sort_keys=True)

    def create(self, request: str, key: UUID) -> Outcome:
        if not json.loads(request)["method"].startswith(METHOD):
            return Refused("payment_method_missing", "There is no such method.")
        values = {"ref": str(uuid5(key, "free")), "request": request}
        entry = known(
            lambda: self.book.charge({"key": key, "now": self.clock(), **values})
        )
        if isinstance(entry, Unknown):
            return entry
        return USED if entry.request != request else Observed(charge(entry))

    def get(self, ref: str) -> Observed | Absent | Unknown:
        entry = known(lambda: self.book.find(ref))
        if isinstance(entry, Unknown):
            return entry
        if entry is None:
            return Absent()
        repaid = known(lambda: self.book.repaid(ref))
        if isinstance(repaid, Unknown):
            return repaid
        return Observed(charge(entry, repaid))

    def find(
        self, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page | Unknown:
        found = known(lambda: self.book.list(since, until, cursor, PAGE + 1))
        if isinstance(found, Unknown):
            return found
        charges = [charge(entry) for entry in found[:PAGE]]
        return Page(charges, charges[-1].ref if len(found) > PAGE else None)

    def prepare_refund(self, order: RefundOrder) -> str:
        asked = {
            "payment_id": str(order.payment_id),
            "refund_id": str(order.refund_id),
            "charge_ref": order.charge_ref,
            "minor": order.amount.minor,
            "currency": order.amount.currency,
        }
        return json.dumps(asked, sort_keys=True)

    def create_refund(self, request: str, key: UUID) -> RefundOutcome:
        asked = json.loads(request)
        of = self.get(asked["charge_ref"])
        if isinstance(of, Unknown):
            return of
        if isinstance(of, Absent):
            return Refused("invalid_request", "There is no such charge.")
        values = {
            "key": key,
            "ref": str(uuid5(key, "refund")),
            "charge_ref": asked["charge_ref"],
            "request": request,
            "minor": asked["minor"],
            "now": self.clock(),
        }
        entry = known(lambda: self.book.refund(values, of.charge.amount.minor))
        if isinstance(entry, Unknown):
            return entry
        if entry is None:
            return Refused("invalid_request", "More than is left of the charge.")
        return USED if entry.request != request else Repaid(repayment(entry))

    def get_refund(self, ref: str) -> Repaid | Absent | Unknown:
        entry = known(lambda: self.book.find_refund(ref))
        if isinstance(entry, Unknown):
            return entry
        return Absent() if entry is None else Repaid(repayment(entry))

    def find_refunds(
        self,
        charge_ref: str,
        cursor: str | None = None,  # noqa: ARG002  # They fit on one page.
    ) -> RefundPage | Unknown:
        found = known(lambda: self.book.refunds(charge_ref))
        if isinstance(found, Unknown):
            return found
        return RefundPage([repayment(entry) for entry in found])

    def parse_notification(
        self, _headers: Mapping[str, str], _body: bytes, _peer: str
    ) -> Notification | Untrusted:
        return Untrusted("it never sends any")


def known(ask: Callable[[], T]) -> T | Unknown:
    """The database that does not answer is a gateway that does not."""
    try:
        return ask()
    except Error as error:
        return Unknown(type(error).__name__)


def charge(entry: Entry, repaid: int = 0) -> Charge:
    asked = json.loads(entry.request)
    amount = money(asked)
    return Charge(
        ref=entry.ref,
        status="succeeded",
        amount=amount,
        payment_id=UUID(asked["payment_id"]),
        attempt_id=UUID(asked["attempt_id"]),
        created_at=entry.made_at,
        captured_at=entry.made_at,
        method=Method(
            ref=asked["method"],
            kind="free",
            title="Free of charge",
            saved=asked["save"],
        ),
        test=True,
        income=amount,
        refunded=Money(repaid, amount.currency),
    )


def repayment(entry: Entry) -> Repayment:
    asked = json.loads(entry.request)
    return Repayment(
        ref=entry.ref,
        status="succeeded",
        amount=money(asked),
        refund_id=UUID(asked["refund_id"]),
        charge_ref=asked["charge_ref"],
        created_at=entry.made_at,
    )


def money(asked: Mapping[str, Any]) -> Money:
    return Money(asked["minor"], cast("Currency", asked["currency"]))
