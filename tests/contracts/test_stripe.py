"""Stripe's adapter against a server of ours that remembers, and fails on request."""

import json
import logging
from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from typing_extensions import override

from domain.kernel.values import Money
from infra.gateways.stripe.orders import SEPARATOR
from processes.ports import (
    Gateway,
    Notification,
    Observed,
    Page,
    Refused,
    Unknown,
)
from tests.contracts.gateway_contract import HOUR, ORDER, ChargeContract, Provider
from tests.contracts.gateway_failures import (
    FailureContract,
    NotificationContract,
    Sender,
)
from tests.stripe.adapter import ANYWHERE, NEXT_SECRET, gateway_at, signed
from tests.stripe.server import StripeServer


@dataclass
class Account(Provider):
    server: StripeServer

    @override
    def confirm(self, ref: str, outcome: str = "succeeded") -> None:
        self.server.account.confirm(ref, outcome)

    @override
    def script(self, method_ref: str, *outcomes: str) -> None:
        method = method_ref.rpartition(SEPARATOR)[2]
        self.server.account.scripts[method] = deque(outcomes)

    @override
    def fault(self, kind: str) -> None:
        self.server.faults.append(kind)

    @override
    def charges(self) -> int:
        return self.server.charges

    @override
    def notification(self, ref: str) -> bytes:
        events = self.server.account.events
        told = [e for e in events if e["data"]["object"]["id"] == ref]
        return json.dumps(told[-1]).encode()


class TestStripe(ChargeContract, FailureContract, NotificationContract):
    UNKNOWN = "cs_test_nobody"
    EXAMPLE = (
        b'{"object": "event", "type": "checkout.session.completed", "data": {"object":'
        b' {"id": "cs_1", "object": "checkout.session", "status": "complete"}}}'
    )

    @pytest.fixture
    def gateway(self, stripe_server: StripeServer) -> Gateway:
        return gateway_at(stripe_server.url)

    @pytest.fixture
    def provider(self, stripe_server: StripeServer) -> Provider:
        return Account(stripe_server)

    @override
    def genuine(self, body: bytes) -> list[Sender]:
        return [signed(body), signed(body, NEXT_SECRET), signed(body, age=200)]

    @override
    def forged(self, body: bytes) -> list[Sender]:
        unsigned: list[Sender] = [({}, ANYWHERE), ({"Stripe-Signature": "t=1"}, "")]
        return [
            signed(body, SecretStr("whsec_other")),
            signed(body, age=600),
            signed(body + b" "),
            *unsigned,
        ]

    def test_a_charge_says_what_is_left_of_it(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        charge = self.charged(gateway)
        provider.confirm(charge.ref)
        paid = self.seen(gateway, charge.ref)
        assert paid.income == Money(39_900 - 1_197)
        assert paid.refunded == Money(0)

    def test_the_intent_of_a_session_is_that_charge(
        self, gateway: Gateway, provider: Provider, stripe_server: StripeServer
    ) -> None:
        charge = self.charged(gateway)
        provider.confirm(charge.ref)
        [intent] = stripe_server.account.all("payment_intent")
        assert self.seen(gateway, intent["id"]).ref == charge.ref
        now = datetime.now(UTC)
        intents = gateway.find(now - HOUR, now + HOUR, "intents:")
        assert intents == Page([], None)

    def test_a_charge_of_a_saved_method_is_in_the_lists(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        ref = self.saved_method(gateway, provider)
        order = replace(ORDER, method_ref=ref, attempt_id=UUID(int=9))
        charge = self.charged(gateway, order)
        now = datetime.now(UTC)
        page = gateway.find(now - HOUR, now + HOUR)
        assert isinstance(page, Page)
        assert [each.attempt_id for each in page.charges] == [UUID(int=2)]
        page = gateway.find(now - HOUR, now + HOUR, page.cursor)
        assert isinstance(page, Page)
        assert [each.ref for each in page.charges] == [charge.ref]

    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            ("authentication_required", "3d_secure_failed"),
            ("expired_card", "card_expired"),
            ("do_not_honor", "general_decline"),
            ("processing_error", "internal_timeout"),
            ("something_new", "something_new"),
        ],
    )
    def test_declines_are_told_in_the_words_of_dunning(
        self, gateway: Gateway, provider: Provider, code: str, reason: str
    ) -> None:
        ref = self.saved_method(gateway, provider)
        provider.script(ref, code)
        order, key = replace(ORDER, method_ref=ref), uuid4()
        request = gateway.prepare(order)
        first, again = gateway.create(request, key), gateway.create(request, key)
        assert isinstance(first, Observed)
        assert (first.charge.status, first.charge.reason) == ("canceled", reason)
        assert again == first
        assert self.seen(gateway, first.charge.ref).reason == reason

    def test_a_method_that_is_gone(self, gateway: Gateway) -> None:
        order = replace(ORDER, method_ref="cus_1/pm_1")
        refused = gateway.create(gateway.prepare(order), uuid4())
        assert isinstance(refused, Refused)
        assert refused.code == "payment_method_missing"

    def test_a_key_in_use_is_not_a_refusal(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        provider.fault("key-in-use")
        outcome = gateway.create(gateway.prepare(ORDER), uuid4())
        assert isinstance(outcome, Unknown)

    def test_requests_are_repeated_byte_for_byte(
        self, gateway: Gateway, stripe_server: StripeServer
    ) -> None:
        request, key = gateway.prepare(ORDER), uuid4()
        gateway.create(request, key)
        gateway.create(request, key)
        first, second = stripe_server.requests
        assert first == second

    def test_nothing_is_sent_twice_by_itself(
        self, gateway: Gateway, provider: Provider, stripe_server: StripeServer
    ) -> None:
        provider.fault("no-commit-500")
        gateway.create(gateway.prepare(ORDER), uuid4())
        assert len(stripe_server.requests) == 1

    def test_money_of_the_other_mode_is_not_taken_for_money(
        self, gateway: Gateway, stripe_server: StripeServer
    ) -> None:
        charge = self.charged(gateway)
        stripe_server.account.documents[charge.ref]["livemode"] = True
        assert isinstance(gateway.get(charge.ref), Unknown)

    def test_a_wrong_key_is_a_refusal_that_does_not_tell_it(
        self, stripe_server: StripeServer, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        gateway = gateway_at(stripe_server.url, "sk_live_hushhush")
        refused = gateway.create(gateway.prepare(ORDER), uuid4())
        assert isinstance(refused, Refused)
        assert refused.code == "invalid_credentials"
        unknown = gateway.get("cs_1")
        assert isinstance(unknown, Unknown)
        assert "hushhush" not in repr((refused, unknown, gateway.client.__dict__))

    def test_a_provider_that_is_away(self) -> None:
        gateway = gateway_at("http://127.0.0.1:9")
        outcome = gateway.create(gateway.prepare(ORDER), uuid4())
        assert outcome == Unknown("ConnectionError")
        assert gateway.get("cs_1") == Unknown("ConnectionError")

    def test_events_that_concern_nobody_are_taken_all_the_same(
        self, gateway: Gateway
    ) -> None:
        body = (
            b'{"object": "event", "type": "customer.created",'
            b' "data": {"object": {"id": "cus_1", "object": "customer"}}}'
        )
        headers, peer = signed(body)
        assert gateway.parse_notification(headers, body, peer) == Notification(
            "customer.created", "cus_1", "unknown"
        )
