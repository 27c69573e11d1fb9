"""How an answer is spoilt, once a rule has struck."""

import asyncio
from collections.abc import Callable, Mapping

from starlette.responses import HTMLResponse, JSONResponse, Response

from infra.gateways.sandbox.failures import Failure, broken, busy, key_duplicated
from infra.gateways.sandbox.faults import AFTER, Rule
from infra.gateways.sandbox.protocol import Reset

BAD_GATEWAY = (
    "<html><head><title>502 Bad Gateway</title></head>"
    "<body><center><h1>502 Bad Gateway</h1></center></body></html>"
)


def refusing(failure: Callable[[], Failure]) -> Callable[[], Response]:
    def refuse() -> Response:
        made = failure()
        return JSONResponse(made.body, made.status)

    return refuse


def processing() -> Response:
    body = {"type": "processing", "description": "In progress", "retry_after": 1800}
    return JSONResponse(body, 202)


ANSWERS: Mapping[str, Callable[[], Response]] = {
    "500": refusing(broken),
    "502": lambda: HTMLResponse(BAD_GATEWAY, 502),
    "reset": Reset,
    "hang": Reset,
    "processing": processing,
    "too-many-requests": refusing(busy),
    "key-duplicated": refusing(key_duplicated),
}


async def instead(rule: Rule) -> Response:
    """Of carrying the request out."""
    what = rule.kind.removeprefix("no-commit-")
    if what == "hang":
        await asyncio.sleep(rule.seconds)
    return ANSWERS[what]()


async def after(response: Response, rule: Rule) -> Response:
    """The request has been carried out, and its sender does not learn of it."""
    what = AFTER[rule.kind]
    if what == "hang":
        await asyncio.sleep(rule.seconds)
    if what == "truncated":
        half = bytes(response.body)[: len(response.body) // 2]
        return Response(half, 200, media_type="application/json")
    return ANSWERS[what]()
