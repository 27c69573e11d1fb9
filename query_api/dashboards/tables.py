"""Lists and pages of any read model: search, filters, order, pages, export."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, ClassVar

from fastapi import HTTPException
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette_admin.export.json import JsonExporter
from starlette_admin.fields import BaseField
from starlette_admin.filters import FilterGroup, FilterRegistry
from starlette_admin.flash import flash
from starlette_admin.helpers import json_dumps
from starlette_admin.types import ListParams, RequestAction
from starlette_admin.views import BaseModelView
from typing_extensions import override

from query_api.dashboards.filters import REGISTRY, condition
from query_api.dashboards.keyset import Place, beyond, mark_of, place_at
from query_api.dashboards.ports import (
    Compare,
    Condition,
    Either,
    Every,
    Order,
    Row,
    Session,
    TableView,
)
from query_api.dashboards.security import may
from query_api.dashboards.wording import said
from query_api.dependencies import USUAL_WAIT
from query_api.waiting import Waiting

LAGGING = (
    "Последние изменения ещё не видны здесь; обновите страницу через минуту.",
    "The latest changes do not show here yet; reload in a minute.",
)


#: What is more is "more than that": nobody waits for the exact number.
MOST_COUNTED = 10_000


class PlainJson(JsonExporter):
    """Under the names that programs know: those of the columns."""

    @override
    async def generate(
        self, fields: list[BaseField], rows: list[dict[str, Any]]
    ) -> bytes:
        plain = [{field.name: row.get(field.name) for field in fields} for row in rows]
        return json_dumps(plain, ensure_ascii=False).encode()


class TableModel(BaseModelView):
    """To be looked at; a subclass that can also be edited says how."""

    #: Which permission shows it.
    permission = "dashboards:read"
    #: The column that people know a row by.
    called = "id"
    pk_attr = "id"
    page_size = 25
    exporters = ("csv", PlainJson())
    importers = ()
    actions: Sequence[str] = ("export",)
    row_actions: Sequence[str] = ("view", "edit")
    fields_default_sort: Sequence[tuple[str, bool] | str] | None = ("id",)
    #: Columns that words are looked for in.
    searched: Sequence[str] = ("id",)
    #: A column without what people leave out: capitals, and the dots of ё.
    searched_folded: str | None = None
    #: Fields that are no columns: ordered by one that is, or not at all.
    computed: Sequence[str] = ()
    #: Fields that a list shows until somebody chooses others; of none, all.
    columns: Sequence[str] = ()
    #: Columns that always have something: pages in their order begin at an index.
    never_empty: Collection[str] = ()
    #: Columns that order better than what is shown.
    sorted_as: ClassVar[Mapping[str, str]] = {}

    def __init__(self, table: TableView) -> None:
        self.table = table
        self.waiting = Waiting()
        self.sortable_fields = [
            field.name
            for field in self.fields
            if field.name not in self.computed or field.name in self.sorted_as
        ]
        super().__init__()

    @override
    def is_accessible(self, request: Request) -> bool:
        return may(request, self.permission)

    @override
    def can_create(self, request: Request) -> bool:
        return False

    @override
    def can_edit(self, request: Request) -> bool:
        return False

    @override
    def can_delete(self, request: Request) -> bool:
        return False

    @override
    def can_import(self, request: Request) -> bool:
        return False

    @override
    def get_filter_registry(self) -> FilterRegistry:
        return REGISTRY

    @override
    def _parse_list_params(
        self, request: Request, query_params: QueryParams | None = None
    ) -> ListParams:
        asked = super()._parse_list_params(request, query_params)
        if self.columns and "cols" not in request.query_params:
            return replace(asked, visible_cols=[*self.columns])
        return asked

    @override
    async def find_all(
        self,
        request: Request,
        skip: int = 0,
        limit: int = 100,
        q: str | None = None,
        sorts: Sequence[tuple[str, str]] | None = None,
        filters: FilterGroup | None = None,
    ) -> Sequence[Any]:
        await self.level(request)
        where = self.where(request, q, filters)
        order = [(self.ordered_by(name), way == "desc") for name, way in sorts or ()]
        place = self.place(request, order)
        if place is not None:
            further = beyond(place, order, self.pk_attr, self.never_empty)
            where, skip = Every((where, further)), 0
        rows = await run_in_threadpool(
            self.table.find,
            where,
            order,
            skip,
            limit if limit > 0 else None,
            backwards=place is not None and place.backwards,
        )
        request.state.ends = [
            mark_of(row, order, self.pk_attr) for row in (*rows[:1], *rows[-1:])
        ]
        return [SimpleNamespace(**row) for row in await self.completed(rows)]

    def place(self, request: Request, order: Order) -> Place | None:
        """Of a page that is not the first; whoever changes the list begins anew."""
        asked = request.query_params
        if request.state.action is not RequestAction.LIST or "page" not in asked:
            return None
        backwards = "before" in asked
        mark = asked.get("before" if backwards else "after", "")
        return place_at(mark, order, backwards=backwards)

    @override
    async def count(
        self,
        request: Request,
        q: str | None = None,
        filters: FilterGroup | None = None,
    ) -> int:
        where = self.where(request, q, filters)
        return await run_in_threadpool(self.table.count, where, MOST_COUNTED)

    @override
    async def find_by_pk(self, request: Request, pk: Any) -> Any:
        found = await self.find_by_pks(request, [pk])
        return found[0] if found else None

    @override
    async def find_by_pks(self, request: Request, pks: list[Any]) -> Sequence[Any]:
        await self.level(request)
        found = [await run_in_threadpool(self.table.get, str(pk)) for pk in pks]
        rows = [row for row in found if row is not None]
        return [SimpleNamespace(**row) for row in await self.completed(rows)]

    async def completed(self, rows: Sequence[Row]) -> Sequence[Row]:
        """With what is looked up elsewhere."""
        return rows

    async def level(self, request: Request) -> None:
        """Whoever has changed something sees it changed; who has waited waits once."""
        session: Session = request.state.session
        if getattr(request.state, "lags_behind", 0) >= session.position > 0:
            return
        try:
            await self.waiting.until(self.table, session.position, USUAL_WAIT)
        except TimeoutError:
            request.state.lags_behind = session.position
            flash(request, said(*LAGGING), "warning")

    def where(
        self, request: Request, q: str | None, filters: FilterGroup | None
    ) -> Condition:
        known = {
            field.name: field
            for field in self.get_fields_list(request, include_nested=True)
        }
        words = map(self.somewhere, (q or "").split())
        return Every((*words, condition(filters, known)))

    def ordered_by(self, field: str) -> str:
        return self.sorted_as.get(field, field)

    def somewhere(self, word: str) -> Condition:
        found = [Compare(column, "contains", word) for column in self.searched]
        if self.searched_folded:
            folded = word.lower().replace("ё", "е")
            found.append(Compare(self.searched_folded, "contains", folded))
        return Either(tuple(found))

    @override
    async def create(self, request: Request, data: dict[str, Any]) -> Any:
        raise HTTPException(405)

    @override
    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Any:
        raise HTTPException(405)

    @override
    async def delete(self, request: Request, pks: list[Any]) -> int | None:
        raise HTTPException(405)

    @override
    async def repr(self, obj: Any, request: Request) -> str:
        return str(getattr(obj, self.called, None) or obj.id)
