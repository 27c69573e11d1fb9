"""One genre or person becomes another: which films follow is shown first."""

from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException
from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin.flash import flash
from starlette_admin.routing import route
from starlette_admin.types import RequestAction
from starlette_admin.views import CustomView
from typing_extensions import override

from query_api.dashboards.acting import refusal
from query_api.dashboards.archiving import IN_USE
from query_api.dashboards.choosing import Chosen, name_of
from query_api.dashboards.forms import UNREACHABLE, Editable
from query_api.dashboards.ports import (
    CommandsUnreachable,
    Compare,
    Every,
    Row,
    TableView,
)
from query_api.dashboards.wording import both, said

SEE_OTHER, UNPROCESSABLE = 303, 422
#: As many of the films as are named.
SOME = 20


@dataclass(frozen=True, slots=True)
class Preview:
    into: Row
    #: All that follow, and those of them that have both already.
    films: int
    double: int
    some: list[str]


class Merging(CustomView):
    add_to_menu = False
    menu_label = both("Объединение", "Merging")

    def __init__(self, kind: Editable, films: TableView, column: str) -> None:
        super().__init__(path=f"/{kind.key}/merging", route_name=f"{kind.key}-merging")
        self.kind = kind
        self.films = films
        self.column = column
        self.into = Chosen(
            "into",
            label=both("Чем станет", "Becomes"),
            key=str(kind.key),
            multiple=False,
        )

    @override
    def is_accessible(self, request: Request) -> bool:
        return self.kind.may_write(request)

    @route("", methods=["GET", "POST"])
    async def index(self, request: Request) -> Response:
        request.state.action = RequestAction.EDIT
        row = await self.found(request, request.query_params.get("pk", ""))
        if row is None or row.archived_at is not None:
            raise HTTPException(404)
        if request.method == "POST":
            return await self.merge(request, row)
        return await self.page(request, row, request.query_params.get("into"))

    async def found(self, request: Request, id_: str) -> Any:
        return await self.kind.find_by_pk(request, id_)

    async def page(
        self, request: Request, row: Any, into: str | None, refused: str = ""
    ) -> Response:
        chosen = await self.found(request, into) if into else None
        if chosen is not None and (chosen.archived_at or chosen.id == row.id):
            chosen, refused = None, refused or said(*NOT_INTO_THAT)
        preview = None
        if chosen is not None:
            preview = await run_in_threadpool(self.preview, row.id, vars(chosen))
        assert self._admin is not None
        return self._admin._template_response(
            request=request,
            name="merging.html",
            context={
                "title": said("Объединение", "Merging"),
                "view": self.kind,
                "row": row,
                "field": self.into,
                "preview": preview,
                "refused": refused,
                "links": self.into.additional_css_links(request),
                "scripts": self.into.additional_js_links(request),
            },
            status_code=UNPROCESSABLE if refused else 200,
        )

    def preview(self, id_: Any, into: Row) -> Preview:
        follows = Every((IN_USE, Compare(self.column, "has", [str(id_)])))
        has_both = Compare(self.column, "has", [str(into["id"])])
        some = self.films.find(follows, (("sort_title", False),), 0, SOME)
        return Preview(
            into=into,
            films=self.films.count(follows),
            double=self.films.count(Every((follows, has_both))),
            some=[*map(name_of, some)],
        )

    async def merge(self, request: Request, row: Any) -> Response:
        asked = await request.form()
        into, version = str(asked.get("into", "")), str(asked.get("version", ""))
        author = self.kind.author(request, asked.get("reason"))
        try:
            answer = await run_in_threadpool(
                author.send,
                "POST",
                f"{self.kind.form.address}/{row.id}/merger",
                {"into": into},
                int(version) if version.isdecimal() else None,
            )
        except CommandsUnreachable:
            return await self.page(request, row, into, said(*UNREACHABLE))
        if answer.is_refusal:
            return await self.page(request, row, into, refusal(answer))
        await self.kind.remember(request, answer.position or 0)
        flash(request, said(*MERGED), "success")
        url = request.url_for("admin:detail", key=self.kind.key)
        return RedirectResponse(url.include_query_params(pk=into), SEE_OTHER)


NOT_INTO_THAT = (
    "Объединить можно только с другим, и не из архива.",
    "It can only be merged with another one that is not archived.",
)
MERGED = (
    "Объединено. Фильмы переходят один за другим, это займёт до минуты.",
    "Merged. The films follow one after the other, within a minute.",
)
