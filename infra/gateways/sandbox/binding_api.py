"""Cards that are saved without paying: the API, the page, and what a test may do.

And of ``/v3/webhooks``: with a shop's key they cannot be had, only with OAuth.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from infra.gateways.sandbox.api import Call, once
from infra.gateways.sandbox.bindings import PAGE, Binding
from infra.gateways.sandbox.cards import CARDS, ORDINARY
from infra.gateways.sandbox.control import Confirmation
from infra.gateways.sandbox.failures import forbidden
from infra.gateways.sandbox.payments import Document
from infra.gateways.sandbox.provider import Provider
from infra.gateways.sandbox.refund_api import Routes
from infra.gateways.sandbox.rendering import language_of, render
from infra.gateways.sandbox.requests import CreateMethod

REFUSED = "3d_secure_failed"


async def create(call: Call) -> Document:
    address = str(call.request.base_url).rstrip("/")
    bindings = call.provider.bindings
    return await once(
        call, CreateMethod, lambda order: bindings.open(call.shop, order, address)
    )


async def get(call: Call) -> Document:
    await asyncio.sleep(call.delay)
    call.provider.expire()
    return call.provider.bindings.find(call.id, call.shop).document


async def webhooks(_: Call) -> Document:
    raise forbidden("Webhooks are managed with an OAuth token, not with a shop's key")


OPERATIONS: Routes = (
    ("POST", "/v3/payment_methods", create),
    ("GET", "/v3/payment_methods/{id}", get),
    ("GET", "/v3/webhooks", webhooks),
    ("POST", "/v3/webhooks", webhooks),
    ("DELETE", "/v3/webhooks/{id}", webhooks),
)


def pages(provider: Provider) -> list[Route]:
    async def show(request: Request) -> Response:
        provider.expire()
        return page(request, provider.bindings.find(asked(request)))

    async def bind(request: Request) -> Response:
        given = cast("Mapping[str, str]", await request.form())
        card = CARDS.get(given.get("card", ""), ORDINARY)
        if given.get("decision") == "refuse":
            card = replace(card, outcome=REFUSED)
        document = provider.bindings.confirm(asked(request), card)
        is_bound = document["status"] == "active"
        back = provider.bindings.find(asked(request)).return_url
        return RedirectResponse(back if is_bound else request.url, 303)

    return [Route(PAGE, show, methods=["GET"]), Route(PAGE, bind, methods=["POST"])]


def page(request: Request, binding: Binding) -> Response:
    language = language_of(request)
    return render(
        request,
        "binding.html",
        language,
        method=binding.document,
        back=binding.return_url,
        cards=CARDS.values(),
        address=f"{PAGE}?methodId={binding.document['id']}&lang={language}",
    )


def asked(request: Request) -> str:
    return request.query_params.get("methodId", "")


def router(provider: Provider) -> APIRouter:
    control = APIRouter(prefix="/__sandbox", tags=["control"])

    @control.post("/payment_methods/{id}/confirm")
    async def confirm(id: str, body: Confirmation) -> dict[str, object]:
        card = CARDS.get(body.card or ORDINARY.number)
        if card is None:
            raise HTTPException(422, "This is not one of the test cards.")
        if body.outcome is not None:
            card = replace(card, outcome=body.outcome)
        return dict(provider.bindings.confirm(id, card))

    return control
