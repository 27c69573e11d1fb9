"""The payment sandbox itself: that it is as faithful as it must be."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx2

from infra.embedded.payments import SHOP, SHOP_KEY
from tests.payments import SandboxProcess

RETURN_URL = "https://cinema.example/return"
ORDER: Mapping[str, Any] = {
    "amount": {"value": "399.00", "currency": "RUB"},
    "capture": True,
    "confirmation": {"type": "redirect", "return_url": RETURN_URL},
    "description": "Подписка «Стандарт»",
    "metadata": {"attempt_id": "0192"},
}


def call(
    sandbox: SandboxProcess,
    method: str,
    path: str,
    *,
    auth: tuple[str, str] = (SHOP, SHOP_KEY),
    **options: Any,
) -> httpx2.Response:
    return sandbox.client.request(method, f"/v3{path}", auth=auth, **options)


def post(
    sandbox: SandboxProcess, path: str, body: Any = None, key: str = "", **options: Any
) -> httpx2.Response:
    headers = {"Idempotence-Key": key or str(uuid4())}
    return call(sandbox, "POST", path, json=body, headers=headers, **options)


def create(sandbox: SandboxProcess, key: str = "", **changes: Any) -> Any:
    answer = post(sandbox, "/payments", {**ORDER, **changes}, key)
    assert answer.status_code == 200, answer.text
    return answer.json()


def get(sandbox: SandboxProcess, id_: str) -> Any:
    return call(sandbox, "GET", f"/payments/{id_}").json()
