"""The gateway that takes no money keeps its promises all the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from psycopg_pool import ConnectionPool
from typing_extensions import override

from domain.kernel.values import Money
from infra.clock import utc_now
from infra.gateways.free.book import Book
from infra.gateways.free.gateway import Free
from infra.gateways.shops import codes, gateways
from infra.projection_engine.postgres import Pool
from infra.settings import Settings
from processes.ports import (
    Absent,
    Gateway,
    RefundOrder,
    RefundPage,
    Refused,
    Repaid,
    Unknown,
    Untrusted,
)
from tests.contracts.gateway_contract import ORDER, Provider, RecordContract


@pytest.fixture
def pool(postgres: Settings) -> Iterator[Pool]:
    options = {"autocommit": True}
    with ConnectionPool(postgres.conninfo, min_size=1, kwargs=options) as pool:
        yield pool


@dataclass
class Nobody(Provider):
    pool: Pool

    @override
    def confirm(self, ref: str, outcome: str = "succeeded") -> None:
        """It has succeeded already."""

    @override
    def script(self, method_ref: str, *outcomes: str) -> None:
        raise AssertionError("it never declines")

    @override
    def fault(self, kind: str) -> None:
        raise AssertionError("it has no faults")

    @override
    def charges(self) -> int:
        with self.pool.connection() as connection:
            query = "SELECT count(*) FROM work.free_charges"
            [(number,)] = connection.execute(query).fetchall()
        return int(number)

    @override
    def notification(self, ref: str) -> bytes:
        raise AssertionError("it never sends any")


class TestFree(RecordContract):
    @pytest.fixture
    def gateway(self, pool: Pool) -> Gateway:
        return Free(Book(pool), utc_now)

    @pytest.fixture
    def provider(self, pool: Pool) -> Provider:
        return Nobody(pool)

    def test_a_charge_has_succeeded_and_its_method_is_charged_again(
        self, gateway: Gateway
    ) -> None:
        charge = self.charged(gateway)
        assert (charge.status, charge.test) == ("succeeded", True)
        assert self.seen(gateway, charge.ref) == charge
        assert charge.method
        again = self.charged(gateway, replace(ORDER, method_ref=charge.method.ref))
        assert again.status == "succeeded"
        other = replace(ORDER, account_id=UUID(int=99))
        somebodys = self.charged(gateway, other).method
        assert somebodys
        assert somebodys.ref != charge.method.ref
        refused = gateway.create(
            gateway.prepare(replace(ORDER, method_ref="pm_1")), uuid4()
        )
        assert isinstance(refused, Refused)

    def test_it_is_paid_back_and_never_more_than_once(self, gateway: Gateway) -> None:
        ref = self.charged(gateway).ref
        order = RefundOrder(
            refund_id=UUID(int=7),
            payment_id=ORDER.payment_id,
            charge_ref=ref,
            amount=Money(30_000),
            description="Возврат",
        )
        request, key = gateway.prepare_refund(order), uuid4()
        repaid = gateway.create_refund(request, key)
        assert isinstance(repaid, Repaid)
        assert gateway.create_refund(request, key) == repaid
        assert gateway.get_refund(repaid.repayment.ref) == repaid
        assert gateway.find_refunds(ref) == RefundPage([repaid.repayment])
        assert isinstance(gateway.create_refund(request, uuid4()), Refused)
        assert self.seen(gateway, ref).refunded == Money(30_000)
        other = gateway.prepare_refund(replace(order, amount=Money(1)))
        assert isinstance(gateway.create_refund(other, key), Unknown)
        assert gateway.get_refund(str(uuid4())) == Absent()

    def test_nobody_speaks_for_it(self, gateway: Gateway) -> None:
        assert isinstance(gateway.parse_notification({}, b"{}", ""), Untrusted)

    def test_it_is_there_only_if_the_settings_say_for_whom(self, pool: Pool) -> None:
        nobody = Settings(_env_file=None, yookassa_shop_id="")
        assert not gateways(nobody, pool, utc_now)
        staff = nobody.model_copy(update={"free_payments": "staff"})
        assert [*gateways(staff, pool, utc_now)] == codes(staff) == ["free"]

    def test_a_database_that_is_away_is_no_refusal(self) -> None:
        closed: Pool = ConnectionPool("host=127.0.0.1 port=9", open=False)
        gateway = Free(Book(closed), utc_now)
        outcome = gateway.create(gateway.prepare(ORDER), uuid4())
        assert isinstance(outcome, Unknown)
