"""The gateways, each against its provider: real HTTP to a real process."""

import json
import logging
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from typing_extensions import override
from yookassa import Configuration
from yookassa.logging.adapter import Adapter

from infra.embedded.payments import SHOP
from infra.gateways.yookassa.charges import NotUnderstood, charge
from infra.gateways.yookassa.notifications import PEERS
from processes.ports import Absent, Gateway, Observed, Refused, Unknown
from tests.contracts.gateway_contract import ORDER, ChargeContract
from tests.contracts.gateway_failures import (
    FailureContract,
    NotificationContract,
    Sender,
)
from tests.contracts.refund_contract import RefundContract, RefundProvider
from tests.payments import SandboxProcess, wait_until

FRIENDS = ("185.71.76.3", "77.75.156.35", "::ffff:77.75.153.1", "2a02:5180::1")
STRANGERS = ("185.71.78.1", "77.75.156.36", "127.0.0.1", "2a02:5181::1", "?", "")
NOWHERE = "http://127.0.0.1:9/"


@dataclass
class Sandbox(RefundProvider):
    process: SandboxProcess

    @override
    def confirm(self, ref: str, outcome: str = "succeeded") -> None:
        self.process.confirm(ref, outcome)

    @override
    def script(self, method_ref: str, *outcomes: str) -> None:
        self.process.script(method_ref, *outcomes)

    @override
    def fault(self, kind: str) -> None:
        self.process.fault(kind, seconds=3)

    @override
    def charges(self) -> int:
        return len(self.process.charges())

    @override
    def script_refunds(self, *outcomes: str) -> None:
        self.process.control("PUT", "/refunds", script=list(outcomes))

    @override
    def settle_refund(self, ref: str, outcome: str = "succeeded") -> None:
        self.process.control("POST", f"/refunds/{ref}/settle", outcome=outcome)

    @override
    def notification(self, ref: str) -> bytes:
        [found] = self.process.deliveries()
        return json.dumps(found["body"]).encode()


class TestYooKassa(
    ChargeContract, FailureContract, NotificationContract, RefundContract
):
    EXAMPLE = (
        b'{"type": "notification", "event": "payment.succeeded",'
        b' "object": {"id": "1", "status": "succeeded"}}'
    )

    @override
    def genuine(self, body: bytes) -> list[Sender]:
        return [({}, peer) for peer in FRIENDS]

    @override
    def forged(self, body: bytes) -> list[Sender]:
        return [({}, peer) for peer in STRANGERS]

    @pytest.fixture
    def gateway(self, payment_sandbox: SandboxProcess) -> Gateway:
        return payment_sandbox.gateway(peers=PEERS)

    @pytest.fixture
    def provider(self, payment_sandbox: SandboxProcess) -> RefundProvider:
        payment_sandbox.announce_to(NOWHERE)
        return Sandbox(payment_sandbox)

    def test_a_wrong_key_is_a_refusal_that_does_not_tell_it(
        self,
        payment_sandbox: SandboxProcess,
        caplog: pytest.LogCaptureFixture,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        monkeypatch.setattr(Configuration, "logger", Adapter(logging.getLogger(), {}))
        gateway = payment_sandbox.gateway("live_hushhush")
        refused = gateway.create(gateway.prepare(ORDER), uuid4())
        assert isinstance(refused, Refused)
        assert refused.code == "invalid_credentials"
        assert isinstance(gateway.get(str(uuid4())), Unknown)
        told = repr((refused, gateway.client.__dict__, caplog.text))
        assert "hushhush" not in told
        assert "Basic" not in told

    def test_a_provider_that_is_away(self, payment_sandbox: SandboxProcess) -> None:
        gateway = payment_sandbox.gateway()
        gateway.client.endpoint = NOWHERE
        outcome = gateway.create(gateway.prepare(ORDER), uuid4())
        assert outcome == Unknown("ConnectionError")
        assert gateway.get(str(uuid4())) == Unknown("ConnectionError")

    def test_a_get_that_fails_is_not_an_absence(
        self, payment_sandbox: SandboxProcess
    ) -> None:
        gateway = payment_sandbox.gateway()
        payment_sandbox.fault("no-commit-500", method="GET")
        ref = str(uuid4())
        assert isinstance(gateway.get(ref), Unknown)
        assert gateway.get(ref) == Absent()

    def test_a_shop_that_may_not_save_methods_is_paid_all_the_same(
        self, payment_sandbox: SandboxProcess, caplog: pytest.LogCaptureFixture
    ) -> None:
        gateway = payment_sandbox.gateway()
        assert gateway.get(str(uuid4())) == Absent(), "the shop is known now"
        payment_sandbox.control("PUT", "/shops/100500", saving=False)
        assert gateway.capabilities.recurring
        request, key = gateway.prepare(ORDER), uuid4()
        made = gateway.create(request, key)
        assert isinstance(made, Observed)
        assert made.charge.status == "pending"
        assert gateway.create(request, key) == made
        assert len(payment_sandbox.charges()) == 1
        assert not gateway.capabilities.recurring
        assert "may not save" in caplog.text
        other = gateway.create(gateway.prepare(ORDER), uuid4())
        assert isinstance(other, Observed)

    def test_a_method_that_is_gone_is_named_so(
        self, payment_sandbox: SandboxProcess
    ) -> None:
        gateway = payment_sandbox.gateway()
        order = replace(ORDER, method_ref=str(uuid4()))
        refused = gateway.create(gateway.prepare(order), uuid4())
        assert isinstance(refused, Refused)
        assert refused.code == "payment_method_missing"

    def test_test_money_is_not_taken_for_money(
        self, payment_sandbox: SandboxProcess
    ) -> None:
        gateway = payment_sandbox.gateway()
        made = gateway.create(gateway.prepare(ORDER), uuid4())
        assert isinstance(made, Observed)
        document = payment_sandbox.charges()[0]["committed"]
        with pytest.raises(NotUnderstood, match="do not mix"):
            charge(document, SHOP, test=False)

    def test_a_bad_order_is_refused_by_the_provider(
        self, payment_sandbox: SandboxProcess
    ) -> None:
        gateway = payment_sandbox.gateway()
        request = json.loads(gateway.prepare(ORDER))
        request["confirmation"]["return_url"] = "nowhere"
        refused = gateway.create(json.dumps(request), uuid4())
        assert isinstance(refused, Refused)
        assert "(confirmation.return_url)" in refused.detail

    def test_notifications_come_until_they_are_taken(
        self, payment_sandbox: SandboxProcess
    ) -> None:
        payment_sandbox.announce_to(NOWHERE)
        gateway = payment_sandbox.gateway()
        outcome = gateway.create(gateway.prepare(ORDER), uuid4())
        assert not isinstance(outcome, Refused | Unknown)
        payment_sandbox.confirm(outcome.charge.ref)
        wait_until(lambda: payment_sandbox.deliveries()[0]["attempts"] >= 2)
        assert payment_sandbox.deliveries()[0]["state"] == "waiting"
