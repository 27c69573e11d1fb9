"""Plans by their names, those included that are on sale no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from starlette.requests import Request
from typing_extensions import override

from query_api.dashboards.money import name_of
from query_api.dashboards.ports import ALWAYS, TableView
from query_api.dashboards.several import Several


@dataclass
class PlanChoice(Several):
    table: TableView | None = None

    @override
    def __post_init__(self) -> None:
        self.choices_loader = self.plans
        super().__post_init__()

    def plans(self, _: Request) -> Sequence[tuple[str, str]]:
        return plan_names(cast("TableView", self.table))


def plan_names(table: TableView) -> Sequence[tuple[str, str]]:
    rows = table.find(ALWAYS, (("added_at", False),), 0, None)
    return [(str(row["plan_id"]), name_of(row["names"])) for row in rows]
