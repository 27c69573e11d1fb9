"""What another plan would cost me: shown before it is agreed to."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from query_api.caching import personal
from query_api.dependencies import Seen
from query_api.money import Amount, amount_of
from query_api.plans import NamesOut
from query_api.previews import Agreed, CreditShown, Preview, When
from query_api.security import Principal, SignedIn

router = APIRouter(
    prefix="/me/subscriptions", tags=["me"], dependencies=[Depends(personal)]
)

Caller = Annotated[Principal, Depends(SignedIn())]


class PlanNamed(BaseModel):
    id: UUID
    names: NamesOut
    price: Amount


class CreditOut(BaseModel):
    """What is left of the period, at the price that it had."""

    price: Amount
    amount: Amount
    #: Seconds, or whole days of the subscription's zone, as the mode says.
    elapsed: int
    total: int
    mode: str


class PreviewOut(BaseModel):
    """``debit`` without the credit is ``amount``: charged now, VAT inside."""

    at: When
    from_plan: PlanNamed
    plan: PlanNamed
    effective_at: datetime
    credit: CreditOut | None
    debit: Amount
    amount: Amount
    vat: Amount
    next_charge: Amount
    next_charge_at: datetime
    #: Send it with the change: then it costs what is shown here, or nothing happens.
    token: str | None
    expires_at: datetime | None


@router.get(
    "/{subscription_id}/plan-change-preview", summary="What another plan would cost"
)
def preview_plan_change(
    subscription_id: UUID,
    plan_id: UUID,
    caller: Caller,
    seen: Seen,
    at: When = "now",
) -> PreviewOut:
    return shown(seen.previews.preview(caller.account_id, subscription_id, plan_id, at))


def shown(preview: Preview) -> PreviewOut:
    return PreviewOut(
        at=preview.at,
        from_plan=named(preview.from_terms),
        plan=named(preview.terms),
        effective_at=preview.effective_at,
        credit=credit_of(preview.credit) if preview.credit else None,
        debit=amount_of(preview.debit),
        amount=amount_of(preview.amount),
        vat=amount_of(preview.vat),
        next_charge=amount_of(preview.next_charge),
        next_charge_at=preview.next_charge_at,
        token=preview.token,
        expires_at=preview.expires_at,
    )


def named(terms: Agreed) -> PlanNamed:
    return PlanNamed(
        id=terms.plan_id,
        names=NamesOut(ru=terms.names.ru, en=terms.names.en),
        price=amount_of(terms.price),
    )


def credit_of(credit: CreditShown) -> CreditOut:
    return CreditOut(
        price=amount_of(credit.price),
        amount=amount_of(credit.amount),
        elapsed=credit.elapsed,
        total=credit.total,
        mode=credit.mode,
    )
