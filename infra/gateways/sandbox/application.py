"""The sandbox as a server runs it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from infra.gateways.sandbox import (
    api,
    binding_api,
    checkout,
    control,
    refund_api,
    refund_control,
    spoofing,
)
from infra.gateways.sandbox.failures import Failure
from infra.gateways.sandbox.provider import Provider
from infra.http.docs import add_docs

#: Expiry does not wait for somebody to ask.
TICK = 1.0


def create_app(provider: Provider, urls: tuple[str, ...] = ()) -> ASGIApp:
    """``urls``: where notifications go, if not where they went before."""
    if urls:
        provider.notifications.policy = replace(
            provider.notifications.policy, urls=urls
        )
    app = FastAPI(
        title="Payment sandbox",
        lifespan=lambda _: at_work(provider),
        docs_url=None,
        openapi_url="/__sandbox/openapi.json",
        redoc_url=None,
    )
    more = (*refund_api.OPERATIONS, *binding_api.OPERATIONS)
    app.router.routes.extend(api.routes(provider, more))
    app.router.routes.extend(checkout.routes(provider))
    app.router.routes.extend(binding_api.pages(provider))
    app.include_router(control.router(provider, urls))
    app.include_router(refund_control.router(provider))
    app.include_router(binding_api.router(provider))
    app.include_router(spoofing.router(provider))
    add_docs(app, "/__sandbox/docs")
    app.add_exception_handler(Failure, failed)
    app.add_exception_handler(HTTPException, missing)
    return app


@asynccontextmanager
async def at_work(provider: Provider) -> AsyncGenerator[None, None]:
    tasks = [asyncio.create_task(provider.notifications.run())]
    tasks.append(asyncio.create_task(expire(provider)))
    yield
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    provider.database.close()


async def expire(provider: Provider) -> None:
    while True:
        provider.expire()
        await asyncio.sleep(TICK)


async def failed(_: Request, error: Exception) -> Response:
    assert isinstance(error, Failure)
    return JSONResponse(error.body, error.status)


async def missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "not_found"}.get(error.status_code, "invalid_request")
    failure = Failure(error.status_code, code, f"{error.detail}: {request.url.path}")
    return JSONResponse(failure.body, error.status_code, headers=error.headers)
