"""One key, one payment: at once, later, too late, and with another body."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.payments import SandboxProcess
from tests.sandbox import ORDER, call, create, get, post


def test_the_first_answer_again(payment_sandbox: SandboxProcess) -> None:
    first = create(payment_sandbox, "key-1")
    payment_sandbox.confirm(first["id"])
    assert create(payment_sandbox, "key-1") == first
    payment_sandbox.control("PUT", "/behaviour", replay="current")
    assert create(payment_sandbox, "key-1") == get(payment_sandbox, first["id"])
    replayed = [entry["replayed"] for entry in payment_sandbox.journal()]
    assert replayed[:3] == [False, True, True]


def test_the_order_of_members_does_not_matter(payment_sandbox: SandboxProcess) -> None:
    first = create(payment_sandbox, "key-1")
    turned = dict(reversed(list(ORDER.items())))
    assert post(payment_sandbox, "/payments", turned, "key-1").json() == first


def test_other_parameters_are_refused(payment_sandbox: SandboxProcess) -> None:
    create(payment_sandbox, "key-1")
    answer = post(payment_sandbox, "/payments", {**ORDER, "capture": False}, "key-1")
    body = answer.json()
    assert answer.status_code == 400
    assert body["description"] == "Idempotence key duplicated"
    assert body["parameter"] == "Idempotence-Key"
    assert len(payment_sandbox.charges()) == 1


def test_a_key_is_a_shops_own(payment_sandbox: SandboxProcess) -> None:
    create(payment_sandbox, "key-1")
    shop = ("700800", "test_its_own")
    answer = post(payment_sandbox, "/payments", ORDER, "key-1", auth=shop)
    assert answer.status_code == 200
    assert len(payment_sandbox.charges()) == 2


def test_a_day_later_it_is_forgotten(payment_sandbox: SandboxProcess) -> None:
    first = create(payment_sandbox, "key-1")
    payment_sandbox.advance(timedelta(hours=23, minutes=59))
    assert create(payment_sandbox, "key-1")["id"] == first["id"]
    payment_sandbox.advance(timedelta(minutes=1))
    assert create(payment_sandbox, "key-1")["id"] != first["id"]


def test_the_second_waits_for_the_first(payment_sandbox: SandboxProcess) -> None:
    payment_sandbox.fault("slow", seconds=0.5)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: create(payment_sandbox, "key-1"), range(4)))
    assert len({payment["id"] for payment in made}) == 1
    assert len(payment_sandbox.charges()) == 1


@pytest.mark.parametrize(
    "key", ["", "k" * 65, "key 1", "ключ".encode().decode("latin-1")]
)
def test_a_bad_key(payment_sandbox: SandboxProcess, key: str) -> None:
    headers = [("Idempotence-Key", key.encode("latin-1"))] if key else []
    answer = call(payment_sandbox, "POST", "/payments", json=ORDER, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "Idempotence-Key"


def test_what_was_refused_does_not_use_up_its_key(
    payment_sandbox: SandboxProcess,
) -> None:
    assert post(payment_sandbox, "/payments", {}, "key-1").status_code == 400
    assert create(payment_sandbox, "key-1")["status"] == "pending"
