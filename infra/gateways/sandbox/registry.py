"""What the provider reports of a day, Moscow's: what it has taken, and for what fee.

A report that is right is no test of whoever compares it: discrepancies can be put in.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from infra.gateways.sandbox.clock import stamp
from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.payments import Document, new_id

Row: TypeAlias = Mapping[str, Any]

MOSCOW = ZoneInfo("Europe/Moscow")
COLUMNS = (
    "type",
    "id",
    "payment_id",
    "amount",
    "currency",
    "fee",
    "captured_at",
    "metadata",
)

CAPTURED = """
SELECT document FROM payment
WHERE shop = ? AND captured_at >= ? AND captured_at < ? ORDER BY captured_at, number
"""
REFUNDED = """
SELECT document FROM refund
WHERE shop = ? AND status = 'succeeded' AND created_at >= ? AND created_at < ?
ORDER BY created_at, number
"""
INJECT = "INSERT INTO discrepancy (body) VALUES (?)"
INJECTED = "SELECT body FROM discrepancy ORDER BY number"


class Discrepancy(BaseModel):
    """Of the row with this id; ``unknown`` is a payment that nobody has made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["missing", "duplicate", "amount", "fee", "unknown"]
    id: str | None = None
    #: What it says instead.
    value: str = Field("1.00", pattern=r"^\d{1,9}\.\d{2}$")


@dataclass(frozen=True, slots=True)
class Registry:
    database: Database

    def inject(self, discrepancy: Discrepancy) -> None:
        self.database.execute(INJECT, discrepancy.model_dump_json())

    def of(self, shop: str, day: date) -> Sequence[Row]:
        """Midnight to midnight in Moscow: payments by time, then refunds."""
        begin, end = (stamp(midnight(day + timedelta(days=n))) for n in (0, 1))
        payments = self.database.rows(CAPTURED, shop, begin, end)
        refunds = self.database.rows(REFUNDED, shop, begin, end)
        rows: list[Row] = [taken(json.loads(row["document"])) for row in payments]
        rows += [repaid(json.loads(row["document"])) for row in refunds]
        for injected in self.database.rows(INJECTED):
            wrong = Discrepancy.model_validate_json(injected["body"])
            rows = falsified(rows, wrong, midnight(day))
        return rows


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), MOSCOW)


def taken(payment: Document) -> Row:
    amount, income = payment["amount"], payment["income_amount"]
    return {
        "type": "payment",
        "id": payment["id"],
        "payment_id": payment["id"],
        "amount": amount["value"],
        "currency": amount["currency"],
        "fee": str(Decimal(amount["value"]) - Decimal(income["value"])),
        "captured_at": payment["captured_at"],
        "metadata": payment.get("metadata", {}),
    }


def repaid(refund: Document) -> Row:
    """By the day on which it was asked for. The fee of the payment is not returned."""
    return {
        "type": "refund",
        "id": refund["id"],
        "payment_id": refund["payment_id"],
        "amount": refund["amount"]["value"],
        "currency": refund["amount"]["currency"],
        "fee": "0.00",
        "captured_at": refund["created_at"],
        "metadata": refund.get("metadata", {}),
    }


def falsified(rows: Sequence[Row], wrong: Discrepancy, at: datetime) -> list[Row]:
    if wrong.kind == "unknown":
        return [*rows, invented(wrong, at)]
    return [made for row in rows for made in falsely(row, wrong)]


def falsely(row: Row, wrong: Discrepancy) -> Iterable[Row]:
    if row["id"] != wrong.id:
        return (row,)
    match wrong.kind:
        case "missing":
            return ()
        case "duplicate":
            return (row, row)
        case _:
            return ({**row, wrong.kind: wrong.value},)


def invented(wrong: Discrepancy, at: datetime) -> Row:
    id_ = wrong.id or new_id(at)
    return {
        "type": "payment",
        "id": id_,
        "payment_id": id_,
        "amount": wrong.value,
        "currency": "RUB",
        "fee": "0.00",
        "captured_at": stamp(at),
        "metadata": {},
    }


def as_lines(rows: Sequence[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def as_csv(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for row in rows:
        metadata = json.dumps(row["metadata"], ensure_ascii=False, sort_keys=True)
        writer.writerow({**row, "metadata": metadata})
    return text.getvalue()
