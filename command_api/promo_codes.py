"""Commands on promo codes, and what a buyer says one with."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, Field, StringConstraints

from command_api.dependencies import Accepted, Body, Desk, desk
from command_api.money import Amount
from command_api.security import Holder
from domain.billing_ids import promo_code_of
from domain.kernel.values import PlanId, PromoCodeId
from domain.promo_code.commands import AddPromoCode, ArchivePromoCode

router = APIRouter(prefix="/promo-codes", tags=["promo codes"])

Editor = Annotated[Desk, Depends(desk(Holder("plans:edit")))]
#: Whoever types one need not mind capitals, nor spaces around it.
Code: TypeAlias = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_upper=True, pattern="^[A-Za-z0-9-]{3,32}$"
    ),
]


class PromoCodeBody(Body):
    """A percentage off, or an amount; for the first periods, or for ever."""

    code: Code
    percent: Annotated[int, Field(ge=1, le=100)] | None = None
    amount: Amount | None = None
    #: Of each subscription; null is for ever.
    periods: Annotated[int, Field(ge=1, le=36)] | None = 1
    #: For these plans only; none means for each.
    plan_ids: Annotated[tuple[UUID, ...], Field(max_length=50)] = ()
    limit: Annotated[int, Field(ge=1, le=10_000)]
    limit_per_person: Annotated[int, Field(ge=1)] = 1
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None


@router.post("", status_code=201, summary="Add a promo code")
def add_promo_code(body: PromoCodeBody, editor: Editor) -> Accepted:
    now: datetime = editor.now()
    command = AddPromoCode(
        promo_code_id=promo_code_of(body.code),
        code=body.code,
        percent=body.percent or 0,
        amount=body.amount.money() if body.amount else None,
        periods=body.periods,
        plans=tuple(map(PlanId, body.plan_ids)),
        limit=body.limit,
        limit_per_person=body.limit_per_person,
        valid_from=body.valid_from or now,
        valid_until=body.valid_until,
        now=now,
    )
    return editor.send(command, "promo-codes")


@router.post("/{promo_code_id}/archive", summary="Take a promo code out of use")
def archive_promo_code(promo_code_id: UUID, editor: Editor) -> Accepted:
    """For nobody from now on; who has it keeps it."""
    command = ArchivePromoCode(
        promo_code_id=PromoCodeId(promo_code_id), now=editor.now()
    )
    return editor.send(command, "promo-codes")
