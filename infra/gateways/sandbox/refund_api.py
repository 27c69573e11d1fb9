"""Refunds and receipts of the API under ``/v3``."""

import asyncio
from collections.abc import Sequence
from typing import TypeAlias

from infra.gateways.sandbox import pages
from infra.gateways.sandbox.api import Call, Operation, once
from infra.gateways.sandbox.clock import stamp
from infra.gateways.sandbox.payments import Document
from infra.gateways.sandbox.requests import CreateRefund

Routes: TypeAlias = Sequence[tuple[str, str, Operation]]


async def create(call: Call) -> Document:
    provider = call.provider
    return await once(
        call, CreateRefund, lambda order: provider.refunds.open(call.shop, order)
    )


async def get(call: Call) -> Document:
    await settled(call)
    return call.provider.refunds.find(call.id, call.shop)


async def list_(call: Call) -> Document:
    return await listed(call, pages.REFUNDS)


async def get_receipt(call: Call) -> Document:
    await settled(call)
    return call.provider.receipts.find(call.id, call.shop)


async def list_receipts(call: Call) -> Document:
    return await listed(call, pages.RECEIPTS)


async def listed(call: Call, kind: pages.Kind) -> Document:
    await settled(call)
    provider = call.provider
    parameters = dict(call.request.query_params)
    upto = stamp(provider.clock())
    return pages.page(provider.database, call.shop.id, parameters, upto, kind)


async def settled(call: Call) -> None:
    """What was to have happened by now has."""
    await asyncio.sleep(call.delay)
    call.provider.expire()


OPERATIONS: Routes = (
    ("POST", "/v3/refunds", create),
    ("GET", "/v3/refunds", list_),
    ("GET", "/v3/refunds/{id}", get),
    ("GET", "/v3/receipts", list_receipts),
    ("GET", "/v3/receipts/{id}", get_receipt),
)
