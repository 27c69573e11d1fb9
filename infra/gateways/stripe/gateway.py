"""The ``Gateway`` port, over one account at Stripe."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from pydantic import SecretStr

from domain.kernel.values import Currency
from infra.gateways.stripe import notifications, orders
from infra.gateways.stripe.answers import absent, declined, refused, unknown
from infra.gateways.stripe.charges import (
    NotUnderstood,
    charge,
    id_of,
    is_foreign,
    is_of_session,
)
from infra.gateways.stripe.client import AccountClient, Document
from infra.gateways.stripe.orders import INTENT, INTENTS, REFUNDS, SESSIONS
from infra.gateways.stripe.refunds import repayment
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

LARGEST_PAGE = 100
REF = re.compile(r"(cs|pi|re|pyr)_\w{1,250}", re.ASCII)
IN_INTENT = ("payment_method", "latest_charge.balance_transaction")
IN_SESSION = tuple(f"{INTENT}.{part}" for part in IN_INTENT)
#: One list after the other: what payers were sent to, then what needed nobody.
LISTS: Mapping[str, tuple[str, Sequence[str]]] = MappingProxyType(
    {"sessions": (SESSIONS, IN_SESSION), "intents": (INTENTS, IN_INTENT)}
)


class Stripe:
    """Safe to use from many threads."""

    def __init__(
        self,
        client: AccountClient,
        webhook_secrets: Sequence[SecretStr] = (),
        currencies: Collection[Currency] = ("USD", "EUR"),
    ) -> None:
        self.client = client
        self.webhook_secrets = webhook_secrets
        self.currencies = frozenset(currencies)

    @property
    def code(self) -> str:
        return "stripe"

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            currencies=self.currencies,
            recurring=True,
            refunds=True,
            partial_refunds=True,
            receipts=False,
            lowest={"USD": 50, "EUR": 50},
            highest=dict.fromkeys(self.currencies, 99999999),
        )

    def prepare(self, order: ChargeOrder) -> str:
        return orders.charge(order).text

    def create(self, request: str, key: UUID) -> Outcome:
        written = orders.read(request)
        try:
            answer = self.client.post(
                written.path, written.form, str(key), written.version
            )
        except Exception as error:
            made = declined(error)
            return self.observed(made) if made else refused(error)
        return self.observed(answer)

    def get(self, ref: str) -> Observed | Absent | Unknown:
        if not REF.fullmatch(ref):
            return Absent()
        try:
            return self.observed(self.found(ref))
        except Exception as error:
            return absent(error)

    def found(self, ref: str) -> Document:
        """A session stands for its intent, whichever of the two was named."""
        if ref.startswith("cs_"):
            return self.client.get(f"{SESSIONS}/{ref}", expand=list(IN_SESSION))
        intent = self.client.get(f"{INTENTS}/{ref}", expand=list(IN_INTENT))
        if not is_of_session(intent):
            return intent
        sessions = self.client.get(SESSIONS, payment_intent=ref, limit=1)["data"]
        return self.found(sessions[0]["id"]) if sessions else intent

    def find(
        self, since: datetime, until: datetime, cursor: str | None = None
    ) -> Page | Unknown:
        name, _, after = (cursor or "sessions:").partition(":")
        path, expanded = LISTS[name]
        query = {
            # Whole seconds: the first and the last are looked at whole.
            "created": {
                "gte": int(since.timestamp()),
                "lte": int((until + timedelta(seconds=1)).timestamp()),
            },
            "limit": LARGEST_PAGE,
            "expand": [f"data.{part}" for part in expanded],
        } | ({"starting_after": after} if after else {})
        try:
            answer = self.client.get(path, **query)
            items = [item for item in answer["data"] if not is_of_session(item)]
            charges = [found for item in items for found in self.listed(item)]
            return Page(charges, next_cursor(name, answer))
        except NotUnderstood as error:
            return Unknown(str(error))
        except Exception as error:
            return unknown(error)

    def listed(self, item: Document) -> Sequence[Charge]:
        """What somebody else has made there must not hide what is ours."""
        try:
            return (charge(item, self.client.is_live),)
        except NotUnderstood:
            if is_foreign(item):
                return ()
            raise

    def prepare_refund(self, order: RefundOrder) -> str:
        return orders.refund(order).text

    def create_refund(self, request: str, key: UUID) -> RefundOutcome:
        written = orders.read(request)
        try:
            intent = self.intent_of(written.form[INTENT])
        except Exception as error:
            return unknown(error)
        form = {**written.form, INTENT: intent}
        try:
            answer = self.client.post(written.path, form, str(key), written.version)
        except Exception as error:
            return refused(error)
        return repaid(answer)

    def get_refund(self, ref: str) -> Repaid | Absent | Unknown:
        if not REF.fullmatch(ref):
            return Absent()
        try:
            return repaid(self.client.get(f"{REFUNDS}/{ref}"))
        except Exception as error:
            return absent(error)

    def find_refunds(
        self, charge_ref: str, cursor: str | None = None
    ) -> RefundPage | Unknown:
        try:
            query = {INTENT: self.intent_of(charge_ref), "limit": LARGEST_PAGE}
            more = {"starting_after": cursor} if cursor else {}
            answer = self.client.get(REFUNDS, **query, **more)
            items = [repayment(item) for item in answer["data"]]
            last = items[-1].ref if answer["has_more"] else None
            return RefundPage(items, last)
        except NotUnderstood as error:
            return Unknown(str(error))
        except Exception as error:
            return unknown(error)

    def intent_of(self, ref: str) -> str:
        """Raises ``StripeError``, and ``LookupError`` if nothing was paid there."""
        if not ref.startswith("cs_"):
            return ref
        intent = id_of(self.client.get(f"{SESSIONS}/{ref}").get(INTENT))
        if intent is None:
            raise LookupError(ref)
        return intent

    def parse_notification(
        self,
        headers: Mapping[str, str],
        body: bytes,
        peer: str,  # noqa: ARG002  # The signature says who sent it.
    ) -> Notification | Untrusted:
        return notifications.read(headers, body, self.webhook_secrets)

    def observed(self, answer: Document) -> Observed | Unknown:
        try:
            return Observed(charge(answer, self.client.is_live))
        except NotUnderstood as error:
            return Unknown(str(error))


def repaid(answer: Document) -> Repaid | Unknown:
    try:
        return Repaid(repayment(answer))
    except NotUnderstood as error:
        return Unknown(str(error))


def next_cursor(name: str, answer: Document) -> str | None:
    if answer["has_more"]:
        return f"{name}:{answer['data'][-1]['id']}"
    return "intents:" if name == "sessions" else None
