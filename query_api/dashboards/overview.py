"""The first page: how the cinema does, and how its machinery does."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette_admin.views import CustomView
from starlette_admin.widgets import (
    BaseWidget,
    Breakpoints,
    CardRowWidget,
    ChartWidget,
    Col,
    ColumnWidget,
    StatWidget,
    TextWidget,
)

from query_api.dashboards.money import money
from query_api.dashboards.ports import Day, Figures
from query_api.dashboards.security import may
from query_api.dashboards.wording import both, said

DAYS = 30
CURRENCY = "RUB"
QUARTER = Breakpoints(default=12, sm=6, lg=3)
WHOLE = Breakpoints(default=12)


class Overview(CustomView):
    menu_label = both("Обзор", "Overview")
    icon = "fa fa-gauge-high"
    path = "/"
    route_name = "index"

    def __init__(self, figures: Figures) -> None:
        super().__init__(widget=self.build)
        self.figures = figures

    async def build(self, request: Request) -> BaseWidget:
        rows: list[BaseWidget] = []
        if may(request, "subscriptions:read"):
            days = await run_in_threadpool(self.figures.days, DAYS, CURRENCY)
            active = await run_in_threadpool(self.figures.active_subscriptions)
            has_money = may(request, "payments:read")
            rows += [numbers(active, days, has_money), movements(days)]
            if has_money:
                rows.append(CardRowWidget([Col(takings(days), WHOLE)]))
        return ColumnWidget(rows or [TextWidget(WELCOME, card=True)])


WELCOME = both(
    "Выберите раздел в меню: здесь показано то, что разрешают ваши роли.",
    "Choose from the menu: what your roles allow is shown there.",
)


def constant(value: Any) -> Callable[[Request], Awaitable[Any]]:
    async def callback(_: Request) -> Any:
        return value

    return callback


def numbers(active: int, days: Sequence[Day], has_money: bool) -> BaseWidget:
    month = f"{DAYS} {said('дней', 'days')}"
    stats = [
        StatWidget(
            both("Действующие подписки", "Active subscriptions"), constant(active)
        ),
        StatWidget(
            both("Новые", "New"),
            constant(sum(day.gained for day in days)),
            description=month,
            color="success",
        ),
        StatWidget(
            both("Ушедшие", "Lost"),
            constant(sum(day.lost for day in days)),
            description=month,
            color="danger",
        ),
    ]
    if has_money:
        total = sum(day.revenue for day in days)
        stats.append(
            StatWidget(
                both("Выручка", "Revenue"), constant(money(total)), description=month
            )
        )
    return CardRowWidget([Col(stat, QUARTER) for stat in stats])


def movements(days: Sequence[Day]) -> BaseWidget:
    series = [
        {"name": said("новые", "new"), "data": [day.gained for day in days]},
        {"name": said("ушедшие", "lost"), "data": [-day.lost for day in days]},
    ]
    chart = ChartWidget(
        both("Подписки по дням", "Subscriptions by day"),
        "bar",
        constant(series),
        options=by_day(days, colors=["#2fb344", "#d63939"])
        | {"chart": {"stacked": True, **CALM}},
    )
    return CardRowWidget([Col(chart, WHOLE)])


def takings(days: Sequence[Day]) -> BaseWidget:
    data = [day.revenue / 100 for day in days]
    return ChartWidget(
        both("Выручка по дням, ₽", "Revenue by day, ₽"),
        "area",
        constant([{"name": said("выручка", "revenue"), "data": data}]),
        options=by_day(days, colors=["#066fd1"]) | {"chart": CALM},
    )


#: Pixels, and what a chart can label in fewer.
NARROW = 576
FEW_TICKS = {"xaxis": {"tickAmount": 4}}
#: Nothing moves, nothing is offered that the page does not need.
CALM = {
    "animations": {"enabled": False},
    "toolbar": {"show": False},
    "zoom": {"enabled": False},
    "fontFamily": "inherit",
}


def by_day(days: Sequence[Day], colors: list[str]) -> dict[str, Any]:
    form = said("%d.%m", "%b %d")
    return axis([day.day.strftime(form) for day in days], colors)


def axis(categories: list[str], colors: list[str], ticks: int = 10) -> dict[str, Any]:
    return {
        "xaxis": {
            "categories": categories,
            "tickAmount": ticks,
            "labels": {"rotate": 0, "hideOverlappingLabels": True},
        },
        "responsive": [{"breakpoint": NARROW, "options": FEW_TICKS}],
        "yaxis": {"forceNiceScale": True, "decimalsInFloat": 0},
        "stroke": {"width": 2, "curve": "straight"},
        "dataLabels": {"enabled": False},
        "colors": colors,
    }
