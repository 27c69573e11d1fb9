"""Claims charges that are due, one at a time, and lets the reactor see to them.

As many side by side as there are chargers. Whoever dies loses the claim at once, who
hangs in a minute, and another one goes on from what is recorded.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from domain.kernel.errors import DomainError
from domain.kernel.messages import Clock, Dispatch, Metadata, Receipt
from domain.payment.commands import ObserveCharge
from infra.eventstore.couriers import attempt
from infra.holder import Holder
from infra.projection_engine.postgres import Pool, PostgresStore
from infra.tracing import span
from processes.charge import Due
from processes.charging import Order
from processes.reactor import Reactor, Steps
from projections.charges_due import ChargeDue

#: Longer than the slowest answer of a gateway that is waited for.
LEASE = timedelta(seconds=60)

CLAIM = """
WITH candidate AS (
    SELECT charge.payment_id FROM read.charges_due AS charge
    LEFT JOIN work.charging AS work USING (payment_id)
    WHERE charge.due <= %(now)s AND (
        work.payment_id IS NULL
        OR (work.leased_until <= clock_timestamp() OR NOT work.is_there(work.holder))
        AND (
            work.version < charge.version
            OR work.version = charge.version AND work.due <= %(now)s
        )
    )
    ORDER BY charge.due LIMIT 1 FOR UPDATE OF charge SKIP LOCKED
)
INSERT INTO work.charging AS work (payment_id, leased_until, holder)
SELECT payment_id, clock_timestamp() + %(lease)s, pg_backend_pid() FROM candidate
ON CONFLICT (payment_id) DO UPDATE
SET leased_until = excluded.leased_until, holder = excluded.holder
WHERE work.leased_until <= clock_timestamp() OR NOT work.is_there(work.holder)
RETURNING payment_id, version, stage, tries
"""
IS_OPEN = """
SELECT EXISTS (
    SELECT FROM read.charges_due AS charge
    LEFT JOIN work.charging AS work USING (payment_id)
    WHERE charge.due <= %(now)s AND (
        work.payment_id IS NULL
        OR work.leased_until > clock_timestamp()
        OR work.version < charge.version
        OR work.version = charge.version AND work.due <= %(now)s
    )
)
"""
RELEASE = """
UPDATE work.charging
SET leased_until = '-infinity', version = %s, due = %s, stage = %s, tries = %s
WHERE payment_id = %s
"""

#: Seconds until the next look, when the last one brought no news.
PENDING = (10, 30, 60, 120, *[300] * 12, 900)
UNKNOWN = (30, 60, 120, 180, 300, 480, 900)


@dataclass(frozen=True, slots=True)
class Claimed:
    """How a charge was left when it was last worked on."""

    payment_id: UUID
    version: int
    stage: str
    tries: int


class Charger:
    def __init__(
        self,
        number: int,
        charging: Reactor[Due, Order],
        pool: Pool,
        holder: Holder,
        charges: PostgresStore[UUID, ChargeDue],
        dispatch: Dispatch,
        clock: Clock,
    ) -> None:
        self.name = f"charger_{number}"
        self.charging = charging
        self.pool = pool
        self.holder = holder
        self.charges = charges
        self.dispatch = dispatch
        self.clock = clock

    def catch_up(self) -> int:
        claimed = self.claim()
        if claimed is None:
            return 0
        charge = self.charges.load([claimed.payment_id]).get(claimed.payment_id)
        if charge is None:  # Settled between the two statements.
            self.release(replace(claimed, tries=0), self.clock())
            return 1
        with span(f"charge {charge.stage}", cause=charge.traceparent):
            left = self.work_on(charge, claimed)
        self.release(left, self.clock() + pause(left))
        return 1

    def is_at_rest(self) -> bool:
        with self.pool.connection() as connection:
            values = {"now": self.clock()}
            [(is_open,)] = connection.execute(IS_OPEN, values).fetchall()
        return not is_open

    def claim(self) -> Claimed | None:
        values = {"now": self.clock(), "lease": LEASE}
        row = self.holder.claim(CLAIM, values)
        return Claimed(*row) if row else None

    def work_on(self, charge: ChargeDue, claimed: Claimed) -> Claimed:
        """Record each step before the next; answer with how the charge is left."""
        version, stage = charge.version, charge.stage
        steps = self.charging.react(charge)
        order = next(steps, None)
        while order is not None:
            answer = attempt(self.dispatch, order, metadata_of(charge))
            if isinstance(answer, Receipt) and is_of(answer, charge):
                version = max(version, answer.version)
            if isinstance(order, ObserveCharge):
                stage = "pending"
            order = resumed(steps, answer)
        is_as_it_was = claimed.stage == charge.stage == stage
        tries = claimed.tries + 1 if is_as_it_was else 0
        return Claimed(charge.payment_id, version, stage, tries)

    def release(self, left: Claimed, due: datetime) -> None:
        values = (left.version, due, left.stage, left.tries, left.payment_id)
        with self.pool.connection() as connection:
            connection.execute(RELEASE, values)


def metadata_of(charge: ChargeDue) -> Metadata:
    """Each run asks anew: what has been settled meanwhile, the payment knows."""
    return Metadata(
        message_id=uuid4(),
        correlation_id=charge.correlation_id,
        causation_id=charge.causation_id,
        actor="charging",
        traceparent=charge.traceparent,
    )


def is_of(receipt: Receipt, charge: ChargeDue) -> bool:
    return receipt.stream == f"payment-{charge.payment_id}"


def resumed(steps: Steps[Order], answer: Receipt | DomainError) -> Order | None:
    try:
        return steps.send(answer if isinstance(answer, DomainError) else None)
    except StopIteration:
        return None


def pause(left: Claimed) -> timedelta:
    pauses = PENDING if left.stage == "pending" else UNKNOWN
    return timedelta(seconds=pauses[min(left.tries, len(pauses) - 1)])
