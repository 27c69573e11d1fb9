"""What differs, or did, between the gateways' lists and the books."""

from starlette_admin.fields import DateField, DateTimeField, EnumField, StringField

from query_api.dashboards.money import amount_of
from query_api.dashboards.ports import Dashboards
from query_api.dashboards.tables import TableModel
from query_api.dashboards.wording import both

KINDS = (
    ("not-known-as-taken", both("не знали об оплате", "not known as taken")),
    ("not-taken-there", both("у шлюза не оплачен", "not taken there")),
    ("not-there", both("у шлюза нет", "not there")),
    ("amount", both("сумма", "amount")),
    ("fee", both("комиссия", "fee")),
    ("refunded", both("возвращено", "refunded")),
    ("none-of-our-ids", both("не наш", "none of our ids")),
    ("unknown-payment", both("неизвестный платёж", "unknown payment")),
)
STATUSES = (
    ("open", both("открыто", "open")),
    ("settled", both("улажено", "settled")),
)


class Differences(TableModel):
    key = "gateway_differences"
    menu_label = both("Сверка", "Reconciliation")
    display_name = both("расхождение", "difference")
    icon = "fa fa-scale-balanced"
    permission = "payments:read"
    called = "ref"
    fields = (
        DateField("day", label=both("День", "Day")),
        StringField("gateway", label=both("Шлюз", "Gateway")),
        EnumField("kind", label=both("Что", "What"), choices=KINDS),
        EnumField("status", label=both("Состояние", "Status"), choices=STATUSES),
        StringField(
            "ours", label=both("У нас", "Ours"), getter=amount_of("ours"), filters=[]
        ),
        StringField(
            "theirs",
            label=both("У шлюза", "Theirs"),
            getter=amount_of("theirs"),
            filters=[],
        ),
        StringField("gateway_status", label=both("Состояние у шлюза", "Their status")),
        StringField("ref", label=both("Номер у шлюза", "Reference")),
        StringField("payment_id", label=both("Платёж", "Payment")),
        DateTimeField("found_at", label=both("Найдено", "Found")),
        DateTimeField("settled_at", label=both("Улажено", "Settled")),
        StringField("id", label="ID", exclude_from_list=True),
    )
    searched = ("ref", "payment_id", "gateway")
    computed = ("ours", "theirs")
    fields_default_sort = (("status", False), ("found_at", True))

    def __init__(self, given: Dashboards) -> None:
        super().__init__(given.tables[self.key])
