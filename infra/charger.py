"""The crew that takes money: sends charges, asks about them, looks for them."""

from uuid import UUID

from domain.kernel.messages import Clock
from domain.payment.commands import ObserveCharge
from infra.claims import Claims
from infra.crew import Crew, Trade
from infra.eventstore.deliveries import Deliveries
from infra.holder import Holder
from infra.projection_engine.postgres import PostgresStore
from processes.charging import Charging, Order
from projections.charges_due import ChargeDue

#: Seconds until the next look, when the last one brought no news.
PENDING = (10, 30, 60, 120, *[300] * 12, 900)
UNKNOWN = (30, 60, 120, 180, 300, 480, 900)


def charger(
    charging: Charging,
    rows: PostgresStore[UUID, ChargeDue],
    holder: Holder,
    deliveries: Deliveries,
    clock: Clock,
    hands: int,
) -> Crew[ChargeDue, Order]:
    trade = Trade(
        name="charging",
        reactor=charging,
        claims=Claims(rows, holder, "charging"),
        category="payment",
        stages={ObserveCharge: "pending"},
        pauses={"pending": PENDING, "": UNKNOWN},
    )
    return Crew(trade, deliveries, clock, hands)
