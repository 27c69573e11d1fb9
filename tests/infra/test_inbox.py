"""From a notification to the command it leads to, whatever happens in between."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from psycopg_pool import ConnectionPool

from domain.kernel.errors import NotFound, TooMuchContention
from domain.kernel.messages import Metadata, Receipt
from domain.kernel.values import Money, PaymentId, RefundId
from domain.payment.commands import ObserveCharge
from domain.payment.events import Card
from domain.refund.commands import ObserveRefund
from infra.gateways.charge_watch import ChargeWatch
from infra.gateways.inbox import Inbox
from infra.holder import Holder
from infra.settings import Settings
from processes.ports import (
    Absent,
    Capabilities,
    Charge,
    ChargeOrder,
    Method,
    Notification,
    Observed,
    Outcome,
    Page,
    RefundOrder,
    RefundOutcome,
    RefundPage,
    Repaid,
    Repayment,
    Unknown,
    Untrusted,
)
from tests.examples import NOON
from tests.memory_gateway import EVERYTHING

FRIEND = "185.71.76.1"
REF = "2fe0c4a1-000f-5000-8000-000000000000"
PAYMENT, ATTEMPT = PaymentId(UUID(int=1)), UUID(int=2)
CHARGE = Charge(
    ref=REF,
    status="succeeded",
    amount=Money(39_900),
    payment_id=PAYMENT,
    attempt_id=ATTEMPT,
    created_at=NOON,
    captured_at=NOON,
    method=Method(ref=REF, kind="bank_card", title="*4444", saved=True),
)
REFUND = RefundId(UUID(int=3))
REPAYMENT = Repayment(
    ref=REF,
    status="succeeded",
    amount=Money(39_900),
    refund_id=REFUND,
    charge_ref=REF,
    created_at=NOON,
)


@dataclass
class ScriptedGateway:
    """Says what it is told to say when it is asked."""

    code: str = "yookassa"
    capabilities: Capabilities = EVERYTHING
    answers: list[Observed | Absent | Unknown] = field(default_factory=list)
    repaid: list[Repaid | Absent | Unknown] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def prepare(self, order: ChargeOrder) -> str:
        return str(order)

    def create(self, request: str, key: UUID) -> Outcome:
        return Unknown(f"{request} {key}")

    def get(self, ref: str) -> Observed | Absent | Unknown:
        self.asked.append(ref)
        return self.answers.pop(0)

    def find(
        self, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page | Unknown:
        return Unknown(f"{since} {until} {cursor}")

    def prepare_refund(self, order: RefundOrder) -> str:
        return str(order)

    def create_refund(self, request: str, key: UUID) -> RefundOutcome:
        return Unknown(f"{request} {key}")

    def get_refund(self, ref: str) -> Repaid | Absent | Unknown:
        self.asked.append(ref)
        return self.repaid.pop(0)

    def find_refunds(
        self, charge_ref: str, cursor: str | None = None
    ) -> RefundPage | Unknown:
        return Unknown(f"{charge_ref} {cursor}")

    def parse_notification(
        self, headers: Mapping[str, str], body: bytes, peer: str
    ) -> Notification | Untrusted:
        if peer != FRIEND:
            return Untrusted(str(headers))
        return Notification(body.decode(), REF, "succeeded")


@dataclass
class Post:
    """One inbox, its worker, and what both are given."""

    inbox: Inbox
    gateway: ScriptedGateway
    watch: ChargeWatch
    pool: Any
    now: datetime = NOON
    sent: list[tuple[object, Metadata]] = field(default_factory=list)
    refusal: Exception | None = None

    def dispatch(self, command: object, metadata: Metadata, **_: Any) -> Receipt:
        if self.refusal:
            raise self.refusal
        self.sent.append((command, metadata))
        return Receipt("payment", 1, 1)

    def arrive(self, event: str = "payment.succeeded", peer: str = FRIEND) -> bool:
        return self.inbox.receive("yookassa", {}, event.encode(), peer)

    def rows(self) -> list[tuple[Any, ...]]:
        with self.pool.connection() as connection:
            query = "SELECT message, status, tries, detail FROM work.inbox"
            return list(connection.execute(query).fetchall())

    @property
    def status(self) -> str:
        [(_, status, _, _)] = self.rows()
        return str(status)


@pytest.fixture
def post(postgres: Settings) -> Iterator[Post]:
    with ConnectionPool(postgres.conninfo, min_size=1, max_size=2) as pool:
        gateway = ScriptedGateway()
        made: list[Post] = []
        clock: Callable[[], datetime] = lambda: made[0].now  # noqa: E731
        holder = Holder(postgres.conninfo)
        inbox = Inbox(pool, holder, {"yookassa": gateway}, clock)

        def dispatch(command: object, metadata: Metadata, **options: Any) -> Receipt:
            return made[0].dispatch(command, metadata, **options)

        made.append(Post(inbox, gateway, ChargeWatch(inbox, dispatch, clock), pool))
        yield made[0]
        holder.close()


def test_what_is_true_is_asked_of_the_gateway(post: Post) -> None:
    post.gateway.answers = [Observed(CHARGE)]
    assert post.arrive()
    assert post.watch.catch_up() == 1
    [(command, metadata)] = post.sent
    assert command == ObserveCharge(
        payment_id=PAYMENT,
        attempt_id=ATTEMPT,
        ref=REF,
        status="succeeded",
        amount=Money(39_900),
        captured_at=NOON,
        card=Card(ref=REF, kind="bank_card", title="*4444", saved=True),
        now=NOON,
    )
    assert metadata.actor == "yookassa"
    assert post.gateway.asked == [REF]
    assert post.status == "processed"
    assert post.watch.catch_up() == 0


def test_a_refund_is_asked_about_as_well(post: Post) -> None:
    post.gateway.repaid = [
        Repaid(REPAYMENT),
        Repaid(replace(REPAYMENT, refund_id=None)),
    ]
    assert post.arrive("refund.succeeded")
    assert post.watch.catch_up() == 1
    [(command, _)] = post.sent
    assert command == ObserveRefund(
        refund_id=REFUND,
        ref=REF,
        charge_ref=REF,
        status="succeeded",
        amount=Money(39_900),
        now=NOON,
    )
    assert post.status == "processed"
    assert post.arrive("refund.unknown")
    assert post.watch.catch_up() == 1
    assert "quarantined" in {status for _, status, _, _ in post.rows()}


def test_the_same_notification_again_changes_nothing(post: Post) -> None:
    post.gateway.answers = [Observed(CHARGE)]
    assert post.arrive()
    assert post.arrive()
    assert post.watch.catch_up() == 1
    assert post.arrive()
    assert post.watch.catch_up() == 0
    assert len(post.sent) == 1


def test_a_worker_that_died_is_followed_by_another_at_once(post: Post) -> None:
    post.gateway.answers = [Observed(CHARGE)]
    post.arrive()
    assert post.inbox.claim()
    with post.pool.connection() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(holder) FROM work.inbox WHERE holder > 0"
        )
    another = Holder(post.inbox.holder.conninfo)
    another.claim("SELECT 1", {})
    survivor = Inbox(post.pool, another, post.inbox.gateways, post.inbox.clock)
    assert survivor.claim()
    another.close()


def test_a_worker_that_hangs_is_followed_by_another(post: Post) -> None:
    post.gateway.answers = [Observed(CHARGE)]
    post.arrive()
    assert post.inbox.claim()
    assert post.inbox.claim() is None
    post.now += timedelta(minutes=3)
    assert post.watch.catch_up() == 1
    assert post.status == "processed"


def test_acting_twice_is_the_same_command(post: Post) -> None:
    post.gateway.answers = [Observed(CHARGE), Observed(CHARGE)]
    post.arrive()
    claimed = post.inbox.claim()
    assert claimed
    post.watch.act_upon(claimed)
    post.watch.act_upon(claimed)
    [(_, first), (_, second)] = post.sent
    assert first.message_id == second.message_id


@pytest.mark.parametrize("refusal", [None, TooMuchContention()])
def test_a_gateway_in_trouble_is_asked_again_later(
    post: Post, refusal: Exception | None
) -> None:
    post.gateway.answers = [Unknown("ReadTimeout"), Observed(CHARGE), Observed(CHARGE)]
    post.arrive()
    assert post.watch.catch_up() == 1
    assert post.watch.catch_up() == 0
    post.refusal = refusal
    post.now += timedelta(minutes=1)
    assert post.watch.catch_up() == 1
    post.refusal = None
    post.now += timedelta(minutes=1)
    post.watch.catch_up()
    assert post.status == "processed"


def test_a_charge_that_does_not_appear_is_quarantined_in_the_end(post: Post) -> None:
    post.gateway.answers = [Absent()] * 8
    post.arrive()
    for _ in range(8):
        assert post.status == "received"
        assert post.watch.catch_up() == 1
        post.now += timedelta(hours=1)
    assert post.status == "quarantined"


@pytest.mark.parametrize(
    ("event", "answer", "refusal", "why"),
    [
        ("payment.succeeded", replace(CHARGE, attempt_id=None), None, "none of ours"),
        ("payment.succeeded", CHARGE, NotFound(), "no such payment"),
        ("deal.closed", CHARGE, None, "nobody deals with it"),
    ],
)
def test_what_nobody_can_place_is_kept_for_people(
    post: Post, event: str, answer: Charge, refusal: Exception | None, why: str
) -> None:
    post.gateway.answers, post.refusal = [Observed(answer)], refusal
    post.arrive(event)
    assert post.watch.catch_up() == 1
    assert post.status == "quarantined", why
    assert post.sent == []


def test_strangers_leave_no_trace(post: Post) -> None:
    assert not post.arrive(peer="10.0.0.1")
    assert not post.inbox.receive("stripe", {}, b"payment.succeeded", FRIEND)
    assert post.rows() == []
