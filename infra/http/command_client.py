"""The command API as the dashboards reach it: over HTTP, like any frontend."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from httpx2 import Client, HTTPError, Response

from query_api.dashboards.ports import Answer, CommandsUnreachable

TIMEOUT = 10.0


def client_for(url: str) -> Client:
    return Client(base_url=url, timeout=TIMEOUT)


class HttpCommands:
    def __init__(self, client: Client) -> None:
        self.client = client

    def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        token: str | None = None,
        version: int | None = None,
        reason: str | None = None,
        key: str | None = None,
    ) -> Answer:
        headers = {}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if key is not None:
            headers["Idempotency-Key"] = key
        if reason is not None:
            headers["Cinema-Reason"] = quote(reason, safe=" ")
        try:
            return answer(self.client.request(method, path, json=body, headers=headers))
        except HTTPError as error:
            raise CommandsUnreachable from error


def answer(response: Response) -> Answer:
    return Answer(
        status=response.status_code,
        body=response.json() if response.content else {},
        version=number(response.headers.get("ETag")),
        position=number(response.headers.get("Cinema-Position")),
    )


def number(header: str | None) -> int | None:
    digits = (header or "").removeprefix("W/").strip('"')
    return int(digits) if digits.isdecimal() else None
