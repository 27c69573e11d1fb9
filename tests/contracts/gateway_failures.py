"""What every gateway promises of what goes wrong, and of what it is told."""

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
    #: Addresses from which it sends, and from which it never does.
    friends: tuple[str, ...]
    strangers: tuple[str, ...]

    def test_a_notification_is_a_hint(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        charge = self.charged(gateway)
        provider.confirm(charge.ref)
        body = provider.notification(charge.ref)
        for peer in self.friends:
            assert gateway.parse_notification({}, body, peer) == Notification(
                "payment.succeeded", charge.ref, "succeeded"
            )

    def test_strangers_are_not_listened_to(self, gateway: Gateway) -> None:
        body = (
            b'{"type": "notification", "event": "payment.succeeded",'
            b' "object": {"id": "1", "status": "succeeded"}}'
        )
        assert isinstance(
            gateway.parse_notification({}, body, self.friends[0]), Notification
        )
        for peer in self.strangers:
            found = gateway.parse_notification({}, body, peer)
            assert isinstance(found, Untrusted)

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
            b"[" * 50_000,
            b" " * 70_000,
        ],
    )
    def test_nonsense_is_not_listened_to(self, gateway: Gateway, body: bytes) -> None:
        found = gateway.parse_notification({}, body, self.friends[0])
        assert isinstance(found, Untrusted)
