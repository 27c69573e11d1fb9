"""Plans, and which films are only for whoever has one of them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette_admin.actions import link_row_action
from starlette_admin.fields import (
    BooleanField,
    DateTimeField,
    IntegerField,
    StringField,
    UUIDField,
)
from typing_extensions import override

from query_api.dashboards.archiving import IN_USE
from query_api.dashboards.history import WithHistory
from query_api.dashboards.money import money, name_of
from query_api.dashboards.ports import Compare, Dashboards, Every, Row
from query_api.dashboards.wording import both

UNITS = {
    "day": both("дн.", "days"),
    "week": both("нед.", "weeks"),
    "month": both("мес.", "months"),
    "year": both("г.", "years"),
}


class Plans(WithHistory):
    key = "plans"
    category = "plan"
    menu_label = both("Тарифы", "Plans")
    display_name = both("тариф", "plan")
    icon = "fa fa-ticket"
    pk_attr = "plan_id"
    called = "name"
    row_actions = ("view", "its_films")
    fields = (
        StringField("name", label=both("Тариф", "Plan"), filters=[]),
        StringField("amount", label=both("Цена", "Price"), filters=[]),
        StringField("every", label=both("Период", "Period"), filters=[]),
        IntegerField("trial_days", label=both("Пробных дней", "Trial days")),
        BooleanField("on_sale", label=both("Продаётся", "On sale")),
        IntegerField(
            "films",
            label=both("Фильмов только с ним", "Films only with it"),
            filters=[],
        ),
        DateTimeField("added_at", label=both("Добавлен", "Added")),
        UUIDField("plan_id", label="ID", exclude_from_list=True),
    )
    searched = ("names", "plan_id")
    computed = ("name", "amount", "every", "films")
    fields_default_sort = (("on_sale", True), ("added_at", True))

    def __init__(self, given: Dashboards) -> None:
        super().__init__(given.tables["plans"])
        self.films = given.tables["films"]
        self.history = given.history
        self.directory = given.directory

    @override
    async def completed(self, rows: Sequence[Row]) -> Sequence[Row]:
        return await run_in_threadpool(lambda: [self.told_of(row) for row in rows])

    def told_of(self, row: Row) -> Row:
        named = Compare("plans", "has", [str(row["plan_id"])])
        interval = row["interval"]
        return {
            **row,
            "name": name_of(row["names"]),
            "amount": money(**row["price"]),
            "every": f"{interval['count']} {UNITS[interval['unit']]}",
            "films": self.films.count(Every((IN_USE, named))),
        }

    @link_row_action(
        name="its_films",
        text=both("Фильмы только с этим тарифом", "Films only with this plan"),
        icon_class="fa fa-film",
        action_btn_class="btn",
    )
    def its_films(self, request: Request, pk: Any) -> str:
        films = request.url_for("admin:list", key="films")
        return str(films.include_query_params(filter=f"plans__in={quote(str(pk))}"))
