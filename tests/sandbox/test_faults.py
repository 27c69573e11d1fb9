"""Faults strike when their rule says so, and the journal tells what really happened."""

import httpx2
import pytest

from tests.payments import SandboxProcess
from tests.sandbox import ORDER, create, get, post


def outcome(sandbox: SandboxProcess, key: str = "") -> int | str:
    try:
        return post(sandbox, "/payments", ORDER, key, timeout=1).status_code
    except httpx2.HTTPError as error:
        return type(error).__name__


@pytest.mark.parametrize(
    ("kind", "seen", "charges"),
    [
        ("no-commit-500", 500, 0),
        ("no-commit-502", 502, 0),
        ("no-commit-reset", "ReadError", 0),
        ("no-commit-hang", "ReadTimeout", 0),
        ("commit-then-500", 500, 1),
        ("commit-then-502", 502, 1),
        ("commit-then-reset", "ReadError", 1),
        ("commit-then-hang", "ReadTimeout", 1),
        ("truncated-json", 200, 1),
        ("processing", 202, 0),
        ("too-many-requests", 429, 0),
        ("key-duplicated", 400, 0),
    ],
)
def test_kinds(
    payment_sandbox: SandboxProcess, kind: str, seen: int | str, charges: int
) -> None:
    payment_sandbox.fault(kind, seconds=2)
    assert outcome(payment_sandbox, "key-1") == seen
    assert len(payment_sandbox.charges()) == charges
    assert payment_sandbox.journal()[0]["fault"] == kind
    assert outcome(payment_sandbox, "key-1") == 200
    assert len(payment_sandbox.charges()) == 1


def test_the_nth_and_as_often_as_it_says(payment_sandbox: SandboxProcess) -> None:
    payment_sandbox.fault("no-commit-500", nth=2, times=2)
    outcomes = [outcome(payment_sandbox) for _ in range(5)]
    assert outcomes == [200, 500, 500, 200, 200]


def test_chance_can_be_repeated(payment_sandbox: SandboxProcess) -> None:
    series = []
    for _ in range(2):
        payment_sandbox.control("DELETE", "/faults")
        payment_sandbox.fault("no-commit-500", probability=0.5, seed=7, times=None)
        series.append([outcome(payment_sandbox) for _ in range(12)])
    assert series[0] == series[1]
    assert set(series[0]) == {200, 500}


def test_other_requests_are_spared(payment_sandbox: SandboxProcess) -> None:
    payment_sandbox.fault("no-commit-500", path="/v3/refunds", times=None)
    payment_sandbox.fault("no-commit-500", method="GET")
    assert create(payment_sandbox)["status"] == "pending"


def test_an_unknown_kind_is_refused(payment_sandbox: SandboxProcess) -> None:
    answer = payment_sandbox.client.post("/__sandbox/faults", json={"kind": "gremlin"})
    assert answer.status_code == 422


def test_the_journal_keeps_every_request(payment_sandbox: SandboxProcess) -> None:
    made = create(payment_sandbox, "key-1")
    create(payment_sandbox, "key-1")
    first, second = payment_sandbox.journal()
    assert (first["method"], first["path"]) == ("POST", "/v3/payments")
    assert (first["key"], first["status"], first["shop"]) == ("key-1", 200, "100500")
    assert '"value":"399.00"' in first["body"].replace(" ", "")
    assert first["committed"] == made
    assert (second["replayed"], "committed" in second) == (True, False)


def test_a_provider_that_took_too_long_has_given_up(
    payment_sandbox: SandboxProcess,
) -> None:
    payment_sandbox.fault("internal-timeout")
    document = create(payment_sandbox)
    assert document["cancellation_details"] == {
        "party": "yoo_money",
        "reason": "internal_timeout",
    }
    assert create(payment_sandbox)["status"] == "pending"


def test_what_is_read_may_be_stale(payment_sandbox: SandboxProcess) -> None:
    id_ = create(payment_sandbox)["id"]
    payment_sandbox.confirm(id_)
    payment_sandbox.fault("stale", method="GET")
    assert get(payment_sandbox, id_)["status"] == "pending"
    assert get(payment_sandbox, id_)["status"] == "succeeded"
