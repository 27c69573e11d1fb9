"""Money that goes back, and what of it a person has to see to."""

from starlette_admin.fields import (
    DateTimeField,
    EnumField,
    StringField,
    UUIDField,
)

from query_api.dashboards.billing import OfSubscribers
from query_api.dashboards.money import amount_of
from query_api.dashboards.people import email_field
from query_api.dashboards.wording import both

STATUSES = (
    ("requested", both("запрошен", "requested")),
    ("submitted", both("отправлен", "submitted")),
    ("checking", both("выясняется", "checking")),
    ("pending", both("ждёт банка", "pending")),
    ("succeeded", both("прошёл", "succeeded")),
    ("canceled", both("не прошёл", "canceled")),
)
CAUSES = (
    ("staff", both("решение сотрудника", "decided by staff")),
    ("cancellation", both("отмена подписки", "cancellation")),
    ("unexpected", both("нежданные деньги", "unexpected money")),
)


class Refunds(OfSubscribers):
    key = "refunds"
    category = "refund"
    menu_label = both("Возвраты", "Refunds")
    display_name = both("возврат", "refund")
    icon = "fa fa-rotate-left"
    permission = "payments:read"
    pk_attr = "refund_id"
    called = "refund_id"
    fields = (
        email_field(),
        StringField(
            "amount",
            label=both("Сумма", "Amount"),
            getter=amount_of("amount"),
            filters=[],
        ),
        EnumField("status", label=both("Состояние", "Status"), choices=STATUSES),
        StringField("attention", label=both("Требует внимания", "Needs attention")),
        EnumField("cause", label=both("Откуда", "Cause"), choices=CAUSES),
        StringField("reason", label=both("Почему", "Reason")),
        StringField("gateway", label=both("Шлюз", "Gateway")),
        DateTimeField("requested_at", label=both("Запрошен", "Requested")),
        DateTimeField("settled_at", label=both("Закрыт", "Settled")),
        StringField(
            "cancel_reason",
            label=both("Почему не прошёл", "Why it was canceled"),
            exclude_from_list=True,
        ),
        StringField(
            "ref", label=both("Номер у шлюза", "Reference"), exclude_from_list=True
        ),
        UUIDField(
            "retried_by",
            label=both("Вместо него", "Retried by"),
            exclude_from_list=True,
        ),
        UUIDField("payment_id", label=both("Платёж", "Payment")),
        UUIDField("refund_id", label="ID", exclude_from_list=True),
        UUIDField(
            "account_id",
            label=both("Учётная запись", "Account"),
            exclude_from_list=True,
        ),
    )
    searched = ("refund_id", "payment_id", "account_id", "ref", "reason")
    computed = ("email", "amount")
    #: What needs somebody comes first: what is empty comes last.
    fields_default_sort = (("attention", False), ("requested_at", True))
