"""What every gateway that pays back promises, whichever provider is behind it."""

from abc import abstractmethod
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from domain.kernel.values import Money
from processes.ports import (
    Absent,
    Charge,
    Gateway,
    RefundOrder,
    RefundPage,
    Refused,
    Repaid,
    Repayment,
    Unknown,
)
from tests.contracts.gateway_contract import GatewaySuite, Provider

BACK = RefundOrder(
    refund_id=UUID(int=11),
    payment_id=UUID(int=1),
    charge_ref="",
    amount=Money(100_00),
    description="Подписка «Стандарт»",
)


class RefundProvider(Provider):
    @abstractmethod
    def script_refunds(self, *outcomes: str) -> None:
        """What the next ones come to: ``pending``, or a reason."""

    @abstractmethod
    def settle_refund(self, ref: str, outcome: str = "succeeded") -> None:
        """What a bank does later."""


class RefundContract(GatewaySuite):
    @pytest.fixture
    @abstractmethod
    def provider(self) -> RefundProvider: ...

    def paid(self, gateway: Gateway, provider: Provider) -> Charge:
        charge = self.charged(gateway)
        provider.confirm(charge.ref)
        return self.seen(gateway, charge.ref)

    def repaid(self, gateway: Gateway, order: RefundOrder) -> Repayment:
        outcome = gateway.create_refund(gateway.prepare_refund(order), uuid4())
        assert isinstance(outcome, Repaid), outcome
        return outcome.repayment

    def repayment(self, gateway: Gateway, ref: str) -> Repayment:
        found = gateway.get_refund(ref)
        assert isinstance(found, Repaid), found
        return found.repayment

    def test_a_part_goes_back_and_then_the_rest(
        self, gateway: Gateway, provider: RefundProvider
    ) -> None:
        charge = self.paid(gateway, provider)
        order = replace(BACK, charge_ref=charge.ref)
        first = self.repaid(gateway, order)
        assert (first.status, first.amount) == ("succeeded", BACK.amount)
        assert (first.refund_id, first.charge_ref) == (BACK.refund_id, charge.ref)
        assert abs((first.created_at - datetime.now(UTC)).total_seconds()) < 3_600
        assert self.repayment(gateway, first.ref) == first
        assert self.seen(gateway, charge.ref).refunded == BACK.amount
        rest = replace(order, amount=Money(299_00), refund_id=UUID(int=12))
        self.repaid(gateway, rest)
        assert self.seen(gateway, charge.ref).status == "succeeded"
        more = gateway.prepare_refund(replace(order, refund_id=UUID(int=13)))
        assert isinstance(gateway.create_refund(more, uuid4()), Refused)

    def test_what_was_not_paid_cannot_go_back(self, gateway: Gateway) -> None:
        order = replace(BACK, charge_ref=self.charged(gateway).ref)
        request = gateway.prepare_refund(order)
        assert isinstance(gateway.create_refund(request, uuid4()), Refused)

    def test_the_same_request_and_key_are_the_same_refund(
        self, gateway: Gateway, provider: RefundProvider
    ) -> None:
        charge, key = self.paid(gateway, provider), uuid4()
        order = replace(BACK, charge_ref=charge.ref)
        request = gateway.prepare_refund(order)
        assert request == gateway.prepare_refund(order)
        first = gateway.create_refund(request, key)
        second = gateway.create_refund(request, key)
        assert isinstance(first, Repaid)
        assert isinstance(second, Repaid)
        assert first.repayment.ref == second.repayment.ref
        assert self.seen(gateway, charge.ref).refunded == BACK.amount
        other = gateway.prepare_refund(replace(order, amount=Money(1_00)))
        assert isinstance(gateway.create_refund(other, key), Unknown)

    @pytest.mark.parametrize("kind", ["commit-then-500", "truncated-json"])
    def test_an_answer_that_is_lost(
        self, gateway: Gateway, provider: RefundProvider, kind: str
    ) -> None:
        charge, key = self.paid(gateway, provider), uuid4()
        request = gateway.prepare_refund(replace(BACK, charge_ref=charge.ref))
        provider.fault(kind)
        assert isinstance(gateway.create_refund(request, key), Unknown)
        assert isinstance(gateway.create_refund(request, key), Repaid)
        assert self.seen(gateway, charge.ref).refunded == BACK.amount

    def test_a_bank_may_take_its_time_and_then_refuse(
        self, gateway: Gateway, provider: RefundProvider
    ) -> None:
        charge = self.paid(gateway, provider)
        provider.script_refunds("pending", "pending")
        order = replace(BACK, charge_ref=charge.ref)
        first, second = self.repaid(gateway, order), self.repaid(gateway, order)
        assert {first.status, second.status} == {"pending"}
        provider.settle_refund(first.ref)
        provider.settle_refund(second.ref, "insufficient_funds")
        assert self.repayment(gateway, first.ref).status == "succeeded"
        canceled = self.repayment(gateway, second.ref)
        assert (canceled.status, canceled.reason) == ("canceled", "insufficient_funds")
        assert canceled.party
        assert self.seen(gateway, charge.ref).refunded == BACK.amount

    def test_a_refund_nobody_knows(self, gateway: Gateway) -> None:
        unknown = "2fe0c4a1-0015-5000-8000-000000000000"
        assert gateway.get_refund(unknown) == Absent()
        assert gateway.get_refund("../me") == Absent()

    def test_all_refunds_of_a_charge_are_found(
        self, gateway: Gateway, provider: RefundProvider
    ) -> None:
        charge, other = self.paid(gateway, provider), self.paid(gateway, provider)
        ids = {UUID(int=number) for number in range(20, 23)}
        order = replace(BACK, charge_ref=charge.ref, amount=Money(1_00))
        for id_ in ids:
            self.repaid(gateway, replace(order, refund_id=id_))
        self.repaid(gateway, replace(order, charge_ref=other.ref))
        found: list[UUID | None] = []
        page = gateway.find_refunds(charge.ref)
        while isinstance(page, RefundPage):
            found += [each.refund_id for each in page.repayments]
            if page.cursor is None:
                break
            page = gateway.find_refunds(charge.ref, page.cursor)
        assert len(found) == len(ids)
        assert set(found) == ids
