"""The sandbox's own API under ``/__sandbox``: time, outcomes, faults, the journal."""

from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, Self, TypeAlias

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, model_validator
from starlette.responses import PlainTextResponse, Response

from infra.gateways.sandbox import api, idempotence, notifications, receipts, refunds
from infra.gateways.sandbox.cards import CARDS, ORDINARY
from infra.gateways.sandbox.clock import moment, stamp
from infra.gateways.sandbox.faults import Rule
from infra.gateways.sandbox.provider import Provider
from infra.gateways.sandbox.registry import Discrepancy, as_csv, as_lines
from infra.gateways.sandbox.shops import allow

SETTINGS = (
    "clock_offset",
    notifications.SETTING,
    idempotence.SETTING,
    api.LIST_LAG,
    refunds.SCRIPT,
    receipts.SHOPS,
    receipts.TAKES,
)
Format: TypeAlias = Literal["jsonl", "csv"]
LONGEST_LEAP = 100 * 366 * 86_400.0


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Time(Body):
    """``advance`` in seconds, or as an ISO 8601 duration."""

    now: datetime | None = None
    advance: timedelta | None = Field(
        default=None, ge=timedelta(0), le=timedelta(seconds=LONGEST_LEAP)
    )

    @model_validator(mode="after")
    def one_of_them(self) -> Self:
        if (self.now is None) == (self.advance is None):
            raise ValueError("send now or advance")
        return self


class Confirmation(Body):
    card: str | None = None
    #: ``succeeded``, or the reason of a decline.
    outcome: str | None = None


class MethodBody(Body):
    script: list[str] | None = None
    revoked: bool | None = None


class ShopBody(Body):
    recurring: bool | None = None
    saving: bool | None = None


class NotificationsBody(Body):
    urls: list[HttpUrl] | None = None
    delay: Annotated[float, Field(ge=0)] | None = None
    duplicates: Annotated[int, Field(ge=0, le=10)] | None = None
    reorder: bool | None = None
    drop: Annotated[int, Field(ge=0)] | None = None
    before_answer: bool | None = None


class Behaviour(Body):
    replay: Literal["original", "current"] | None = None
    list_lag: Annotated[float, Field(ge=0)] | None = None


def router(provider: Provider, urls: tuple[str, ...]) -> APIRouter:
    """``urls``: where notifications go after a reset."""
    control = APIRouter(prefix="/__sandbox", tags=["control"])

    @control.get("/clock")
    async def show_clock() -> dict[str, str]:
        return {"now": stamp(provider.clock())}

    @control.post("/clock")
    async def move_clock(body: Time) -> dict[str, str]:
        if body.now is not None:
            provider.clock.set(moment(body.now.isoformat()))
        if body.advance is not None:
            provider.clock.advance(body.advance)
        provider.expire()
        provider.notifications.news.set()
        return await show_clock()

    @control.post("/payments/{id}/confirm")
    async def confirm(id: str, body: Confirmation) -> dict[str, Any]:
        card = CARDS.get(body.card or ORDINARY.number)
        if card is None:
            raise HTTPException(422, "This is not one of the test cards.")
        if body.outcome is not None:
            card = replace(card, outcome=body.outcome)
        return dict(provider.till.confirm(id, card))

    @control.put("/payment_methods/{id}")
    async def script(id: str, body: MethodBody) -> dict[str, str]:
        if not provider.book.set_script(id, body.script, body.revoked):
            raise HTTPException(404, "There is no such saved method.")
        return {"id": id}

    @control.put("/shops/{id}")
    async def shop(id: str, body: ShopBody) -> dict[str, str]:
        if not allow(provider.database, id, body.recurring, body.saving):
            raise HTTPException(404, "This shop has not been here yet.")
        return {"id": id}

    @control.put("/webhooks")
    async def webhooks(body: NotificationsBody) -> dict[str, Any]:
        given = body.model_dump(mode="json", exclude_none=True)
        policy = asdict(provider.notifications.policy) | given
        policy["urls"] = tuple(policy["urls"])
        provider.notifications.policy = notifications.Policy(**policy)
        return policy

    @control.get("/deliveries")
    async def deliveries() -> list[dict[str, Any]]:
        return provider.notifications.deliveries()

    @control.put("/behaviour")
    async def behave(body: Behaviour) -> dict[str, Any]:
        given = body.model_dump(exclude_none=True)
        for name, value in given.items():
            provider.database.set(name, value)
        return given

    @control.get("/faults")
    async def faults() -> list[dict[str, Any]]:
        return provider.faults.all()

    @control.post("/faults", status_code=201)
    async def add_fault(rule: Rule) -> dict[str, int]:
        return {"number": provider.faults.add(rule)}

    @control.delete("/faults")
    async def clear_faults() -> dict[str, Any]:
        provider.faults.clear()
        return {}

    @control.get("/journal")
    async def journal() -> list[dict[str, Any]]:
        return provider.journal.entries()

    @control.get("/registry")
    async def registry(day: date, shop: str, format: Format = "jsonl") -> Response:
        """Of a day in Moscow: what was captured in it."""
        rows = provider.registry.of(shop, day)
        if format == "csv":
            return PlainTextResponse(as_csv(rows), media_type="text/csv")
        return PlainTextResponse(as_lines(rows), media_type="application/x-ndjson")

    @control.post("/discrepancies", status_code=201)
    async def inject(body: Discrepancy) -> dict[str, Any]:
        provider.registry.inject(body)
        return {}

    @control.post("/reset")
    async def reset() -> dict[str, Any]:
        provider.database.forget(SETTINGS)
        provider.clock.shift_to(timedelta(0))
        provider.notifications.policy = notifications.Policy(urls=urls)
        return {}

    return control
