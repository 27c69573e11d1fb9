"""What every gateway promises, whichever provider is behind it."""

from abc import ABC, abstractmethod
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.kernel.values import Money
from processes.ports import (
    Absent,
    Charge,
    ChargeOrder,
    Gateway,
    Observed,
    Page,
    Refused,
    Unknown,
)

ORDER = ChargeOrder(
    payment_id=UUID(int=1),
    attempt_id=UUID(int=2),
    account_id=UUID(int=3),
    amount=Money(39_900),
    description="Подписка «Стандарт», 31.01–28.02",
    return_url="https://cinema.example/return",
    save_method=True,
)
HOUR = timedelta(hours=1)


class Provider(ABC):
    """The other side of a gateway, as far as a test must move it."""

    @abstractmethod
    def confirm(self, ref: str, outcome: str = "succeeded") -> None: ...

    @abstractmethod
    def script(self, method_ref: str, *outcomes: str) -> None: ...

    @abstractmethod
    def fault(self, kind: str) -> None: ...

    @abstractmethod
    def charges(self) -> int:
        """How many there really are."""

    @abstractmethod
    def notification(self, ref: str) -> bytes:
        """What it sent about this one."""


class GatewaySuite(ABC):
    #: Looks like the name of a charge, and is none.
    UNKNOWN = "2fe0c4a1-000f-5000-8000-000000000000"

    @pytest.fixture
    @abstractmethod
    def gateway(self) -> Gateway: ...

    @pytest.fixture
    @abstractmethod
    def provider(self) -> Provider: ...

    def charged(self, gateway: Gateway, order: ChargeOrder = ORDER) -> Charge:
        outcome = gateway.create(gateway.prepare(order), uuid4())
        assert isinstance(outcome, Observed), outcome
        return outcome.charge

    def charged_again(self, gateway: Gateway, method_ref: str) -> Charge:
        return self.charged(gateway, replace(ORDER, method_ref=method_ref))

    def seen(self, gateway: Gateway, ref: str) -> Charge:
        outcome = gateway.get(ref)
        assert isinstance(outcome, Observed), outcome
        return outcome.charge

    def listed(
        self, gateway: Gateway, since: datetime, until: datetime
    ) -> list[Charge]:
        found: list[Charge] = []
        page = gateway.find(since, until)
        while isinstance(page, Page):
            found += page.charges
            if page.cursor is None:
                return found
            page = gateway.find(since, until, page.cursor)
        raise AssertionError(page)

    def saved_method(self, gateway: Gateway, provider: Provider) -> str:
        first = self.charged(gateway)
        provider.confirm(first.ref)
        method = self.seen(gateway, first.ref).method
        assert method is not None
        assert method.saved
        return method.ref


class RecordContract(GatewaySuite):
    """Of what has been asked for, whatever comes of it."""

    def test_the_same_request_and_key_are_the_same_charge(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        request, key = gateway.prepare(ORDER), uuid4()
        first, second = gateway.create(request, key), gateway.create(request, key)
        assert isinstance(first, Observed)
        assert isinstance(second, Observed)
        assert first.charge.ref == second.charge.ref
        assert provider.charges() == 1

    def test_another_request_with_a_used_key_is_not_a_refusal(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        """The first one may have been paid."""
        key = uuid4()
        gateway.create(gateway.prepare(ORDER), key)
        other = replace(ORDER, amount=Money(59_900))
        assert isinstance(gateway.create(gateway.prepare(other), key), Unknown)
        assert provider.charges() == 1

    def test_a_request_is_always_written_alike(self, gateway: Gateway) -> None:
        assert gateway.prepare(ORDER) == gateway.prepare(ORDER)

    def test_a_charge_nobody_knows(self, gateway: Gateway) -> None:
        assert gateway.get(self.UNKNOWN) == Absent()
        assert gateway.get("../me") == Absent()

    def test_all_charges_are_found_page_by_page(self, gateway: Gateway) -> None:
        attempts = [UUID(int=number) for number in range(1, 103)]
        for attempt_id in attempts:
            self.charged(gateway, replace(ORDER, attempt_id=attempt_id))
        now = datetime.now(UTC)
        found = self.listed(gateway, now - HOUR, now + HOUR)
        assert [charge.attempt_id for charge in found] == attempts[::-1]
        assert not self.listed(gateway, now - 2 * HOUR, now - HOUR)


class ChargeContract(RecordContract):
    def test_a_payer_is_sent_to_the_provider(self, gateway: Gateway) -> None:
        charge = self.charged(gateway)
        assert charge.status == "pending"
        assert charge.confirmation_url
        assert (charge.payment_id, charge.attempt_id) == (UUID(int=1), UUID(int=2))
        assert charge.amount == Money(39_900)
        assert abs(charge.created_at - datetime.now(UTC)) < HOUR
        assert charge.test

    def test_a_confirmed_charge_has_succeeded(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        charge = self.charged(gateway)
        provider.confirm(charge.ref)
        paid = self.seen(gateway, charge.ref)
        assert paid.status == "succeeded"
        assert paid.captured_at
        assert paid.method
        assert paid.method.title

    def test_a_declined_charge_says_why(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        charge = self.charged(gateway)
        provider.confirm(charge.ref, "insufficient_funds")
        declined = self.seen(gateway, charge.ref)
        assert declined.status == "canceled"
        assert declined.reason == "insufficient_funds"
        assert declined.party == "payment_network"

    def test_a_method_is_kept_only_if_asked_for(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        charge = self.charged(gateway, replace(ORDER, save_method=False))
        provider.confirm(charge.ref)
        method = self.seen(gateway, charge.ref).method
        assert method
        assert not method.saved
        order = replace(ORDER, method_ref=method.ref)
        refused = gateway.create(gateway.prepare(order), uuid4())
        assert isinstance(refused, Refused)

    def test_a_saved_method_pays_at_once(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        ref = self.saved_method(gateway, provider)
        again = self.charged(gateway, replace(ORDER, method_ref=ref))
        assert again.status == "succeeded"
        assert again.confirmation_url is None

    def test_a_saved_method_may_decline(
        self, gateway: Gateway, provider: Provider
    ) -> None:
        ref = self.saved_method(gateway, provider)
        provider.script(ref, "insufficient_funds", "succeeded")
        order = replace(ORDER, method_ref=ref)
        assert self.charged(gateway, order).reason == "insufficient_funds"
        assert self.charged(gateway, order).status == "succeeded"
