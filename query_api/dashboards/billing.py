"""Subscriptions and payments, each with all that happened to it."""

from collections.abc import Mapping
from typing import Any

from starlette_admin.fields import (
    BooleanField,
    DateTimeField,
    EnumField,
    IntegerField,
    StringField,
    UUIDField,
)

from query_api.dashboards.history import WithHistory
from query_api.dashboards.money import amount_of, money, name_of
from query_api.dashboards.paying_back import PayingBack
from query_api.dashboards.people import OfAccounts, email_field
from query_api.dashboards.ports import Dashboards
from query_api.dashboards.standing import Managing
from query_api.dashboards.wording import both

SUBSCRIBED = (
    ("incomplete", both("ждёт оплаты", "incomplete")),
    ("trialing", both("пробная", "trialing")),
    ("active", both("действует", "active")),
    ("past_due", both("просрочена", "past due")),
    ("suspended", both("приостановлена", "suspended")),
    ("paused", both("на паузе", "paused")),
    ("canceled", both("отменена", "canceled")),
    ("expired", both("истекла", "expired")),
    ("incomplete_expired", both("не оплачена", "never paid")),
)
PAID = (
    ("open", both("открыт", "open")),
    ("pending", both("ожидает", "pending")),
    ("succeeded", both("прошёл", "succeeded")),
    ("canceled", both("отменён", "canceled")),
    ("refunded", both("возвращён", "refunded")),
    ("partially_refunded", both("возвращён частично", "partially refunded")),
    ("disputed", both("оспорен", "disputed")),
)
PURPOSES = (
    ("first", both("первый", "first")),
    ("renewal", both("продление", "renewal")),
    ("trial", both("первый, заранее", "first, ahead")),
    ("plan_change", both("смена тарифа", "plan change")),
)


class OfSubscribers(OfAccounts, WithHistory):
    def __init__(self, given: Dashboards) -> None:
        super().__init__(given.tables[str(self.key)])
        self.directory = given.directory
        self.history = given.history


def coming(terms: Mapping[str, Any] | None) -> str | None:
    """Another plan, or another price of the same."""
    if terms is None:
        return None
    return f"{name_of(terms['names'])}, {money(**terms['price'])}"


class Subscriptions(OfAccounts, Managing):
    key = "subscriptions"
    category = "subscription"
    menu_label = both("Подписки", "Subscriptions")
    display_name = both("подписка", "subscription")
    icon = "fa fa-repeat"
    permission = "subscriptions:read"
    pk_attr = "subscription_id"
    called = "subscription_id"
    fields = (
        email_field(),
        StringField(
            "plan",
            label=both("Тариф", "Plan"),
            getter=lambda _, row: name_of(row.terms["names"]),
            filters=[],
        ),
        StringField(
            "price",
            label=both("Цена", "Price"),
            getter=lambda _, row: money(**row.terms["price"]),
            filters=[],
        ),
        EnumField(
            "status",
            label=both("Состояние", "Status"),
            choices=SUBSCRIBED,
        ),
        BooleanField("auto_renew", label=both("Автопродление", "Auto-renewal")),
        DateTimeField("period_end", label=both("Период до", "Period ends")),
        DateTimeField("access_until", label=both("Доступ до", "Access until")),
        DateTimeField("started_at", label=both("Оформлена", "Started")),
        DateTimeField(
            "trial_end",
            label=both("Пробный период до", "Trial ends"),
            exclude_from_list=True,
        ),
        DateTimeField(
            "blocked_at",
            label=both("Заблокирована", "Blocked"),
            exclude_from_list=True,
        ),
        DateTimeField(
            "pause_at",
            label=both("Пауза назначена на", "Pauses at"),
            exclude_from_list=True,
        ),
        DateTimeField(
            "resume_at",
            label=both("Продолжится", "Resumes at"),
            exclude_from_list=True,
        ),
        DateTimeField(
            "cancel_at",
            label=both("Отмена назначена на", "Cancels at"),
            exclude_from_list=True,
        ),
        StringField(
            "coming",
            label=both("Дальше", "Then"),
            getter=lambda _, row: coming(row.next_terms),
            filters=[],
            exclude_from_list=True,
        ),
        DateTimeField(
            "next_terms_at",
            label=both("С какого дня", "From"),
            exclude_from_list=True,
        ),
        DateTimeField(
            "ended_at",
            label=both("Закончилась", "Ended"),
            exclude_from_list=True,
        ),
        StringField(
            "decline_reason",
            label=both("Почему не оплачена", "Decline reason"),
            exclude_from_list=True,
        ),
        UUIDField("subscription_id", label="ID", exclude_from_list=True),
        UUIDField("account_id", label=both("Учётная запись", "Account")),
    )
    searched = ("subscription_id", "account_id")
    computed = ("email", "plan", "price", "coming")
    fields_default_sort = (("started_at", True),)


class Payments(OfAccounts, PayingBack):
    key = "payments"
    category = "payment"
    menu_label = both("Платежи", "Payments")
    display_name = both("платёж", "payment")
    icon = "fa fa-credit-card"
    permission = "payments:read"
    pk_attr = "payment_id"
    called = "payment_id"
    fields = (
        email_field(),
        StringField(
            "amount",
            label=both("Сумма", "Amount"),
            getter=amount_of("amount"),
            filters=[],
        ),
        EnumField("status", label=both("Состояние", "Status"), choices=PAID),
        EnumField("purpose", label=both("За что", "For"), choices=PURPOSES),
        StringField("gateway", label=both("Шлюз", "Gateway")),
        StringField("paid_with", label=both("Чем", "Paid with")),
        StringField(
            "refunded",
            label=both("Возвращено", "Refunded"),
            getter=amount_of("refunded"),
            filters=[],
        ),
        IntegerField("attempts", label=both("Попыток", "Attempts")),
        DateTimeField("opened_at", label=both("Открыт", "Opened")),
        DateTimeField("settled_at", label=both("Закрыт", "Settled")),
        StringField(
            "decline_reason",
            label=both("Почему отклонён", "Decline reason"),
            exclude_from_list=True,
        ),
        StringField(
            "attention",
            label=both("Требует внимания", "Needs attention"),
        ),
        StringField(
            "ref", label=both("Номер у шлюза", "Reference"), exclude_from_list=True
        ),
        UUIDField("payment_id", label="ID", exclude_from_list=True),
        UUIDField(
            "subscription_id",
            label=both("Подписка", "Subscription"),
            exclude_from_list=True,
        ),
        UUIDField(
            "account_id",
            label=both("Учётная запись", "Account"),
            exclude_from_list=True,
        ),
    )
    searched = (
        "payment_id",
        "subscription_id",
        "account_id",
        "ref",
        "paid_with",
        "decline_reason",
    )
    computed = ("email", "amount", "refunded")
    fields_default_sort = (("opened_at", True),)
