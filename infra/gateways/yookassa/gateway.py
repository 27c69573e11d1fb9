"""The ``Gateway`` port, over one shop at YooKassa."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from yookassa.domain.common import HttpVerb

from infra.gateways.yookassa import notifications, orders, refunds
from infra.gateways.yookassa.answers import (
    absent,
    is_saving_forbidden,
    refused,
    unknown,
)
from infra.gateways.yookassa.charges import NotUnderstood, charge, is_foreign
from infra.gateways.yookassa.client import ShopClient
from processes.ports import (
    Absent,
    Capabilities,
    Charge,
    ChargeOrder,
    Notification,
    Observed,
    Outcome,
    Page,
    RefundOrder,
    RefundOutcome,
    RefundPage,
    Repaid,
    Unknown,
    Untrusted,
)

logger = logging.getLogger(__name__)

PAYMENTS, REFUNDS = "/payments", "/refunds"
LARGEST_PAGE = 100
#: Of card payments.
CAPABILITIES = Capabilities(
    currencies=frozenset({"RUB"}),
    recurring=True,
    refunds=True,
    partial_refunds=True,
    receipts=True,
    lowest={"RUB": 1_00},
    highest={"RUB": 350_000_00},
)


class YooKassa:
    """Safe to use from many threads: each call has a connection to itself."""

    def __init__(
        self, client: ShopClient, peers: Sequence[str] = notifications.PEERS
    ) -> None:
        self.client = client
        self.peers = notifications.networks(peers)
        #: Until the shop turns out not to be allowed to.
        self.may_save = True

    @property
    def code(self) -> str:
        return "yookassa"

    @property
    def capabilities(self) -> Capabilities:
        return replace(CAPABILITIES, recurring=self.may_save)

    def prepare(self, order: ChargeOrder) -> str:
        is_saving = order.save_method and self.may_save
        return orders.written(replace(order, save_method=is_saving))

    def create(self, request: str, key: UUID) -> Outcome:
        """A shop that may not save methods takes the money all the same.

        Then nothing was made at first. Without saving it is another request, with a key
        of its own; asked again, both follow one another as before.
        """
        outcome = self.sent(request, key)
        if not is_saving_forbidden(outcome):
            return outcome
        logger.error("This shop may not save payment methods: nothing will be renewed.")
        self.may_save = False
        return self.sent(orders.without_saving(request), uuid5(key, "without saving"))

    def sent(self, request: str, key: UUID) -> Outcome:
        try:
            answer = self.post(PAYMENTS, request, key)
        except Exception as error:
            return refused(error)
        return self.observed(answer)

    def get(self, ref: str) -> Observed | Absent | Unknown:
        if not is_id(ref):
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
            charges = [found for item in answer["items"] for found in self.listed(item)]
            return Page(charges, answer.get("next_cursor"))
        except NotUnderstood as error:
            return Unknown(str(error))
        except Exception as error:
            return unknown(error)

    def listed(self, item: Mapping[str, Any]) -> Sequence[Charge]:
        """What the shop has sold in another way must not hide what is ours."""
        try:
            return (self.read(item),)
        except NotUnderstood:
            if is_foreign(item):
                return ()
            raise

    def prepare_refund(self, order: RefundOrder) -> str:
        return refunds.written(order)

    def create_refund(self, request: str, key: UUID) -> RefundOutcome:
        try:
            answer = self.post(REFUNDS, request, key)
        except Exception as error:
            return refused(error)
        return repaid(answer)

    def get_refund(self, ref: str) -> Repaid | Absent | Unknown:
        if not is_id(ref):
            return Absent()
        try:
            answer = self.client.request(HttpVerb.GET, f"{REFUNDS}/{ref}")
        except Exception as error:
            return absent(error)
        return repaid(answer)

    def find_refunds(
        self, charge_ref: str, cursor: str | None = None
    ) -> RefundPage | Unknown:
        query = {"payment_id": charge_ref, "limit": LARGEST_PAGE} | (
            {"cursor": cursor} if cursor else {}
        )
        try:
            answer = self.client.request(HttpVerb.GET, REFUNDS, query)
            found = [refunds.repayment(item) for item in answer["items"]]
            return RefundPage(found, answer.get("next_cursor"))
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

    def post(self, path: str, request: str, key: UUID) -> Any:
        headers, body = {"Idempotence-Key": str(key)}, json.loads(request)
        return self.client.request(HttpVerb.POST, path, None, headers, body)

    def observed(self, answer: Mapping[str, Any]) -> Observed | Unknown:
        try:
            return Observed(self.read(answer))
        except NotUnderstood as error:
            return Unknown(str(error))

    def read(self, answer: Mapping[str, Any]) -> Charge:
        return charge(answer, self.client.shop_id, self.client.is_test)


def repaid(answer: Mapping[str, Any]) -> Repaid | Unknown:
    try:
        return Repaid(refunds.repayment(answer))
    except NotUnderstood as error:
        return Unknown(str(error))


def is_id(ref: str) -> bool:
    """What is none cannot be put into a path."""
    return ref.replace("-", "").isalnum()


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
