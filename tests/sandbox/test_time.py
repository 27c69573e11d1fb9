"""What time does to payments, and how they are listed."""

from datetime import UTC, datetime, timedelta
from urllib.error import URLError

import pytest

from infra.embedded.payments import tell_time
from tests.payments import SandboxProcess
from tests.sandbox import call, create, get

YEAR = timedelta(days=365)


def test_who_does_not_confirm_in_an_hour_is_too_late(
    payment_sandbox: SandboxProcess,
) -> None:
    id_ = create(payment_sandbox)["id"]
    payment_sandbox.advance(timedelta(minutes=59))
    assert get(payment_sandbox, id_)["status"] == "pending"
    payment_sandbox.advance(timedelta(minutes=1))
    assert get(payment_sandbox, id_)["cancellation_details"] == {
        "party": "yoo_money",
        "reason": "expired_on_confirmation",
    }
    late = payment_sandbox.client.post(f"/__sandbox/payments/{id_}/confirm", json={})
    assert late.status_code == 400


def test_held_money_is_let_go_after_a_week(payment_sandbox: SandboxProcess) -> None:
    id_ = create(payment_sandbox, capture=False)["id"]
    payment_sandbox.confirm(id_)
    payment_sandbox.advance(timedelta(days=7))
    canceled = get(payment_sandbox, id_)
    assert canceled["cancellation_details"]["reason"] == "expired_on_capture"


def test_the_clock_can_be_set(payment_sandbox: SandboxProcess) -> None:
    later = datetime.now(UTC) + YEAR
    payment_sandbox.control("POST", "/clock", now=later.isoformat())
    created = datetime.fromisoformat(create(payment_sandbox)["created_at"])
    assert abs(created - later) < timedelta(minutes=1)


@pytest.mark.parametrize("body", [{}, {"advance": -1}, {"now": "soon"}, {"to": 1}])
def test_the_clock_is_not_set_to_nonsense(
    payment_sandbox: SandboxProcess, body: object
) -> None:
    answer = payment_sandbox.client.post("/__sandbox/clock", json=body)
    assert answer.status_code == 422


def test_pages_stay_right_while_payments_are_made(
    payment_sandbox: SandboxProcess,
) -> None:
    made = [create(payment_sandbox)["id"] for _ in range(5)]
    first = call(payment_sandbox, "GET", "/payments", params={"limit": 2}).json()
    create(payment_sandbox)
    query = {"limit": 3, "cursor": first["next_cursor"]}
    second = call(payment_sandbox, "GET", "/payments", params=query).json()
    listed = [item["id"] for page in (first, second) for item in page["items"]]
    assert listed == made[::-1]
    assert "next_cursor" not in second


def test_lists_are_filtered(payment_sandbox: SandboxProcess) -> None:
    old = create(payment_sandbox)["id"]
    payment_sandbox.confirm(old)
    payment_sandbox.advance(YEAR)
    new = create(payment_sandbox)
    since = {"created_at.gte": new["created_at"]}
    for query, expected in (
        (since, [new["id"]]),
        ({"created_at.lt": new["created_at"]}, [old]),
        ({"status": "succeeded"}, [old]),
        ({"payment_method": "bank_card"}, [old]),
        ({"captured_at.lte": new["created_at"]}, [old]),
        (since | {"status": "succeeded"}, []),
    ):
        found = call(payment_sandbox, "GET", "/payments", params=query).json()
        assert [item["id"] for item in found["items"]] == expected, query


def test_a_list_may_lag_behind(payment_sandbox: SandboxProcess) -> None:
    payment_sandbox.control("PUT", "/behaviour", list_lag=60)
    id_ = create(payment_sandbox)["id"]
    assert call(payment_sandbox, "GET", "/payments").json()["items"] == []
    assert get(payment_sandbox, id_)["status"] == "pending"
    payment_sandbox.advance(timedelta(minutes=1))
    assert len(call(payment_sandbox, "GET", "/payments").json()["items"]) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "x"),
        ("cursor", "AAAA"),
        ("cursor", "я"),
        ("status", "lost"),
        ("created_at.gte", "yesterday"),
        ("metadata.attempt_id", "0192"),
    ],
)
def test_a_bad_list(payment_sandbox: SandboxProcess, name: str, value: str) -> None:
    answer = call(payment_sandbox, "GET", "/payments", params={name: value})
    assert (answer.status_code, answer.json()["parameter"]) == (400, name)


def test_the_cinema_takes_it_along(payment_sandbox: SandboxProcess) -> None:
    id_ = create(payment_sandbox)["id"]
    tell_time(f"{payment_sandbox.url}/v3", datetime.now(UTC) + timedelta(hours=2))
    assert get(payment_sandbox, id_)["status"] == "canceled"
    with pytest.raises(URLError):
        tell_time("http://127.0.0.1:9/v3", datetime.now(UTC))
