"""Notifications that the provider never sent, from an address that is not its own."""

import json
from typing import Any

import httpx2
from fastapi import APIRouter

from infra.gateways.sandbox.control import Body
from infra.gateways.sandbox.provider import Provider

PATIENCE = 10.0


class Forgery(Body):
    event: str = "payment.succeeded"
    object: dict[str, Any]
    #: On this machine; the provider itself sends from 127.0.0.1.
    sender: str = "127.0.0.2"


def router(provider: Provider) -> APIRouter:
    control = APIRouter(prefix="/__sandbox", tags=["control"])

    @control.post("/forgeries")
    async def forge(body: Forgery) -> dict[str, int]:
        """To every address that is told; answers with what each of them said."""
        told = {"type": "notification", "event": body.event, "object": body.object}
        transport = httpx2.AsyncHTTPTransport(local_address=body.sender)
        headers = {"Content-Type": "application/json"}
        async with httpx2.AsyncClient(transport=transport, timeout=PATIENCE) as client:
            return {
                url: (
                    await client.post(url, content=json.dumps(told), headers=headers)
                ).status_code
                for url in provider.notifications.policy.urls
            }

    return control
