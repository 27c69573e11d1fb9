"""How a process orders a letter."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from domain.kernel.values import AccountId, LetterId, Money, Terms
from domain.mailing.commands import OrderLetter
from domain.mailing.templates import Template

NAMESPACE = UUID("0a6f7f0e-2f0d-5b43-9d6b-6c1f6b0c7d11")
CHANNEL = "email"


def order(
    template: Template,
    account_id: AccountId,
    fact: Sequence[UUID | int | date],
    now: datetime,
    variables: Mapping[str, str | int | Money] | None = None,
) -> OrderLetter:
    """``fact`` is what tells the business fact from all others of its kind.

    The letter's id is made of it, so a fact told a hundred times is one letter, and so
    is one that was decided twice.
    """
    key = ":".join(map(str, fact))
    name = f"notify:{key}:{CHANNEL}:{template}"
    return OrderLetter(
        letter_id=LetterId(uuid5(NAMESPACE, name)),
        account_id=account_id,
        template=template,
        variables=variables or {},
        now=now,
    )


def plan(subscription_id: UUID, terms: Terms) -> dict[str, str | int | Money]:
    return {
        "subscription_id": str(subscription_id),
        "plan_ru": terms.names.ru,
        "plan_en": terms.names.en,
    }
