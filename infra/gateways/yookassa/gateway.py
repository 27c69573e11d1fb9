"""The ``Gateway`` port, over one shop at YooKassa."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from yookassa.domain.common import HttpVerb

from infra.gateways.yookassa import notifications
from infra.gateways.yookassa.answers import absent, refused, unknown
from infra.gateways.yookassa.charges import NotUnderstood, charge
from infra.gateways.yookassa.client import ShopClient
from infra.gateways.yookassa.orders import written
from processes.ports import (
    Absent,
    ChargeOrder,
    Notification,
    Observed,
    Outcome,
    Page,
    Unknown,
    Untrusted,
)

PAYMENTS = "/payments"
LARGEST_PAGE = 100


class YooKassa:
    """Safe to use from many threads: each call is a connection of its own."""

    def __init__(
        self, client: ShopClient, peers: Sequence[str] = notifications.PEERS
    ) -> None:
        self.client = client
        self.peers = notifications.networks(peers)

    @property
    def code(self) -> str:
        return "yookassa"

    def prepare(self, order: ChargeOrder) -> str:
        return written(order)

    def create(self, request: str, key: UUID) -> Outcome:
        headers, body = {"Idempotence-Key": str(key)}, json.loads(request)
        try:
            answer = self.client.request(HttpVerb.POST, PAYMENTS, None, headers, body)
        except Exception as error:
            return refused(error)
        return self.observed(answer)

    def get(self, ref: str) -> Observed | Absent | Unknown:
        # What is not an id cannot be put into a path.
        if not ref.replace("-", "").isalnum():
            return Absent()
        try:
            answer = self.client.request(HttpVerb.GET, f"{PAYMENTS}/{ref}")
        except Exception as error:
            return absent(error)
        return self.observed(answer)

    def find(
        self, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page | Unknown:
        query = {
            "created_at.gte": stamp(since),
            "created_at.lte": stamp(until),
            "limit": LARGEST_PAGE,
        } | ({"cursor": cursor} if cursor else {})
        try:
            answer = self.client.request(HttpVerb.GET, PAYMENTS, query)
            charges = [charge(item, self.client.shop_id) for item in answer["items"]]
            return Page(charges, answer.get("next_cursor"))
        except NotUnderstood as error:
            return Unknown(str(error))
        except Exception as error:
            return unknown(error)

    def parse_notification(
        self,
        headers: Mapping[str, str],  # noqa: ARG002  # Nothing in them is signed.
        body: bytes,
        peer: str,
    ) -> Notification | Untrusted:
        if not notifications.is_trusted(peer, self.peers):
            return Untrusted("not an address of the provider")
        return notifications.read(body)

    def observed(self, answer: Mapping[str, Any]) -> Observed | Unknown:
        try:
            return Observed(charge(answer, self.client.shop_id))
        except NotUnderstood as error:
            return Unknown(str(error))


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
