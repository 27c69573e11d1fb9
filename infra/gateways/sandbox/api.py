"""The provider's API under ``/v3``: journal, faults, credentials, the operation."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.gateways.sandbox import distortions
from infra.gateways.sandbox.clock import stamp
from infra.gateways.sandbox.failures import Failure, invalid
from infra.gateways.sandbox.faults import AFTER, Rule
from infra.gateways.sandbox.idempotence import HEADER, checked, digest_of
from infra.gateways.sandbox.pages import page
from infra.gateways.sandbox.payments import Document
from infra.gateways.sandbox.protocol import Reset
from infra.gateways.sandbox.provider import Provider
from infra.gateways.sandbox.receipts import SHOPS
from infra.gateways.sandbox.requests import Capture, CreatePayment, Part, parse
from infra.gateways.sandbox.shops import Shop, authenticate

#: How long it takes, in seconds, until a payment is in the lists.
LIST_LAG = "list_lag"
#: Of a payment: as it was when it was made; canceled for it took the provider too long.
STALE, TIMED_OUT = "stale", "internal-timeout"
#: These are carried out, in another way than usual.
WITHIN = ("slow", STALE, TIMED_OUT)
M = TypeVar("M", bound=Part)


@dataclass(frozen=True, slots=True)
class Call:
    """A request by a shop that has shown who it is."""

    provider: Provider
    request: Request
    shop: Shop
    number: int
    delay: float
    #: That of ``WITHIN``.
    fault: str | None = None

    @property
    def id(self) -> str:
        return str(self.request.path_params["id"])


Operation: TypeAlias = Callable[[Call], Awaitable[Document]]


async def create(call: Call) -> Document:
    address = str(call.request.base_url).rstrip("/")
    till = call.provider.till

    def make(order: CreatePayment) -> Document:
        if call.fault == TIMED_OUT:
            return till.time_out(call.shop, order)
        return till.open(call.shop, order, address)

    return await once(call, CreatePayment, make)


async def capture(call: Call) -> Document:
    call.provider.till.find(call.id, call.shop)
    return await once(
        call, Capture, lambda wanted: call.provider.till.capture(call.id, wanted)
    )


async def cancel(call: Call) -> Document:
    call.provider.till.find(call.id, call.shop)
    return await once(call, Part, lambda _: call.provider.till.cancel(call.id))


async def get(call: Call) -> Document:
    await asyncio.sleep(call.delay)
    call.provider.expire()
    document = call.provider.till.find(call.id, call.shop).document
    if call.fault == STALE:
        return call.provider.idempotence.first(call.id) or document
    return document


async def list_(call: Call) -> Document:
    await asyncio.sleep(call.delay)
    provider = call.provider
    provider.expire()
    lag = timedelta(seconds=provider.database.setting(LIST_LAG, 0.0))
    parameters = dict(call.request.query_params)
    return page(
        provider.database, call.shop.id, parameters, stamp(provider.clock() - lag)
    )


async def me(call: Call) -> Document:
    database = call.provider.database
    return {
        "account_id": call.shop.id,
        "status": "enabled",
        "test": True,
        "fiscalization_enabled": call.shop.id in database.setting(SHOPS, []),
        "payment_methods": ["bank_card"],
    }


async def once(call: Call, kind: type[M], act: Callable[[M], Document]) -> Document:
    """Act, unless this key has been used; another request with it waits meanwhile."""
    key = checked(call.request.headers.get(HEADER))
    body, provider = await json_of(call.request), call.provider
    async with provider.idempotence.in_progress(call.shop, key):
        await asyncio.sleep(call.delay)
        provider.expire()
        document = commit(call, key, body, lambda: act(parse(kind, body)))
    await provider.notifications.precede_answer()
    return document


def commit(call: Call, key: str, body: Any, act: Callable[[], Document]) -> Document:
    """All of it or nothing, the journal included."""
    provider, shop = call.provider, call.shop
    digest = digest_of(call.request.url.path, body)
    with provider.database.transaction():
        first = provider.idempotence.find(shop, key, digest)
        if first is not None:
            provider.journal.committed(call.number, shop.id, None, replayed=True)
            return first
        document = act()
        provider.idempotence.keep(shop, key, digest, document)
        provider.journal.committed(call.number, shop.id, document)
        return document


async def json_of(request: Request) -> Any:
    """Raises ``Failure``."""
    body = await request.body()
    if not body:
        return {}
    declared = request.headers.get("content-type", "").partition(";")[0]
    if declared.strip().lower() != "application/json":
        raise Failure(415, "unsupported_media_type", "Send application/json")
    try:
        return json.loads(body)
    except ValueError as error:
        raise invalid("The body is not JSON") from error


class Endpoint:
    def __init__(self, provider: Provider, operation: Operation) -> None:
        self.provider = provider
        self.operation = operation

    async def handle(self, request: Request) -> Response:
        text = (await request.body()).decode("utf-8", "replace")
        path, query = request.url.path, request.url.query
        whole = f"{path}?{query}" if query else path
        key = request.headers.get(HEADER)
        rule = self.provider.faults.next(request.method, path)
        fault = rule.kind if rule else None
        journal = self.provider.journal
        number = journal.received(request.method, whole, key, text, fault)
        response = await self.serve(request, number, rule)
        status = None if isinstance(response, Reset) else response.status_code
        journal.answered(number, status)
        return response

    async def serve(self, request: Request, number: int, rule: Rule | None) -> Response:
        if rule is None or rule.kind in WITHIN:
            delay = rule.seconds if rule and rule.kind == "slow" else 0.0
            kind = rule.kind if rule else None
            return await self.operate(request, number, delay, kind)
        if rule.kind in AFTER:
            return await distortions.after(
                await self.operate(request, number, 0.0), rule
            )
        return await distortions.instead(rule)

    async def operate(
        self, request: Request, number: int, delay: float, fault: str | None = None
    ) -> Response:
        try:
            shop = authenticate(
                self.provider.database, request.headers.get("authorization", "")
            )
            call = Call(self.provider, request, shop, number, delay, fault)
            return JSONResponse(await self.operation(call))
        except Failure as failure:
            return JSONResponse(failure.body, failure.status)


def routes(
    provider: Provider, more: Sequence[tuple[str, str, Operation]] = ()
) -> list[Route]:
    operations: list[tuple[str, str, Operation]] = [
        *more,
        ("POST", "/v3/payments", create),
        ("GET", "/v3/payments", list_),
        ("GET", "/v3/payments/{id}", get),
        ("POST", "/v3/payments/{id}/capture", capture),
        ("POST", "/v3/payments/{id}/cancel", cancel),
        ("GET", "/v3/me", me),
    ]
    return [
        Route(path, Endpoint(provider, operation).handle, methods=[method])
        for method, path, operation in operations
    ]
