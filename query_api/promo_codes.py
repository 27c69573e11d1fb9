"""Promo codes, for staff."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from projections.promo_codes import PromoCodeRow, PromoCodesView
from query_api.caching import personal
from query_api.dependencies import found, level
from query_api.money import Amount, amount_of
from query_api.security import Holder

router = APIRouter(
    prefix="/promo-codes",
    tags=["promo codes"],
    dependencies=[Depends(Holder("plans:edit")), Depends(personal)],
)

PromoCodes = Annotated[PromoCodesView, Depends(level(lambda seen: seen.promo_codes))]


class PromoCodeOut(BaseModel):
    """``reserved`` by who has not paid as yet, ``redeemed`` by who has."""

    id: UUID
    code: str
    percent: int | None
    amount: Amount | None
    #: None is for ever.
    periods: int | None
    #: None of them means each.
    plan_ids: list[UUID]
    limit: int
    limit_per_person: int
    reserved: int
    redeemed: int
    valid_from: datetime
    valid_until: datetime | None
    archived_at: datetime | None


class PromoCodePage(BaseModel):
    items: list[PromoCodeOut]
    next_cursor: None = None
    total_estimate: int


@router.get("", summary="Promo codes, the newest first")
def list_promo_codes(promo_codes: PromoCodes) -> PromoCodePage:
    items = [shown(row) for row in promo_codes.newest()]
    return PromoCodePage(items=items, total_estimate=len(items))


@router.get("/{promo_code_id}", summary="One promo code")
def read_promo_code(promo_code_id: UUID, promo_codes: PromoCodes) -> PromoCodeOut:
    return shown(found(promo_codes.get(promo_code_id)))


def shown(row: PromoCodeRow) -> PromoCodeOut:
    return PromoCodeOut(
        id=row.promo_code_id,
        code=row.code,
        percent=row.percent or None,
        amount=amount_of(row.amount) if row.amount else None,
        periods=row.periods,
        plan_ids=[*row.plans],
        limit=row.most_uses,
        limit_per_person=row.most_uses_per_person,
        reserved=row.reserved,
        redeemed=row.redeemed,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        archived_at=row.archived_at,
    )
