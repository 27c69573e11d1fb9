"""Taking the money of one attempt, and finding out later when it is not clear.

An intent is recorded before the call. An outcome that is not known is not a failure:
the same request goes out again with the same key while the gateway remembers it and
the charge is wanted; after that, the gateway's list says whether it ever arrived.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias, assert_never

from domain.kernel.errors import DomainError
from domain.kernel.messages import Clock
from domain.kernel.values import MethodOnFile, PaymentId
from domain.payment.commands import (
    DoubtAttempt,
    MissAttempt,
    ObserveCharge,
    RejectAttempt,
    ResubmitAttempt,
    SubmitAttempt,
)
from domain.payment_method.commands import UsePaymentMethod
from processes.charge import Due, observation
from processes.ports import (
    ChargeOrder,
    Gateway,
    Observed,
    ReceiptOrder,
    Refused,
    Unknown,
)
from processes.reactor import Steps
from processes.receipts import NoReceipts, Receipts, blank, filled, without

Verdict: TypeAlias = ObserveCharge | RejectAttempt | DoubtAttempt
Order: TypeAlias = (
    UsePaymentMethod | SubmitAttempt | ResubmitAttempt | MissAttempt | Verdict
)

KEY_REMEMBERED = timedelta(hours=23)
BEFORE_SENDING = timedelta(minutes=5)
LISTED_AFTER = timedelta(hours=1)


def always(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Charging:
    gateways: Mapping[str, Gateway]
    clock: Clock
    return_url: str
    #: Of a gateway: is it worth while to begin something there?
    works: Callable[[str], bool] = always
    receipts: Receipts = field(default_factory=NoReceipts)

    def react(self, due: Due) -> Steps[Order]:
        if due.gateway not in self.gateways:
            # Whoever it is set up for will see to it.
            return
        match due.stage:
            case "created":
                yield from self.submit(due)
            case "submitted" | "unknown":
                yield from self.reconcile(due)
            case "pending":
                yield from self.ask(due)
            case _:
                assert_never(due.stage)

    def submit(self, due: Due) -> Steps[Order]:
        if not self.works(due.gateway):
            # Nothing has been sent: later is better than not to know.
            return
        if due.method and (yield self.use(due, due.method)):
            yield self.rejection(due, "payment_method_detached", "It was detached.")
            return
        receipt = self.receipt(due)
        email = receipt.email if receipt else None
        request = self.gateway(due).prepare(self.order(due, blank(receipt)))
        if (yield self.intent(due, request, email)):
            return
        whole = filled(request, email)
        assert whole is not None
        outcome = self.gateway(due).create(whole, due.key)
        if isinstance(outcome, Refused):
            detail = without(outcome.detail, email)
            yield self.rejection(due, outcome.code, detail)
        else:
            yield self.verdict(due, outcome)

    def receipt(self, due: Due) -> ReceiptOrder | None:
        if not self.gateway(due).capabilities.receipts:
            return None
        return self.receipts.of_charge(due.payment_id)

    def reconcile(self, due: Due) -> Steps[Order]:
        assert due.first_sent_at
        assert due.request is not None
        is_remembered = self.clock() - due.first_sent_at < KEY_REMEMBERED
        email = self.receipts.charge_address(due.payment_id, due.attempt_id)
        whole = filled(due.request, email)
        may_send = is_remembered and due.wanted
        if may_send and whole and (yield from self.may_resend(due)):
            outcome = self.gateway(due).create(whole, due.key)
            if isinstance(outcome, Refused):
                # It says nothing about the request that was sent before.
                detail = without(outcome.detail, email)
                outcome = Unknown(f"{outcome.code}: {detail}")
            yield self.verdict(due, outcome)
        else:
            yield from self.scan(due)

    def may_resend(self, due: Due) -> Generator[Order, DomainError | None, bool]:
        """If the first request was lost, the second one is the charge."""
        if due.method and (yield self.use(due, due.method)):
            return False
        refusal = yield ResubmitAttempt(
            payment_id=PaymentId(due.payment_id),
            attempt_id=due.attempt_id,
            now=self.clock(),
        )
        return refusal is None

    def scan(self, due: Due) -> Steps[Order]:
        """Read all that the gateway has of that time: it is there, or it is not."""
        assert due.first_sent_at
        assert due.last_sent_at
        since, until = (
            due.first_sent_at - BEFORE_SENDING,
            due.last_sent_at + LISTED_AFTER,
        )
        cursor, is_found = None, False
        while True:
            page = self.gateway(due).find(since, until, cursor)
            if isinstance(page, Unknown):
                return
            for charge in page.charges:
                if charge.attempt_id == due.attempt_id:
                    is_found = True
                    yield observation(
                        due.payment_id, due.attempt_id, charge, self.clock()
                    )
            cursor = page.cursor
            if cursor is None:
                break
        if not is_found:
            yield MissAttempt(
                payment_id=PaymentId(due.payment_id),
                attempt_id=due.attempt_id,
                now=self.clock(),
            )

    def ask(self, due: Due) -> Steps[Order]:
        assert due.ref
        answer = self.gateway(due).get(due.ref)
        if isinstance(answer, Observed):
            yield self.verdict(due, answer)

    def gateway(self, due: Due) -> Gateway:
        return self.gateways[due.gateway]

    def order(self, due: Due, receipt: ReceiptOrder | None = None) -> ChargeOrder:
        return ChargeOrder(
            payment_id=due.payment_id,
            attempt_id=due.attempt_id,
            account_id=due.account_id,
            amount=due.amount,
            description=due.names.ru,
            return_url=self.return_url,
            save_method=due.save_method and due.method is None,
            method_ref=due.method.ref if due.method else None,
            receipt=receipt,
        )

    def use(self, due: Due, method: MethodOnFile) -> UsePaymentMethod:
        return UsePaymentMethod(
            payment_method_id=method.payment_method_id,
            attempt_id=due.attempt_id,
            now=self.clock(),
        )

    def intent(self, due: Due, request: str, email: str | None) -> SubmitAttempt:
        return SubmitAttempt(
            payment_id=PaymentId(due.payment_id),
            attempt_id=due.attempt_id,
            request=request,
            email=email,
            now=self.clock(),
        )

    def rejection(self, due: Due, reason: str, detail: str) -> RejectAttempt:
        return RejectAttempt(
            payment_id=PaymentId(due.payment_id),
            attempt_id=due.attempt_id,
            reason=reason,
            detail=detail,
            now=self.clock(),
        )

    def verdict(self, due: Due, outcome: Observed | Unknown) -> Verdict:
        match outcome:
            case Observed(charge):
                return observation(due.payment_id, due.attempt_id, charge, self.clock())
            case Unknown(cause):
                return DoubtAttempt(
                    payment_id=PaymentId(due.payment_id),
                    attempt_id=due.attempt_id,
                    cause=cause,
                    now=self.clock(),
                )
            case _:
                assert_never(outcome)
