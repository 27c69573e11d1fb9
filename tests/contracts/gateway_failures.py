"""What every gateway promises of what goes wrong, and of what it is told."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import uuid4

import pytest

from processes.ports import (
    Gateway,
    Notification,
    Observed,
    Refused,
    Unknown,
    Untrusted,
)
from tests.contracts.gateway_contract import ORDER, GatewaySuite, Provider

#: Headers, and the address it came from.
Sender: TypeAlias = tuple[Mapping[str, str], str]


class FailureContract(GatewaySuite):
    @pytest.mark.parametrize(
        "kind",
        [
            "commit-then-500",
            "commit-then-502",
            "commit-then-reset",
            "commit-then-hang",
            "truncated-json",
        ],
    )
    def test_an_answer_that_is_lost(
        self, gateway: Gateway, provider: Provider, kind: str
    ) -> None:
        request, key = gateway.prepare(ORDER), uuid4()
        provider.fault(kind)
        lost = gateway.create(request, key)
        assert isinstance(lost, Unknown)
        assert lost.cause
        assert provider.charges() == 1
        assert isinstance(gateway.create(request, key), Observed)
        assert provider.charges() == 1

    @pytest.mark.parametrize(
        "kind",
        [
            "no-commit-500",
            "no-commit-502",
            "no-commit-reset",
            "no-commit-hang",
            "processing",
            "key-duplicated",
        ],
    )
    def test_a_request_that_is_lost(
        self, gateway: Gateway, provider: Provider, kind: str
    ) -> None:
        request, key = gateway.prepare(ORDER), uuid4()
        provider.fault(kind)
        assert isinstance(gateway.create(request, key), Unknown)
        assert provider.charges() == 0
        assert isinstance(gateway.create(request, key), Observed)
        assert provider.charges() == 1

    def test_too_much_at_once_is_a_refusal(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        provider.fault("too-many-requests")
        refused = gateway.create(gateway.prepare(ORDER), uuid4())
        assert isinstance(refused, Refused)
        assert refused.code == "too_many_requests"
        assert provider.charges() == 0


class NotificationContract(GatewaySuite):
    @abstractmethod
    def genuine(self, body: bytes) -> Sequence[Sender]:
        """How this text may arrive when the provider has sent it."""

    @abstractmethod
    def forged(self, body: bytes) -> Sequence[Sender]:
        """How it may arrive when somebody else has."""

    #: Of the provider's own kind, about a charge that has succeeded.
    EXAMPLE: bytes

    def test_a_notification_is_a_hint(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        charge = self.charged(gateway)
        provider.confirm(charge.ref)
        body = provider.notification(charge.ref)
        for headers, peer in self.genuine(body):
            assert gateway.parse_notification(headers, body, peer) == Notification(
                "payment.succeeded", charge.ref, "succeeded"
            )

    def test_strangers_are_not_listened_to(self, gateway: Gateway) -> None:
        for headers, peer in self.genuine(self.EXAMPLE):
            found = gateway.parse_notification(headers, self.EXAMPLE, peer)
            assert isinstance(found, Notification)
        for headers, peer in self.forged(self.EXAMPLE):
            refused = gateway.parse_notification(headers, self.EXAMPLE, peer)
            assert isinstance(refused, Untrusted)

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"\xff",
            b"[]",
            b"null",
            b'{"type": "notification"}',
            b'{"type": "notification", "event": "e", "object": []}',
            b'{"type": "notification", "event": 1, "object": {"id": 1, "status": 1}}',
            b'{"object": "event", "type": "t", "data": {"object": 1}}',
            b"[" * 50_000,
            b" " * 70_000,
        ],
    )
    def test_nonsense_is_not_listened_to(self, gateway: Gateway, body: bytes) -> None:
        headers, peer = self.genuine(body)[0]
        found = gateway.parse_notification(headers, body, peer)
        assert isinstance(found, Untrusted)
