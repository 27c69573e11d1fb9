"""The crew that pays money back: sends refunds, asks about them, looks for them."""

from uuid import UUID

from domain.kernel.messages import Clock
from domain.refund.commands import ObserveRefund
from infra.claims import Claims
from infra.crew import Crew, Trade
from infra.eventstore.deliveries import Deliveries
from infra.holder import Holder
from infra.projection_engine.postgres import PostgresStore
from processes.refunding import Order, Refunding
from projections.refunds_due import RefundDue

HOUR = 3_600
#: Seconds until the next look, when the last one brought no news. That a refund was
#: canceled no notification tells, and a bank may take days.
PENDING = (60, 300, 1_800, 2 * HOUR, 12 * HOUR)
UNKNOWN = (30, 60, 120, 180, 300, 480, 900)
HANDS = 4


def refunder(
    refunding: Refunding,
    rows: PostgresStore[UUID, RefundDue],
    holder: Holder,
    deliveries: Deliveries,
    clock: Clock,
) -> Crew[RefundDue, Order]:
    trade = Trade(
        name="refunding",
        reactor=refunding,
        claims=Claims(rows, holder, "refunding"),
        category="refund",
        stages={ObserveRefund: "pending"},
        pauses={"pending": PENDING, "": UNKNOWN},
    )
    return Crew(trade, deliveries, clock, HANDS)
