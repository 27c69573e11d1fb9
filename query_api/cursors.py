"""Where the next page begins, as a token that nobody else can make (RFC 2104).

A token is good for one list only: for its filters and its order.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

from fastapi import HTTPException, Request, Response

SIGNATURE = 16
#: What does not change which rows a list has.
INCIDENTAL = ("cursor", "limit", "min_position", "facets")


class BadCursor(HTTPException):
    code = "bad-cursor"

    def __init__(self) -> None:
        super().__init__(
            400, "The cursor is not of this list; begin again without one."
        )


class Cursors:
    def __init__(self, key: bytes) -> None:
        self.key = key

    def write(self, request: Request, place: Any) -> str:
        payload = json.dumps(place, default=str, separators=(",", ":")).encode()
        return urlsafe_b64encode(self.sign(request, payload) + payload).decode()

    def read(self, request: Request, token: str | None) -> Any:
        """The place, or None for the beginning. Raises ``BadCursor``."""
        if token is None:
            return None
        try:
            raw = urlsafe_b64decode(token.encode())
        except ValueError as error:
            raise BadCursor from error
        signature, payload = raw[:SIGNATURE], raw[SIGNATURE:]
        if not hmac.compare_digest(signature, self.sign(request, payload)):
            raise BadCursor
        return json.loads(payload)

    def sign(self, request: Request, payload: bytes) -> bytes:
        message = scope_of(request) + b"\0" + payload
        return hmac.digest(self.key, message, sha256)[:SIGNATURE]


def scope_of(request: Request) -> bytes:
    query = sorted(
        pair for pair in request.query_params.multi_items() if pair[0] not in INCIDENTAL
    )
    return json.dumps([request.url.path, query]).encode()


def link_to_next(request: Request, response: Response, cursor: str | None) -> None:
    """RFC 8288."""
    if cursor is None:
        return
    url = request.url.include_query_params(cursor=cursor)
    response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
