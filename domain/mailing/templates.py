"""The letters there are, and what each of them must be told."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from domain.kernel.values import Money

#: An instant is a string as in RFC 3339: JSON cannot tell it from one.
Variables: TypeAlias = Mapping[str, str | int | Money]

Template: TypeAlias = Literal[
    "verify-email",
    "payment-succeeded",
    "payment-declined",
    "subscription-active",
    "subscription-renewed",
    "renewal-coming",
    "subscription-past-due",
    "subscription-suspended",
    "subscription-canceled",
    "subscription-ended",
]

#: Nobody's name, address or link: those are found at the moment of sending.
VARIABLES: Mapping[Template, frozenset[str]] = {
    "verify-email": frozenset(),
    "payment-succeeded": frozenset({"payment_id", "amount", "paid_at"}),
    "payment-declined": frozenset({"subscription_id", "amount", "reason"}),
    "subscription-active": frozenset({"subscription_id", "until"}),
    "subscription-renewed": frozenset({"subscription_id", "amount", "until"}),
    "renewal-coming": frozenset({"subscription_id", "amount", "renews_at"}),
    "subscription-past-due": frozenset({"subscription_id", "amount", "grace_until"}),
    "subscription-suspended": frozenset({"subscription_id", "amount"}),
    "subscription-canceled": frozenset({"subscription_id", "access_until"}),
    "subscription-ended": frozenset({"subscription_id", "ended_at"}),
}
