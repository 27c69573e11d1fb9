"""Why a payment is what it is, to its payer and to staff."""

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from projections.explanations import Explanation, Step
from query_api.caching import personal
from query_api.dependencies import Seen, found
from query_api.money import Amount, Minor, amount_of
from query_api.plans import NamesOut
from query_api.security import Holder, Principal, SignedIn

router = APIRouter(tags=["payments"], dependencies=[Depends(personal)])

Caller = Annotated[Principal, Depends(SignedIn())]


class ShareOut(BaseModel):
    """So much of a period, in ``unit``."""

    unit: str
    elapsed: int
    total: int


class LineOut(BaseModel):
    """``amount`` is ``list_amount`` less ``discount``; VAT is inside."""

    description: NamesOut
    kind: str
    plan_id: UUID
    price_version: int
    list_amount: Amount
    discount: Amount | None
    amount: Amount
    vat: Amount
    vat_percent: int
    proration: ShareOut | None


class UnusedOut(BaseModel):
    """For the rest of what was paid for before."""

    description: NamesOut
    price: Amount
    amount: Amount
    proration: ShareOut


class PeriodOut(BaseModel):
    start: datetime
    end: datetime


class EventOut(BaseModel):
    stream: str
    version: int
    position: int
    type: str
    recorded_at: datetime


class StepOut(BaseModel):
    text: NamesOut
    amount: Amount | None
    attempt_id: UUID | None
    reason: str | None
    event: EventOut


class ExplanationOut(BaseModel):
    """``total`` is what the lines come to, less the credit."""

    payment_id: UUID
    subscription_id: UUID
    invoice_id: UUID
    period: PeriodOut | None
    lines: list[LineOut]
    credit: UnusedOut | None
    total: Amount | None
    vat: Amount | None
    amount: Amount
    paid: Amount | None
    refunded: Amount | None
    steps: list[StepOut]


@router.get("/me/payments/{payment_id}/explanation", summary="Why my payment is so")
def explain_own(payment_id: UUID, caller: Caller, seen: Seen) -> ExplanationOut:
    told = seen.explained(payment_id)
    is_own = told is not None and told.account_id == caller.account_id
    return shown(found(told if is_own else None))


@router.get(
    "/payments/{payment_id}/explanation",
    summary="Why a payment is so",
    dependencies=[Depends(Holder("payments:read"))],
)
def explain_any(payment_id: UUID, seen: Seen) -> ExplanationOut:
    return shown(found(seen.explained(payment_id)))


def shown(told: Explanation) -> ExplanationOut:
    return ExplanationOut(
        payment_id=told.payment_id,
        subscription_id=told.subscription_id,
        invoice_id=told.invoice_id,
        period=told.period and PeriodOut(start=told.period.start, end=told.period.end),
        lines=[
            LineOut(
                description=NamesOut(ru=line.names.ru, en=line.names.en),
                kind=line.kind,
                plan_id=line.plan_id,
                price_version=line.price_version,
                list_amount=amount_of(line.list_amount or line.amount),
                discount=maybe(line.discount),
                amount=amount_of(line.amount),
                vat=amount_of(line.vat),
                vat_percent=line.vat_percent,
                proration=line.proration and prorated(line.proration),
            )
            for line in told.lines
        ],
        credit=told.credit
        and UnusedOut(
            description=NamesOut(ru=told.credit.names.ru, en=told.credit.names.en),
            price=amount_of(told.credit.price),
            amount=amount_of(told.credit.amount),
            proration=prorated(told.credit.proration),
        ),
        total=maybe(told.total),
        vat=maybe(told.vat),
        amount=amount_of(told.amount),
        paid=maybe(told.paid),
        refunded=maybe(told.refunded),
        steps=[step(each) for each in told.steps],
    )


def step(each: Step) -> StepOut:
    return StepOut(
        text=NamesOut(ru=each.told.ru, en=each.told.en),
        amount=maybe(each.amount),
        attempt_id=each.attempt_id,
        reason=each.reason,
        event=EventOut(
            stream=each.stream,
            version=each.version,
            position=each.position,
            type=each.type,
            recorded_at=each.recorded_at,
        ),
    )


class Prorated(Protocol):
    @property
    def mode(self) -> str: ...
    @property
    def elapsed(self) -> int: ...
    @property
    def total(self) -> int: ...


def prorated(part: Prorated) -> ShareOut:
    unit = "day" if part.mode == "per_day" else "second"
    return ShareOut(unit=unit, elapsed=part.elapsed, total=part.total)


def maybe(money: Minor | None) -> Amount | None:
    return None if money is None else amount_of(money)
