"""What the provider reports of a day."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from infra.embedded.payments import SHOP
from tests.payments import SandboxProcess
from tests.sandbox import create, post

DAY = "2031-05-10"
#: Midnight in Moscow is nine in the evening in UTC.
MIDNIGHT = datetime.fromisoformat("2031-05-09T21:00:00+00:00")


def pay(sandbox: SandboxProcess, at: datetime) -> str:
    sandbox.control("POST", "/clock", now=at.isoformat())
    id_: str = create(sandbox)["id"]
    sandbox.confirm(id_)
    return id_


def report(sandbox: SandboxProcess, format_: str = "jsonl") -> str:
    query = {"day": DAY, "shop": SHOP, "format": format_}
    answer = sandbox.client.get("/__sandbox/registry", params=query)
    assert answer.status_code == 200
    return answer.text


def rows(sandbox: SandboxProcess) -> Sequence[dict[str, Any]]:
    return [json.loads(line) for line in report(sandbox).splitlines()]


def test_it_has_what_was_captured_from_midnight_to_midnight(
    payment_sandbox: SandboxProcess,
) -> None:
    pay(payment_sandbox, MIDNIGHT - timedelta(seconds=10))
    first = pay(payment_sandbox, MIDNIGHT)
    last = pay(payment_sandbox, MIDNIGHT + timedelta(hours=23, minutes=59))
    pay(payment_sandbox, MIDNIGHT + timedelta(hours=24))
    create(payment_sandbox)
    found = rows(payment_sandbox)
    assert [row["id"] for row in found] == [first, last]
    assert found[0] == {
        "type": "payment",
        "id": first,
        "payment_id": first,
        "amount": "399.00",
        "currency": "RUB",
        "fee": "13.97",
        "captured_at": found[0]["captured_at"],
        "metadata": {"attempt_id": "0192"},
    }


def test_it_has_what_was_paid_back(payment_sandbox: SandboxProcess) -> None:
    id_ = pay(payment_sandbox, MIDNIGHT)
    amount = {"value": "100.00", "currency": "RUB"}
    refund = {"payment_id": id_, "amount": amount, "metadata": {"refund_id": "r"}}
    made = post(payment_sandbox, "/refunds", refund).json()
    [_, row] = rows(payment_sandbox)
    assert row["captured_at"] == made["created_at"]
    del row["captured_at"]
    assert row == {
        "type": "refund",
        "id": made["id"],
        "payment_id": id_,
        "amount": "100.00",
        "currency": "RUB",
        "fee": "0.00",
        "metadata": {"refund_id": "r"},
    }


def test_it_is_a_table_too(payment_sandbox: SandboxProcess) -> None:
    id_ = pay(payment_sandbox, MIDNIGHT)
    [row] = csv.DictReader(io.StringIO(report(payment_sandbox, "csv")))
    assert (row["id"], row["fee"]) == (id_, "13.97")
    assert json.loads(row["metadata"]) == {"attempt_id": "0192"}


@pytest.mark.parametrize(
    ("wrong", "amounts"),
    [
        ({"kind": "missing"}, ["399.00"]),
        ({"kind": "duplicate"}, ["399.00"] * 3),
        ({"kind": "amount", "value": "398.00"}, ["398.00", "399.00"]),
        ({"kind": "unknown", "value": "5.00"}, ["399.00", "399.00", "5.00"]),
        ({"kind": "fee", "value": "0.01"}, ["399.00"] * 2),
    ],
)
def test_it_can_be_made_wrong(
    payment_sandbox: SandboxProcess, wrong: dict[str, str], amounts: list[str]
) -> None:
    first = pay(payment_sandbox, MIDNIGHT)
    pay(payment_sandbox, MIDNIGHT + timedelta(hours=1))
    about = {} if wrong["kind"] == "unknown" else {"id": first}
    payment_sandbox.control("POST", "/discrepancies", **wrong, **about)
    found = rows(payment_sandbox)
    assert [row["amount"] for row in found] == amounts
    assert (found and found[0]["fee"] == "0.01") == (wrong["kind"] == "fee")
