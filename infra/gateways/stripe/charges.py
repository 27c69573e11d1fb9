"""Stripe's sessions and payment intents, read into charges."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar, cast, get_args
from uuid import UUID

from domain.kernel.values import Currency, Money
from infra.gateways.stripe.orders import CHECKOUT, ORIGIN, SEPARATOR
from infra.gateways.stripe.reasons import CANCELED, decline
from processes.ports import Charge, ChargeStatus, Method

T = TypeVar("T")

EXPIRED = ("expired_on_confirmation", "stripe")
#: Of an intent that has been confirmed, as all of ours are.
STATUSES: Mapping[str, ChargeStatus] = {
    "succeeded": "succeeded",
    "requires_capture": "waiting_for_capture",
    "canceled": "canceled",
    "processing": "pending",
    "requires_action": "pending",
    "requires_confirmation": "pending",
}


class NotUnderstood(Exception):
    """The answer is not what the API describes, or not of this account's mode."""


def understood(make: Callable[[], T]) -> T:
    """Raises ``NotUnderstood``, never anything else."""
    try:
        return make()
    except (
        AttributeError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        raise NotUnderstood(f"{type(error).__name__}: {error}") from error


def charge(document: Mapping[str, Any], live: bool) -> Charge:
    """Raises ``NotUnderstood``."""
    return understood(lambda: read(document, live))


def read(document: Mapping[str, Any], live: bool) -> Charge:
    if document["livemode"] is not live:
        raise ValueError("money of the other mode: test and live do not mix")
    of_kind = {"checkout.session": of_session, "payment_intent": of_intent}
    return of_kind[document["object"]](document)


def of_session(session: Mapping[str, Any]) -> Charge:
    intent = opened(session.get("payment_intent"))
    status, reason, party = verdict(session, intent)
    return Charge(
        ref=str(session["id"]),
        status=status,
        amount=money(session["amount_total"], session["currency"]),
        **ours(session),
        created_at=moment(session["created"]),
        confirmation_url=session.get("url") if status == "pending" else None,
        reason=reason,
        party=party,
        **taken(intent),
    )


def verdict(
    session: Mapping[str, Any], intent: Mapping[str, Any]
) -> tuple[ChargeStatus, str | None, str | None]:
    """On the page a declined payer may try again; it is over when the session is."""
    error = intent.get("last_payment_error")
    match session["status"], session.get("payment_status"):
        case "complete", "paid":
            return "succeeded", None, None
        case "expired", _:
            return "canceled", *(decline(error) if error else EXPIRED)
        case "complete", _ if error:
            return "canceled", *decline(error)
        case (("open" | "complete"), _):
            return "pending", None, None
        case unheard_of:
            raise ValueError(f"a session that is {unheard_of}")


def of_intent(intent: Mapping[str, Any]) -> Charge:
    status, reason, party = outcome(intent)
    return Charge(
        ref=str(intent["id"]),
        status=status,
        amount=money(intent["amount"], intent["currency"]),
        **ours(intent),
        created_at=moment(intent["created"]),
        reason=reason,
        party=party,
        **taken(intent),
    )


def outcome(
    intent: Mapping[str, Any],
) -> tuple[ChargeStatus, str | None, str | None]:
    """Declined, it waits for another method: for this attempt that is the end."""
    error, status = intent.get("last_payment_error"), intent["status"]
    if status == "requires_payment_method":
        return ("canceled", *decline(error)) if error else ("pending", None, None)
    if status == "canceled":
        why = str(intent.get("cancellation_reason"))
        said = decline(error) if error else (CANCELED.get(why, why), "merchant")
        return "canceled", *said
    return STATUSES[status], None, None


def taken(intent: Mapping[str, Any]) -> dict[str, Any]:
    """What is only known of money that has moved."""
    made = opened(intent.get("latest_charge"))
    is_taken = bool(made) and intent.get("status") == "succeeded"
    return {
        "captured_at": moment(made["created"]) if is_taken else None,
        "method": method(intent),
        "test": not intent.get("livemode", False),
        "income": income(made) if is_taken else None,
        "refunded": refunded(made) if is_taken else None,
    }


def refunded(made: Mapping[str, Any]) -> Money:
    return money(made.get("amount_refunded", 0), made["currency"])


def income(made: Mapping[str, Any]) -> Money | None:
    """If it is settled in the currency in which it was paid."""
    transaction = opened(made.get("balance_transaction"))
    if not transaction or transaction["currency"] != made["currency"]:
        return None
    return money(transaction["net"], transaction["currency"])


def method(intent: Mapping[str, Any]) -> Method | None:
    document = opened(intent.get("payment_method"))
    if not document:
        return None
    customer = id_of(document.get("customer") or intent.get("customer"))
    is_saved = intent.get("setup_future_usage") == "off_session" or bool(
        document.get("customer")
    )
    is_saved = is_saved and customer is not None
    kind = str(document["type"])
    card = document.get(kind) or {}
    title = f"{str(card.get('brand', kind)).title()} *{card.get('last4', '')}"
    ref = f"{customer}{SEPARATOR}{document['id']}" if is_saved else document["id"]
    return Method(ref=ref, kind=kind, title=title.strip(" *"), saved=is_saved)


def is_foreign(document: Mapping[str, Any]) -> bool:
    """Made in another way than through us: it need not be of any use to us."""
    return ours(document)["attempt_id"] is None


def is_of_session(document: Mapping[str, Any]) -> bool:
    """An intent that a session stands for."""
    is_intent = document.get("object") == "payment_intent"
    return is_intent and (document.get("metadata") or {}).get(ORIGIN) == CHECKOUT


def ours(document: Mapping[str, Any]) -> dict[str, Any]:
    metadata = document.get("metadata") or {}
    return {name: our_id(metadata.get(name)) for name in ("payment_id", "attempt_id")}


def opened(part: object) -> Mapping[str, Any]:
    """What was not expanded is only an id, and tells nothing."""
    return part if isinstance(part, Mapping) else {}


def id_of(part: object) -> str | None:
    found = part.get("id") if isinstance(part, Mapping) else part
    return found if isinstance(found, str) else None


def money(minor: int, currency: str) -> Money:
    """Stripe counts in minor units, as we do."""
    if type(minor) is not int:
        raise TypeError(f"{minor!r} is not a number of minor units")
    code = currency.upper()
    if code not in get_args(Currency):
        raise ValueError(f"{code} is none of {get_args(Currency)}")
    return Money(minor, cast("Currency", code))


def our_id(text: object) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
