"""Promo codes: what each takes off, for whom, and how often it has been used."""

from collections.abc import Sequence

from starlette_admin.fields import (
    DateTimeField,
    IntegerField,
    StringField,
    UUIDField,
)
from typing_extensions import override

from query_api.dashboards.history import WithHistory
from query_api.dashboards.money import money
from query_api.dashboards.ports import Dashboards, Row
from query_api.dashboards.wording import both, said


class PromoCodes(WithHistory):
    key = "promo_codes"
    category = "promo_code"
    menu_label = both("Промокоды", "Promo codes")
    display_name = both("промокод", "promo code")
    icon = "fa fa-tags"
    permission = "plans:edit"
    pk_attr = "promo_code_id"
    called = "code"
    fields = (
        StringField("code", label=both("Код", "Code")),
        StringField("off", label=both("Скидка", "Discount"), filters=[]),
        StringField("lasts", label=both("На периодов", "Periods"), filters=[]),
        IntegerField("reserved", label=both("Ждут оплаты", "Awaiting payment")),
        IntegerField("redeemed", label=both("Использован", "Redeemed")),
        IntegerField("most_uses", label=both("Всего можно", "Limit")),
        IntegerField(
            "most_uses_per_person",
            label=both("Одному человеку", "Limit per person"),
            exclude_from_list=True,
        ),
        DateTimeField("valid_from", label=both("С", "Valid from")),
        DateTimeField("valid_until", label=both("По", "Valid until")),
        DateTimeField("added_at", label=both("Добавлен", "Added")),
        DateTimeField("archived_at", label=both("В архиве с", "Archived")),
        UUIDField("promo_code_id", label="ID", exclude_from_list=True),
    )
    searched = ("code", "promo_code_id")
    computed = ("off", "lasts")
    fields_default_sort = (("added_at", True),)

    def __init__(self, given: Dashboards) -> None:
        super().__init__(given.tables["promo_codes"])
        self.history = given.history
        self.directory = given.directory

    @override
    async def completed(self, rows: Sequence[Row]) -> Sequence[Row]:
        return [shown(row) for row in rows]


def shown(row: Row) -> Row:
    amount, periods = row["amount"], row["periods"]
    return {
        **row,
        "off": money(**amount) if amount else f"{row['percent']}%",
        "lasts": said("навсегда", "for ever") if periods is None else str(periods),
    }
