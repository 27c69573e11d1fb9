"""The gateway that other tests take for a real one keeps the same record."""

from dataclasses import dataclass

import pytest
from typing_extensions import override

from infra.clock import utc_now
from processes.ports import Gateway
from tests.contracts.gateway_contract import Provider, RecordContract
from tests.memory_gateway import MemoryGateway


@dataclass
class Memory(Provider):
    gateway: MemoryGateway

    @override
    def confirm(self, ref: str, outcome: str = "succeeded") -> None:
        [url] = [
            charge.confirmation_url
            for charge in self.gateway.charges.values()
            if charge.ref == ref
        ]
        assert url
        self.gateway.confirm(url, None if outcome == "succeeded" else outcome)

    @override
    def script(self, method_ref: str, *outcomes: str) -> None:
        self.gateway.declines.extend(
            None if outcome == "succeeded" else outcome for outcome in outcomes
        )

    @override
    def fault(self, kind: str) -> None:
        self.gateway.faults.append("lost" if "commit-then" in kind else "vanished")

    @override
    def charges(self) -> int:
        return len(self.gateway.charges)

    @override
    def notification(self, ref: str) -> bytes:
        raise AssertionError("it never sends any")


class TestMemory(RecordContract):
    @pytest.fixture
    def memory_gateway(self) -> MemoryGateway:
        return MemoryGateway(utc_now)

    @pytest.fixture
    def gateway(self, memory_gateway: MemoryGateway) -> Gateway:
        return memory_gateway

    @pytest.fixture
    def provider(self, memory_gateway: MemoryGateway) -> Provider:
        return Memory(memory_gateway)

    def test_a_saved_method_pays_or_declines(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        method = self.saved_method(gateway, provider)
        provider.script(method, "insufficient_funds", "succeeded")
        declined, paid = (self.charged_again(gateway, method) for _ in range(2))
        assert declined.reason == "insufficient_funds"
        assert paid.status == "succeeded"
