"""How the machinery does: who lags behind, how fast each reads, what waits for help."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette_admin.i18n import get_tzinfo
from starlette_admin.views import CustomView
from starlette_admin.widgets import (
    BaseWidget,
    CardRowWidget,
    ChartWidget,
    Col,
    ColumnWidget,
    StatWidget,
    TableWidget,
)
from typing_extensions import override

from projections.finance import FinanceView
from projections.projection import Standing
from query_api.dashboards.gateways import table
from query_api.dashboards.overview import CALM, QUARTER, WHOLE, axis, constant
from query_api.dashboards.pace import Pace
from query_api.dashboards.ports import Figures, Follower
from query_api.dashboards.security import may
from query_api.dashboards.wording import both, said

MINUTES = 60


class Monitoring(CustomView):
    menu_label = both("Мониторинг", "Monitoring")
    icon = "fa fa-heart-pulse"
    path = "/monitoring"
    route_name = "monitoring"

    def __init__(self, figures: Figures, finance: FinanceView) -> None:
        super().__init__(widget=self.build)
        self.figures = figures
        self.finance = finance
        self.pace = Pace()

    @override
    def is_accessible(self, request: Request) -> bool:
        return may(request, "operations:read")

    async def build(self, _: Request) -> BaseWidget:
        minutes = await run_in_threadpool(self.figures.events_per_minute, MINUTES)
        standings = await run_in_threadpool(self.figures.standings)
        followers = await run_in_threadpool(self.figures.followers)
        gateways = await run_in_threadpool(self.figures.gateways)
        differences = await run_in_threadpool(self.finance.open_differences)
        everybody: list[Standing | Follower] = [*standings, *followers]
        paces = self.pace.of({each.name: each.position for each in everybody})
        return ColumnWidget(
            [
                summary(standings, followers, differences),
                CardRowWidget([Col(traffic(minutes), WHOLE)]),
                CardRowWidget([Col(read_models(standings, paces), WHOLE)]),
                CardRowWidget([Col(processes(followers, paces), WHOLE)]),
                CardRowWidget([Col(table(gateways), WHOLE)]),
            ]
        )


def summary(
    standings: Sequence[Standing], followers: Sequence[Follower], differences: int
) -> CardRowWidget:
    everybody: list[Standing | Follower] = [*standings, *followers]
    lag = max((each.lag for each in everybody), default=0)
    parked = sum(each.parked for each in everybody)
    failures = sum(each.failures for each in standings)
    paused = sum(each.state == "paused" for each in standings)
    numbers = (
        (both("Наибольшее отставание", "Greatest lag"), lag, False),
        (both("Отложено", "Parked"), parked, True),
        (both("Сбои проекций", "Failures of read models"), failures, True),
        (both("Остановлено", "Paused"), paused, True),
        (
            both("Расхождения со шлюзами", "Differences with gateways"),
            differences,
            True,
        ),
    )
    return CardRowWidget(
        [
            Col(StatWidget(label, constant(number), color=color(number, bad)), QUARTER)
            for label, number, bad in numbers
        ]
    )


def color(number: int, is_bad: bool) -> Any:
    return "danger" if is_bad and number else "success"


def traffic(minutes: Sequence[tuple[Any, int]]) -> BaseWidget:
    zone = get_tzinfo()
    times = [moment.astimezone(zone).strftime("%H:%M") for moment, _ in minutes]
    counts = [count for _, count in minutes]
    return ChartWidget(
        both("События в минуту", "Events per minute"),
        "area",
        constant([{"name": said("события", "events"), "data": counts}]),
        options=axis(times, ["#ae3ec9"]) | {"chart": CALM},
    )


def read_models(standings: Sequence[Standing], paces: Mapping[str, int]) -> TableWidget:
    """``paces`` are in events a second."""
    states = {
        "level": said("вровень", "level"),
        "behind": said("отстаёт", "behind"),
        "paused": said("остановлена", "paused"),
    }
    rows = [
        [
            each.name,
            states[each.state],
            each.lag,
            paces.get(each.name, 0),
            each.parked,
            each.failures,
            each.failure or "—",
            each.rows,
        ]
        for each in sorted(standings, key=worst)
    ]
    columns = [
        said("Проекция", "Read model"),
        said("Состояние", "State"),
        said("Отставание", "Lag"),
        said("Событий/с", "Events/s"),
        said("Отложено", "Parked"),
        said("Сбои", "Failures"),
        said("Последний сбой", "Last failure"),
        said("Строк", "Rows"),
    ]
    return TableWidget(both("Проекции", "Read models"), columns, constant(rows))


def processes(followers: Sequence[Follower], paces: Mapping[str, int]) -> TableWidget:
    rows = [
        [
            each.name,
            each.lag,
            paces.get(each.name, 0),
            each.parked,
            each.reason or "—",
        ]
        for each in sorted(followers, key=worst)
    ]
    columns = [
        said("Процесс", "Process"),
        said("Отставание", "Lag"),
        said("Сообщений/с", "Messages/s"),
        said("Отложено", "Parked"),
        said("Почему", "Why"),
    ]
    return TableWidget(both("Процессы", "Processes"), columns, constant(rows))


def worst(each: Standing | Follower) -> tuple[int, int, str]:
    """What needs somebody comes first."""
    return (-each.parked, -each.lag, each.name)
