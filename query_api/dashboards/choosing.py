"""Fields that point to other things, found by their names as one types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette_admin.fields import BaseField
from starlette_admin.filters import BaseFilter, FilterApplyContext, enum, string
from starlette_admin.helpers import static_url
from starlette_admin.types import RequestAction
from typing_extensions import override

from query_api.dashboards.editing import Named
from query_api.dashboards.ports import Compare, Condition, Row, TableView
from query_api.dashboards.wording import said

SELECT2 = "4.1.0"
#: As many as a filter offers without being searched.
MOST_CHOICES = 500


@dataclass
class Chosen(BaseField):
    """Any number of things of another page: ``key`` is which."""

    key: str = ""
    multiple: bool = True
    ordered: bool = False
    list_template: str = "fields/list/chosen.html"
    form_template: str = "fields/form/chosen.html"
    detail_template: str = "fields/detail/chosen.html"

    @override
    async def parse_form_data(self, request: Request, form_data: FormData) -> Any:
        """As they were sent: by their ids alone."""
        ids = dict.fromkeys(map(str, form_data.getlist(self.id)))
        return [Named(id_, "") for id_ in ids if id_]

    @override
    async def serialize_value(self, request: Request, value: Any) -> Any:
        if request.state.action == RequestAction.EXPORT:
            return ", ".join(each.name for each in value)
        return [{"id": each.id, "name": each.name} for each in value]

    @override
    def additional_css_links(self, request: Request) -> list[str]:
        if not self._needs_form_assets(request):
            return []
        return [static_url(request, "css/vendor/select2.min.css", v=SELECT2)]

    @override
    def additional_js_links(self, request: Request) -> list[str]:
        if not self._needs_form_assets(request):
            return []
        return [
            static_url(request, "js/vendor/select2.min.js", v=SELECT2),
            static_url(request, "choosing.js"),
        ]


def name_of(row: Row) -> str:
    """Genres and people have one; films and collections go by their titles."""
    if "name" in row:
        return str(row["name"])
    ru, en = row["title_ru"], row["title_en"]
    original = row.get("title_original") or ""
    return said(str(ru or en or original), str(en or ru or original))


def named(table: TableView, ids: Sequence[Any]) -> list[Named]:
    """In that order; what is there no more goes by its id."""
    wanted = [str(id_) for id_ in ids]
    found = table.find(Compare("id", "in", sorted(set(wanted))), (), 0, None)
    names = {str(row["id"]): name_of(row) for row in found}
    return [Named(id_, names.get(id_, id_)) for id_ in wanted]


def one_of(table: TableView, column: str) -> Sequence[type[BaseFilter]]:
    """Filters of a column of ids, by the names of what they stand for."""

    def choices(_: BaseFilter, __: Request) -> Sequence[tuple[str, str]]:
        listed = Compare("archived_at", "is_null")
        rows: Sequence[Row] = table.find(
            listed, (("sort_name", False),), 0, MOST_CHOICES
        )
        return [(str(row["id"]), str(row["name"])) for row in rows]

    def looking(apply: Callable[[FilterApplyContext], Condition]) -> dict[str, Any]:
        return {
            "apply": lambda _, context: apply(context),
            "get_choices": choices,
        }

    return (
        type(
            "AnyOf",
            (enum.InFilter,),
            looking(lambda given: Compare(column, "has", given.value)),
        ),
        type(
            "NoneOf",
            (enum.NotInFilter,),
            looking(lambda given: Compare(column, "has_not", given.value)),
        ),
    )


def calls(table: TableView, column: str) -> type[BaseFilter]:
    """A filter of a column of ids: some of them are of somebody called so."""

    def apply(_: BaseFilter, context: FilterApplyContext) -> Condition:
        folded = str(context.value).lower().replace("ё", "е")
        named_so = Compare("sort_name", "contains", folded)
        ids = [str(row["id"]) for row in table.find(named_so, (), 0, MOST_CHOICES)]
        return Compare(column, "has", ids)

    return type("Calls", (string.ContainsFilter,), {"apply": apply})
