"""Over https the SDK repeats requests by itself; the gateway does not."""

import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from pydantic import SecretStr
from yookassa import Configuration, Payment

from infra.embedded.child import Child
from infra.embedded.payments import SHOP, SHOP_KEY, PaymentSandbox
from infra.gateways.yookassa.client import ShopClient
from infra.gateways.yookassa.gateway import YooKassa
from processes.ports import Unknown
from tests.certificates import self_signed
from tests.conftest import free_port
from tests.contracts.gateway_contract import ORDER as CHARGE_ORDER
from tests.payments import PATIENCE
from tests.sandbox import ORDER


@dataclass(frozen=True)
class SecureSandbox:
    url: str
    certificate: Path
    client: httpx2.Client

    def fault(self, kind: str) -> None:
        self.client.post("/__sandbox/faults", json={"kind": kind}).raise_for_status()

    def requests(self) -> list[Any]:
        return list(self.client.get("/__sandbox/journal").json())

    def answers(self) -> bool:
        with suppress(httpx2.HTTPError):
            return self.client.get("/__sandbox/clock").is_success
        return False


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureSandbox]:
    folder = tmp_path_factory.mktemp("secure")
    certificate = self_signed(folder)
    place = PaymentSandbox(folder / "state", free_port())
    program = place.program(folder / "log")
    secure = ("--certificate", str(certificate), "--key", str(certificate))
    child = Child(replace(program, command=(*program.command, *secure)))
    url = f"https://127.0.0.1:{place.port}"
    trust = ssl.create_default_context(cafile=str(certificate))
    with httpx2.Client(base_url=url, verify=trust, trust_env=False) as client:
        sandbox = SecureSandbox(url, certificate, client)
        child.wait_for(sandbox.answers, PATIENCE)
        yield sandbox
    child.stop()


@pytest.fixture
def sandbox(started: SecureSandbox) -> SecureSandbox:
    started.client.post("/__sandbox/reset").raise_for_status()
    return started


def test_the_sdk_repeats_with_the_same_key(sandbox: SecureSandbox) -> None:
    Configuration.configure(
        SHOP,
        SHOP_KEY,
        api_url=f"{sandbox.url}/v3",
        timeout=1,
        verify=str(sandbox.certificate),
    )
    sandbox.fault("commit-then-reset")
    payment = Payment.create({**ORDER}, "key-1")
    Configuration.configure(None, None)
    lost, repeated = sandbox.requests()
    assert (lost["key"], repeated["key"]) == ("key-1", "key-1")
    assert lost["committed"]["id"] == payment.id
    assert repeated["replayed"]


def test_ours_sends_once_and_says_that_it_does_not_know(sandbox: SecureSandbox) -> None:
    client = ShopClient(SHOP, SecretStr(SHOP_KEY), f"{sandbox.url}/v3")
    client.configuration.verify = str(sandbox.certificate)
    gateway = YooKassa(client)
    sandbox.fault("commit-then-reset")
    request, key = gateway.prepare(CHARGE_ORDER), uuid4()
    assert isinstance(gateway.create(request, key), Unknown)
    assert len(sandbox.requests()) == 1


def test_ours_does_not_talk_to_whom_it_does_not_know(sandbox: SecureSandbox) -> None:
    client = ShopClient(SHOP, SecretStr(SHOP_KEY), f"{sandbox.url}/v3")
    gateway = YooKassa(client)
    outcome = gateway.create(gateway.prepare(CHARGE_ORDER), uuid4())
    assert outcome == Unknown("SSLError")
    assert sandbox.requests() == []
