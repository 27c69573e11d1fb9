"""What has not changed is not sent again (RFC 9110, 8.8.3 and 13.1.2)."""

from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Etags:
    """For whole answers that may be kept by caches, and for no others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("if-none-match", "")
        await self.app(scope, receive, Answer(send, asked))


class Answer:
    def __init__(self, send: Send, asked: str) -> None:
        self.forward = send
        self.asked = asked
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and is_kept(message):
            self.start = message
        elif self.start is None:
            await self.forward(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self.finish(self.start)

    async def finish(self, start: Message) -> None:
        etag = f'"{sha256(self.body).hexdigest()[:32]}"'
        headers = MutableHeaders(scope=start)
        headers["ETag"] = etag
        if matches(self.asked, etag):
            start["status"], self.body = 304, b""
            del headers["content-length"], headers["content-type"]
        await self.forward(start)
        await self.forward({"type": "http.response.body", "body": self.body})


def is_kept(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return start["status"] == 200 and "public" in headers.get("cache-control", "")


def matches(asked: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return "*" in tags or etag in tags
