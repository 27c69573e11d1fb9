"""From a notification to the command it leads to, whatever happens in between."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from psycopg_pool import ConnectionPool

from domain.kernel.errors import NotFound, TooMuchContention
from domain.kernel.messages import Metadata, Receipt
from domain.kernel.values import Money
from domain.payment.commands import ObserveCharge
from domain.payment.events import Card
from domain.refund.commands import ObserveRefund
from infra.gateways.charge_watch import ChargeWatch
from infra.gateways.inbox import Inbox
from infra.holder import Holder
from infra.settings import Settings
from processes.ports import (
    Absent,
    Charge,
    Observed,
    Repaid,
    Unknown,
)
from tests.examples import NOON
from tests.infra.posts import (
    ATTEMPT,
    CHARGE,
    FRIEND,
    PAYMENT,
    REF,
    REFUND,
    REPAYMENT,
    Post,
    ScriptedGateway,
)


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
