"""Money goes back the way it came: Stripe's refunds."""

import json
from uuid import UUID, uuid4

import pytest

from domain.kernel.values import Money
from processes.ports import (
    Absent,
    Gateway,
    Notification,
    Observed,
    RefundOrder,
    RefundPage,
    Refused,
    Repaid,
    Unknown,
    Untrusted,
)
from tests.contracts.gateway_contract import ORDER
from tests.stripe.adapter import ANYWHERE, gateway_at, signed
from tests.stripe.server import StripeServer


class TestRefunds:
    @pytest.fixture
    def gateway(self, stripe_server: StripeServer) -> Gateway:
        return gateway_at(stripe_server.url)

    def paid(self, gateway: Gateway, stripe_server: StripeServer) -> str:
        outcome = gateway.create(gateway.prepare(ORDER), uuid4())
        assert isinstance(outcome, Observed)
        stripe_server.account.confirm(outcome.charge.ref)
        return outcome.charge.ref

    def order(self, charge_ref: str, minor: int = 10_000) -> RefundOrder:
        return RefundOrder(
            refund_id=UUID(int=7),
            payment_id=ORDER.payment_id,
            charge_ref=charge_ref,
            amount=Money(minor),
            description="Возврат",
        )

    def test_what_was_paid_on_a_page_is_paid_back(
        self, gateway: Gateway, stripe_server: StripeServer
    ) -> None:
        ref = self.paid(gateway, stripe_server)
        request, key = gateway.prepare_refund(self.order(ref)), uuid4()
        repaid = gateway.create_refund(request, key)
        assert isinstance(repaid, Repaid)
        assert repaid == gateway.create_refund(request, key)
        made = repaid.repayment
        assert (made.status, made.amount) == ("succeeded", Money(10_000))
        assert (made.refund_id, made.charge_ref) == (UUID(int=7), ref)
        assert gateway.get_refund(made.ref) == repaid
        assert gateway.find_refunds(ref) == RefundPage([made])
        observed = gateway.get(ref)
        assert isinstance(observed, Observed)
        assert observed.charge.refunded == Money(10_000)

    def test_a_refund_that_does_not_arrive(
        self, gateway: Gateway, stripe_server: StripeServer
    ) -> None:
        stripe_server.refunds.append("failed")
        request = gateway.prepare_refund(self.order(self.paid(gateway, stripe_server)))
        repaid = gateway.create_refund(request, uuid4())
        assert isinstance(repaid, Repaid)
        assert repaid.repayment.status == "canceled"
        assert repaid.repayment.reason == "payment_expired"

    def test_more_than_was_paid_is_refused(
        self, gateway: Gateway, stripe_server: StripeServer
    ) -> None:
        order = self.order(self.paid(gateway, stripe_server), 40_000)
        refused = gateway.create_refund(gateway.prepare_refund(order), uuid4())
        assert isinstance(refused, Refused)

    def test_an_answer_that_is_lost(
        self, gateway: Gateway, stripe_server: StripeServer
    ) -> None:
        request = gateway.prepare_refund(self.order(self.paid(gateway, stripe_server)))
        key = uuid4()
        stripe_server.faults.append("commit-then-reset")
        assert isinstance(gateway.create_refund(request, key), Unknown)
        assert isinstance(gateway.create_refund(request, key), Repaid)
        assert len(stripe_server.account.all("refund")) == 1

    def test_a_refund_nobody_knows(self, gateway: Gateway) -> None:
        assert gateway.get_refund("re_nobody") == Absent()
        assert gateway.get_refund("../me") == Absent()

    def test_it_is_told_of(self, gateway: Gateway, stripe_server: StripeServer) -> None:
        request = gateway.prepare_refund(self.order(self.paid(gateway, stripe_server)))
        repaid = gateway.create_refund(request, uuid4())
        assert isinstance(repaid, Repaid)
        body = json.dumps(stripe_server.account.events[-1]).encode()
        told = gateway.parse_notification(signed(body)[0], body, ANYWHERE)
        assert told == Notification(
            "refund.succeeded", repaid.repayment.ref, "succeeded"
        )
        assert isinstance(gateway.parse_notification({}, body, ANYWHERE), Untrusted)
