"""What a test may do to the provider's refunds and receipts, under ``/__sandbox``."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field

from infra.gateways.sandbox.control import Body
from infra.gateways.sandbox.provider import Provider
from infra.gateways.sandbox.receipts import SHOPS, TAKES
from infra.gateways.sandbox.refunds import SCRIPT


class RefundsBody(Body):
    """``succeeded``, ``pending``, ``pending:`` and a reason, or a reason alone."""

    script: list[str]


class Settlement(Body):
    #: ``succeeded``, or why it is canceled.
    outcome: str = "succeeded"


class Fiscalization(Body):
    enabled: bool
    #: Seconds until a receipt is registered; never, if null.
    takes: Annotated[float | None, Field(ge=0)] = 10.0


def router(provider: Provider) -> APIRouter:
    control = APIRouter(prefix="/__sandbox", tags=["control"])
    database = provider.database

    @control.put("/refunds")
    async def script(body: RefundsBody) -> dict[str, Any]:
        database.set(SCRIPT, body.script)
        return {"script": body.script}

    @control.post("/refunds/{id}/settle")
    async def settle(id: str, body: Settlement) -> dict[str, Any]:
        return dict(provider.refunds.settle(id, body.outcome))

    @control.put("/shops/{id}/fiscalization")
    async def fiscalize(id: str, body: Fiscalization) -> dict[str, Any]:
        others = [shop for shop in database.setting(SHOPS, []) if shop != id]
        database.set(SHOPS, [*others, id] if body.enabled else others)
        database.set(TAKES, body.takes)
        return {"id": id, **body.model_dump()}

    return control
