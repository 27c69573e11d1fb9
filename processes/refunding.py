"""Paying back one refund, and finding out later when it is not clear whether it was.

As with charges: an intent is recorded before the call, and the same request goes out
again with the same key while the gateway remembers it; after that, its list of refunds
of the charge says whether it ever arrived.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from domain.kernel.messages import Clock
from domain.kernel.values import RefundId
from domain.refund.commands import (
    DoubtRefund,
    MissRefund,
    ObserveRefund,
    RejectRefund,
    ResubmitRefund,
    SubmitRefund,
)
from domain.resending import is_remembered
from processes.ports import (
    Gateway,
    ReceiptOrder,
    RefundOrder,
    RefundOutcome,
    Refused,
    Repaid,
    Unknown,
)
from processes.reactor import Steps
from processes.receipts import NoReceipts, Receipts, blank, filled, without
from processes.repayment import Due, observation

Verdict: TypeAlias = ObserveRefund | RejectRefund | DoubtRefund
Order: TypeAlias = SubmitRefund | ResubmitRefund | MissRefund | Verdict

#: Too much at once, it says: that is over in a moment, and concerns no person.
PASSING = frozenset({"too_many_requests"})


@dataclass(frozen=True, slots=True)
class Refunding:
    gateways: Mapping[str, Gateway]
    clock: Clock
    receipts: Receipts = field(default_factory=NoReceipts)

    def react(self, due: Due) -> Steps[Order]:
        if due.gateway not in self.gateways:
            # Whoever it is set up for will see to it.
            return
        match due.stage:
            case "requested":
                yield from self.submit(due)
            case "submitted" | "unknown":
                yield from self.reconcile(due)
            case "pending":
                yield from self.ask(due)
            case _:
                assert_never(due.stage)

    def submit(self, due: Due) -> Steps[Order]:
        receipt = self.receipt(due)
        email = receipt.email if receipt else None
        request = self.gateway(due).prepare_refund(order(due, blank(receipt)))
        if (yield self.intent(due, request, email)):
            return
        whole = filled(request, email)
        assert whole is not None
        outcome = self.told(due, whole, email)
        if isinstance(outcome, Refused) and outcome.code not in PASSING:
            yield self.rejection(due, outcome)
        else:
            yield self.verdict(due, outcome)

    def receipt(self, due: Due) -> ReceiptOrder | None:
        if not self.gateway(due).capabilities.receipts:
            return None
        return self.receipts.of_refund(due.invoice_id, due.amount)

    def told(self, due: Due, request: str, email: str | None) -> RefundOutcome:
        """What the gateway says to it, without what no record may hold."""
        outcome = self.gateway(due).create_refund(request, due.key)
        if isinstance(outcome, Refused):
            return Refused(outcome.code, without(outcome.detail, email))
        return outcome

    def reconcile(self, due: Due) -> Steps[Order]:
        assert due.first_sent_at
        assert due.request is not None
        email = self.receipts.refund_address(due.refund_id)
        whole = filled(due.request, email)
        if whole is None or not is_remembered(due.first_sent_at, self.clock()):
            yield from self.scan(due)
            return
        again = ResubmitRefund(refund_id=RefundId(due.refund_id), now=self.clock())
        if (yield again):
            return
        yield self.verdict(due, self.told(due, whole, email))

    def scan(self, due: Due) -> Steps[Order]:
        """Read all refunds of the charge: it is among them, or it is not."""
        cursor, is_found = None, False
        while True:
            page = self.gateway(due).find_refunds(due.charge_ref, cursor)
            if isinstance(page, Unknown):
                return
            for repayment in page.repayments:
                if repayment.refund_id == due.refund_id:
                    is_found = True
                    yield observation(due.refund_id, repayment, self.clock())
            cursor = page.cursor
            if cursor is None:
                break
        if not is_found:
            yield MissRefund(refund_id=RefundId(due.refund_id), now=self.clock())

    def ask(self, due: Due) -> Steps[Order]:
        assert due.ref
        answer = self.gateway(due).get_refund(due.ref)
        if isinstance(answer, Repaid):
            yield self.verdict(due, answer)

    def gateway(self, due: Due) -> Gateway:
        return self.gateways[due.gateway]

    def intent(self, due: Due, request: str, email: str | None) -> SubmitRefund:
        return SubmitRefund(
            refund_id=RefundId(due.refund_id),
            request=request,
            email=email,
            now=self.clock(),
        )

    def rejection(self, due: Due, refused: Refused) -> RejectRefund:
        return RejectRefund(
            refund_id=RefundId(due.refund_id),
            reason=refused.code,
            detail=refused.detail,
            now=self.clock(),
        )

    def verdict(self, due: Due, outcome: RefundOutcome) -> Verdict:
        """A refusal says nothing about a request that was sent before."""
        match outcome:
            case Repaid(repayment):
                return observation(due.refund_id, repayment, self.clock())
            case Unknown(cause):
                return self.doubt(due, cause)
            case Refused(code, detail):
                return self.doubt(due, f"{code}: {detail}")
            case _:
                assert_never(outcome)

    def doubt(self, due: Due, cause: str) -> DoubtRefund:
        return DoubtRefund(
            refund_id=RefundId(due.refund_id), cause=cause, now=self.clock()
        )


def order(due: Due, receipt: ReceiptOrder | None) -> RefundOrder:
    return RefundOrder(
        refund_id=due.refund_id,
        payment_id=due.payment_id,
        charge_ref=due.charge_ref,
        amount=due.amount,
        description=due.names.ru,
        receipt=receipt,
    )
