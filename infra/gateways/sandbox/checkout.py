"""The pages where a person pays, or looks at what was paid. They need no JavaScript."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from infra.gateways.sandbox.cards import CARDS, SUCCEEDED
from infra.gateways.sandbox.form import BLANK, CardForm, read
from infra.gateways.sandbox.provider import Provider
from infra.gateways.sandbox.rendering import FOLDER, language_of, render
from infra.gateways.sandbox.texts import Language

CONTRACT = "/checkout/payments/v2/contract"
REFUSED = "3d_secure_failed"


class Checkout:
    def __init__(self, provider: Provider) -> None:
        self.provider = provider

    async def show(self, request: Request) -> Response:
        self.provider.till.expire()
        form = BLANK
        if card := CARDS.get(request.query_params.get("card", "")):
            form = CardForm(card=card.spaced, expiry="12/32", cvc="123")
        return self.page(request, form)

    async def pay(self, request: Request) -> Response:
        self.provider.till.expire()
        id_ = request.query_params.get("orderId", "")
        if self.provider.till.find(id_).document["status"] != "pending":
            return RedirectResponse(request.url, 303)
        given = cast("Mapping[str, str]", await request.form())
        form = read(given, self.provider.clock())
        if form.mistakes:
            return self.page(request, form, 422)
        card, decision = CARDS[form.digits], given.get("decision")
        if card.three_d_secure and not decision:
            return self.page(request, form, name="secure.html")
        if decision == "refuse":
            card = replace(card, outcome=REFUSED)
        entry = self.provider.till.find(id_)
        self.provider.till.confirm(id_, card)
        if card.outcome != SUCCEEDED or entry.order.confirmation is None:
            return RedirectResponse(request.url, 303)
        return RedirectResponse(entry.order.confirmation.return_url, 303)

    def page(
        self,
        request: Request,
        form: CardForm,
        status: int = 200,
        name: str = "card.html",
    ) -> Response:
        """The form, or how it went if there is nothing to pay any more."""
        entry = self.provider.till.find(request.query_params.get("orderId", ""))
        confirmation = entry.order.confirmation
        wished = confirmation.locale if confirmation else None
        language = language_of(request, cast("Language | None", wished and wished[:2]))
        if entry.document["status"] != "pending" or confirmation is None:
            name = "outcome.html"
        return render(
            request,
            name,
            language,
            status,
            payment=entry.document,
            order=entry.order,
            form=form,
            cards=CARDS.values(),
            address=f"{CONTRACT}?orderId={entry.document['id']}&lang={language}",
        )

    async def index(self, request: Request) -> Response:
        self.provider.till.expire()
        context: dict[str, Any] = {
            "payments": self.provider.book.latest(),
            "contract": CONTRACT,
            "now": self.provider.clock(),
        }
        return render(request, "index.html", language_of(request), **context)

    async def details(self, request: Request) -> Response:
        self.provider.till.expire()
        id_ = request.path_params["id"]
        entry = self.provider.till.find(id_)
        told = [
            delivery
            for delivery in self.provider.notifications.deliveries()
            if delivery["body"]["object"]["id"] == id_
        ]
        language = language_of(request)
        return render(
            request,
            "payment.html",
            language,
            payment=entry.document,
            deliveries=told,
            contract=CONTRACT,
        )


async def shop(request: Request) -> Response:
    """Where a payer is sent back to when there is no site yet."""
    return render(request, "shop.html", language_of(request))


async def style(_: Request) -> Response:
    return FileResponse(FOLDER / "style.css")


def routes(provider: Provider) -> list[Route]:
    checkout = Checkout(provider)
    return [
        Route(CONTRACT, checkout.show, methods=["GET"]),
        Route(CONTRACT, checkout.pay, methods=["POST"]),
        Route("/", checkout.index),
        Route("/payments/{id}", checkout.details),
        Route("/shop", shop),
        Route("/style.css", style),
    ]
