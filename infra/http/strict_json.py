"""Bodies that no two parsers could understand differently (RFC 8259, RFC 7493)."""

import json
from collections.abc import Collection
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infra.http.problems import problem

LONGEST = 64 * 1024
DEEPEST = 64
METHODS = ("POST", "PUT", "PATCH", "DELETE")


class Ambiguous(ValueError):
    """What is wrong with the body, in words for its sender."""


class StrictJson:
    """Refuses what is too long (413), not JSON (415) or ambiguous (400).

    Paths under ``exempt`` take other kinds of bodies and have limits of their own.
    """

    def __init__(self, app: ASGIApp, exempt: Collection[str] = ()) -> None:
        self.app = app
        self.exempt = tuple(exempt)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in METHODS:
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path.startswith(self.exempt):
            await self.app(scope, receive, send)
            return
        body = await read(receive)
        if refusal := wrong(path, body, content_type(scope)):
            await refusal(scope, receive, send)
            return
        await self.app(scope, again(body, receive), send)


async def read(receive: Receive) -> bytes:
    """The body, or a little more than is allowed of it."""
    body = b""
    while len(body) <= LONGEST:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return body


def again(body: bytes, receive: Receive) -> Receive:
    given = False

    async def once_more() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once_more


def content_type(scope: Scope) -> str:
    headers = dict(scope["headers"])
    declared: bytes = headers.get(b"content-type", b"")
    return declared.decode("latin-1").partition(";")[0].strip().lower()


def wrong(path: str, body: bytes, declared: str) -> ASGIApp | None:
    if len(body) > LONGEST:
        return problem(path, 413, "too-long", f"A body has at most {LONGEST} bytes.")
    if not body:
        return None
    if declared != "application/json":
        return problem(path, 415, "not-json", "Send application/json.")
    try:
        check(body)
    except Ambiguous as error:
        return problem(path, 400, "malformed-json", str(error))
    return None


def check(body: bytes) -> None:
    """Raises ``Ambiguous``."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Ambiguous(f"The body is not UTF-8 at byte {error.start}.") from error
    if text.startswith("\ufeff"):
        raise Ambiguous("The body begins with a byte order mark.")
    if depth(text) > DEEPEST:
        raise Ambiguous(f"The body is nested deeper than {DEEPEST} levels.")
    try:
        json.loads(text, object_pairs_hook=unique, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Ambiguous(f"The body is not JSON: {error.msg} ({place}).") from error


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise Ambiguous("A member of an object is there twice.")
    return members


def refuse_constant(name: str) -> None:
    raise Ambiguous(f"{name} is not a JSON number.")


def depth(text: str) -> int:
    """How deep the brackets outside strings are nested."""
    deepest = level = 0
    in_string = escaped = False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            level += 1
            deepest = max(deepest, level)
        elif character in "]}":
            level -= 1
    return deepest
