"""Telling the shop: until it has understood, and as badly as a test wishes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.payments import SandboxProcess, wait_until
from tests.sandbox import ORDER, create, get, post
from tests.sandbox.receiver import Receiver, listening

DAY = timedelta(hours=25)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as receiver:
        yield receiver


def states(sandbox: SandboxProcess) -> list[str]:
    return [delivery["state"] for delivery in sandbox.deliveries()]


def paid(sandbox: SandboxProcess) -> str:
    id_ = str(create(sandbox)["id"])
    sandbox.confirm(id_)
    return id_


def test_the_shop_is_told_of_what_became_of_it(
    payment_sandbox: SandboxProcess, receiver: Receiver
) -> None:
    payment_sandbox.announce_to(receiver.url)
    id_ = create(payment_sandbox, capture=False)["id"]
    payment_sandbox.confirm(id_)
    post(payment_sandbox, f"/payments/{id_}/cancel")
    wait_until(lambda: states(payment_sandbox) == ["delivered"] * 2)
    held, canceled = receiver.received
    assert held["event"] == "payment.waiting_for_capture"
    assert held["type"] == "notification"
    assert canceled["event"] == "payment.canceled"
    assert canceled["object"] == get(payment_sandbox, id_)


def test_it_is_told_again_until_it_says_yes(
    payment_sandbox: SandboxProcess, receiver: Receiver
) -> None:
    receiver.statuses = [500, 302, 404]
    payment_sandbox.announce_to(receiver.url)
    id_ = paid(payment_sandbox)
    for attempts in range(1, 4):
        wait_until(lambda n=attempts: len(receiver.received) >= n)  # type: ignore[misc]
        payment_sandbox.advance(timedelta(minutes=10))
    wait_until(lambda: states(payment_sandbox) == ["delivered"])
    assert receiver.told == [id_] * 4


def test_after_a_day_it_is_given_up(payment_sandbox: SandboxProcess) -> None:
    payment_sandbox.announce_to("http://127.0.0.1:9/")
    paid(payment_sandbox)
    wait_until(lambda: payment_sandbox.deliveries()[0]["attempts"] >= 1)
    payment_sandbox.advance(DAY)
    wait_until(lambda: states(payment_sandbox) == ["given up"])
    assert payment_sandbox.deliveries()[0]["answer"] == "ConnectError"


def test_twice_and_in_the_wrong_order(
    payment_sandbox: SandboxProcess, receiver: Receiver
) -> None:
    payment_sandbox.announce_to(receiver.url, duplicates=1, reorder=True, delay=600)
    ids = [paid(payment_sandbox), paid(payment_sandbox)]
    assert receiver.received == []
    payment_sandbox.advance(timedelta(minutes=11))
    wait_until(lambda: states(payment_sandbox) == ["delivered"] * 4)
    assert receiver.told == [ids[1], ids[1], ids[0], ids[0]]


def test_lost_on_the_way(payment_sandbox: SandboxProcess, receiver: Receiver) -> None:
    payment_sandbox.announce_to(receiver.url, drop=1)
    paid(payment_sandbox)
    told = paid(payment_sandbox)
    wait_until(lambda: states(payment_sandbox) == ["delivered"])
    assert receiver.told == [told]


def test_the_news_may_be_faster_than_the_answer(
    payment_sandbox: SandboxProcess, receiver: Receiver
) -> None:
    saved = create(payment_sandbox, save_payment_method=True)["id"]
    payment_sandbox.confirm(saved)
    payment_sandbox.announce_to(receiver.url, before_answer=True)
    order = {"amount": ORDER["amount"], "capture": True, "payment_method_id": saved}
    made = post(payment_sandbox, "/payments", order).json()
    assert receiver.told == [made["id"]]


def test_expiry_is_told_without_being_asked(
    payment_sandbox: SandboxProcess, receiver: Receiver
) -> None:
    payment_sandbox.announce_to(receiver.url)
    id_ = create(payment_sandbox)["id"]
    payment_sandbox.advance(timedelta(hours=1))
    wait_until(lambda: receiver.told == [id_])
    assert receiver.received[0]["event"] == "payment.canceled"


def test_somebody_else_can_pretend_to_be_the_provider(
    payment_sandbox: SandboxProcess,
) -> None:
    with listening() as receiver:
        payment_sandbox.announce_to(receiver.url)
        forged = {"id": "1", "status": "succeeded"}
        said = payment_sandbox.control("POST", "/forgeries", object=forged)
        assert said == {receiver.url: 200}
        assert receiver.told == ["1"]
        assert receiver.peers == ["127.0.0.2"]
