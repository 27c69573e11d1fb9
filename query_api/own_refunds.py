"""What a payer gets back."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from query_api.caching import personal
from query_api.refunds import RefundOut, Refunds, shown
from query_api.security import Principal, SignedIn

router = APIRouter(prefix="/me/refunds", tags=["me"], dependencies=[Depends(personal)])

Caller = Annotated[Principal, Depends(SignedIn())]


class RefundPage(BaseModel):
    items: list[RefundOut]
    next_cursor: None = None
    total_estimate: int


@router.get("", summary="My refunds, the newest first")
def list_refunds(caller: Caller, refunds: Refunds) -> RefundPage:
    items = [shown(row) for row in refunds.of_account(caller.account_id)]
    return RefundPage(items=items, total_estimate=len(items))
