"""Lists: newest first, a page at a time, with a cursor that stays right."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infra.gateways.sandbox.clock import moment, stamp
from infra.gateways.sandbox.database import Database
from infra.gateways.sandbox.failures import Failure, invalid

COMPARISONS = {"gte": ">=", "gt": ">", "lte": "<=", "lt": "<"}
STATUSES = {"pending", "waiting_for_capture", "succeeded", "canceled"}
USUAL_LIMIT, LARGEST_LIMIT = 10, 100


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be listed, and the columns by which it can be chosen."""

    table: str
    moments: tuple[str, ...]
    equals: Mapping[str, str]

    def time(self, name: str) -> str | None:
        """The condition of a parameter like ``created_at.gte``, if it is one."""
        column, _, comparison = name.partition(".")
        if column not in self.moments or comparison not in COMPARISONS:
            return None
        return f"{column} {COMPARISONS[comparison]} ?"


PAYMENTS = Kind(
    "payment",
    ("created_at", "captured_at"),
    {"status": "status = ?", "payment_method": "method = ?"},
)
REFUNDS = Kind(
    "refund",
    ("created_at",),
    {"status": "status = ?", "payment_id": "payment_id = ?"},
)
RECEIPTS = Kind(
    "receipt",
    ("created_at",),
    {
        "status": "status = ?",
        "payment_id": "payment_id = ?",
        "refund_id": "refund_id = ?",
    },
)


def page(
    database: Database,
    shop: str,
    parameters: Mapping[str, str],
    upto: str,
    kind: Kind = PAYMENTS,
) -> Mapping[str, Any]:
    """``upto``: later ones are not listed yet. Raises ``Failure``."""
    conditions, values = ["shop = ?", "created_at <= ?"], [shop, upto]
    for name, text in parameters.items():
        if condition := kind.time(name):
            conditions.append(condition)
            values.append(time(name, text))
        elif name in kind.equals:
            conditions.append(kind.equals[name])
            values.append(known(name, text))
        elif name == "cursor":
            conditions.append("(created_at, number) < (?, CAST(? AS INTEGER))")
            values += opened(text)
        elif name != "limit":
            raise invalid("There is no such parameter", name)
    where = " AND ".join(conditions)
    return found(database, kind.table, where, values, limit(parameters))


def found(
    database: Database, table: str, where: str, values: list[str], limit: int
) -> Mapping[str, Any]:
    rows = database.rows(
        f"SELECT number, created_at, document FROM {table} WHERE {where} "  # noqa: S608
        "ORDER BY created_at DESC, number DESC LIMIT ?",
        *values,
        limit + 1,
    )
    items = [json.loads(row["document"]) for row in rows[:limit]]
    more: dict[str, str] = {}
    if len(rows) > limit:
        last = rows[limit - 1]
        more["next_cursor"] = closed(last["created_at"], last["number"])
    return {"type": "list", "items": items, **more}


def limit(parameters: Mapping[str, str]) -> int:
    text = parameters.get("limit", str(USUAL_LIMIT))
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST_LIMIT:
        raise invalid(f"A number from 1 to {LARGEST_LIMIT}", "limit")
    return int(text)


def time(name: str, text: str) -> str:
    try:
        return stamp(moment(text))
    except ValueError as error:
        raise invalid("Not a time in ISO 8601", name) from error


def known(name: str, text: str) -> str:
    if name == "status" and text not in STATUSES:
        raise invalid("There is no such status", name)
    return text


def closed(created_at: str, number: int) -> str:
    return urlsafe_b64encode(f"{created_at} {number}".encode()).decode()


def opened(cursor: str) -> list[str]:
    try:
        created_at, number = urlsafe_b64decode(cursor).decode().split(" ")
        return [stamp(moment(created_at)), str(int(number))]
    except (Error, UnicodeDecodeError, ValueError) as error:
        raise bad_cursor() from error


def bad_cursor() -> Failure:
    return invalid("This is not a cursor that was given out", "cursor")
