"""A day at a gateway."""

from domain.billing_ids import difference_of
from domain.reconciliation.commands import Difference, Orphan, RecordReconciliation
from domain.reconciliation.events import (
    GatewayDifferenceFound,
    GatewayDifferenceSettled,
    OrphanChargeFound,
    ReconciliationRun,
)
from tests.examples import NOON, example
from tests.examples.billing import PAYMENT, PRICE
from tests.examples.payments import REF

DAY = NOON.date()
WHERE = {"gateway": "memory", "day": DAY}
AMOUNT = difference_of("memory", DAY, REF, "amount")
ORPHAN = difference_of("memory", DAY, "strange", "orphan")

difference = example(
    Difference,
    kind="amount",
    ref=REF,
    payment_id=PAYMENT,
    ours=PRICE,
    theirs=PRICE,
    status="succeeded",
)
orphan = example(Orphan, ref="strange", amount=PRICE, reason="none-of-our-ids")
record = example(
    RecordReconciliation,
    **WHERE,
    checked=3,
    differences=(),
    orphans=(),
    scheduled=True,
    now=NOON,
)
difference_found = example(
    GatewayDifferenceFound,
    **WHERE,
    difference_id=AMOUNT,
    kind="amount",
    ref=REF,
    payment_id=PAYMENT,
    ours=PRICE,
    theirs=PRICE,
    status="succeeded",
    found_at=NOON,
)
orphan_found = example(
    OrphanChargeFound,
    **WHERE,
    difference_id=ORPHAN,
    ref="strange",
    amount=PRICE,
    reason="none-of-our-ids",
    payment_id=None,
    found_at=NOON,
)
difference_settled = example(
    GatewayDifferenceSettled, **WHERE, difference_id=AMOUNT, settled_at=NOON
)
reconciliation_run = example(
    ReconciliationRun, **WHERE, checked=3, differences=0, run_at=NOON
)
