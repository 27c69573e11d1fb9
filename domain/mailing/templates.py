"""The letters there are, and what each of them must be told."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from domain.kernel.values import Money

#: An instant is a string as in RFC 3339: JSON cannot tell it from one.
Variables: TypeAlias = Mapping[str, str | int | Money]

Template: TypeAlias = Literal[
    "verify-email",
    "registration-repeated",
    "welcome",
    "token-reuse",
    "password-reset",
    "password-changed",
    "identity-linked",
    "payment-succeeded",
    "payment-declined",
    "refund-succeeded",
    "subscription-active",
    "renewal-coming",
    "subscription-renewed",
    "subscription-past-due",
    "subscription-suspended",
    "subscription-canceled",
    "subscription-ended",
    "plan-changed",
    "plan-change-declined",
    "price-change-coming",
    "trial-started",
    "trial-moved",
    "trial-ending",
    "subscription-paused",
    "subscription-resumed",
    "subscription-blocked",
    "subscription-unblocked",
    "subscription-extended",
    "premiere",
]

PLAN = ("subscription_id", "plan_ru", "plan_en")

#: Nobody's name, address or link: those are found at the moment of sending.
VARIABLES: Mapping[Template, frozenset[str]] = {
    "verify-email": frozenset(),
    "registration-repeated": frozenset(),
    "welcome": frozenset(),
    "token-reuse": frozenset({"detected_at"}),
    "password-reset": frozenset(),
    "password-changed": frozenset({"changed_at"}),
    "identity-linked": frozenset({"provider"}),
    "payment-succeeded": frozenset({"payment_id", "amount", "paid_at"}),
    "payment-declined": frozenset({"subscription_id", "amount", "reason"}),
    "refund-succeeded": frozenset({"payment_id", "amount", "refunded_at"}),
    "subscription-active": frozenset({*PLAN, "until"}),
    "renewal-coming": frozenset({*PLAN, "amount", "renews_at", "method"}),
    "subscription-renewed": frozenset({*PLAN, "amount", "until"}),
    "subscription-past-due": frozenset({*PLAN, "amount", "reason", "grace_until"}),
    "subscription-suspended": frozenset({*PLAN, "amount"}),
    "subscription-canceled": frozenset({*PLAN, "access_until"}),
    "subscription-ended": frozenset({*PLAN, "ended_at", "reason"}),
    "plan-changed": frozenset({*PLAN, "amount", "renews_at"}),
    "plan-change-declined": frozenset({*PLAN, "amount"}),
    "price-change-coming": frozenset({*PLAN, "amount", "amount_before", "change_at"}),
    "trial-started": frozenset({*PLAN, "until", "amount"}),
    "trial-moved": frozenset({*PLAN, "until"}),
    "trial-ending": frozenset({*PLAN, "until", "amount", "method"}),
    "subscription-paused": frozenset({*PLAN, "paused_at", "resume_at"}),
    "subscription-resumed": frozenset({*PLAN, "until"}),
    "subscription-blocked": frozenset({*PLAN, "blocked_at"}),
    "subscription-unblocked": frozenset({*PLAN, "unblocked_at"}),
    "subscription-extended": frozenset({*PLAN, "days", "until"}),
    "premiere": frozenset({"film_id", "film_ru", "film_en", "premiered_at"}),
}
