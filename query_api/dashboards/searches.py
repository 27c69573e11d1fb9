"""What viewers look for, and what they look for in vain."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.routing import route
from starlette_admin.views import CustomView
from typing_extensions import override

from projections.searches import Searched, SearchesView
from query_api.dashboards.security import may
from query_api.dashboards.wording import both

MOST = 100
#: Days that may be asked for.
PERIODS = (1, 7, 30)
USUAL = 7


class Searches(CustomView):
    menu_label = both("Запросы", "Searches")
    icon = "fa fa-magnifying-glass-chart"
    path = "/searches"
    route_name = "searches"

    def __init__(self, searched: SearchesView, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.searched = searched
        self.now = now

    @override
    def is_accessible(self, request: Request) -> bool:
        return may(request, "dashboards:read")

    @route("")
    async def index(self, request: Request) -> Response:
        days = period(request.query_params.get("days", ""))
        since = self.now().date() - timedelta(days=days - 1)
        popular, fruitless = await run_in_threadpool(self.both_since, since)
        films = request.url_for("admin:list", key="films")
        assert self._admin is not None
        return self._admin._template_response(
            request=request,
            name="searches.html",
            context={
                "title": self.title(request),
                "days": days,
                "periods": PERIODS,
                "popular": popular,
                "fruitless": fruitless,
                "in_catalogue": lambda words: f"{films}?{urlencode({'q': words})}",
            },
        )

    def both_since(self, since: date) -> tuple[Sequence[Searched], Sequence[Searched]]:
        return (
            self.searched.popular(since, MOST),
            self.searched.fruitless(since, MOST),
        )


def period(asked: str) -> int:
    return int(asked) if asked in map(str, PERIODS) else USUAL
