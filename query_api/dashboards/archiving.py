"""What is archived, and what is in use: two lists, and the ways between them."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette_admin.actions import row_action
from starlette_admin.filters import FilterGroup
from starlette_admin.flash import flash
from starlette_admin.types import RequestAction
from typing_extensions import override

from query_api.dashboards.acting import Acting, reason_form
from query_api.dashboards.ports import (
    Compare,
    Condition,
    Every,
)
from query_api.dashboards.wording import both, said

IN_USE = Compare("archived_at", "is_null")
ARCHIVED = Compare("archived_at", "is_not_null")
#: What a list shows of it, by what its address says.
SHOWN: Mapping[str, Condition] = {"": IN_USE, "archived": ARCHIVED, "all": Every()}


class Archivable(Acting):
    list_template = "archivable_list.html"
    row_actions: Sequence[str] = ("view", "edit", "archive", "restore")
    #: What the command API calls it.
    restoration: ClassVar[str] = "restoration"

    @override
    def where(
        self, request: Request, q: str | None, filters: FilterGroup | None
    ) -> Condition:
        return Every((self.part(request), super().where(request, q, filters)))

    def part(self, request: Request) -> Condition:
        """Nothing new is linked to what is archived."""
        if request.state.action is RequestAction.RELATION_LOOKUP:
            return IN_USE
        asked = QueryParams(request.query_params.get("_list_query", "").lstrip("?"))
        shown = request.query_params.get("shown") or asked.get("shown") or ""
        return SHOWN.get(shown, IN_USE)

    @override
    async def is_row_action_allowed_for_obj(
        self, request: Request, name: str, obj: Any
    ) -> bool:
        is_archived = obj.archived_at is not None
        match name:
            case "archive" | "edit":
                return self.may_write(request) and not is_archived
            case "restore":
                return self.may_write(request) and is_archived
            case _:
                return bool(await self.is_row_action_allowed(request, name))

    @row_action(
        name="archive",
        text=both("В архив", "Archive"),
        header=both("Убрать в архив", "Archive"),
        confirmation=both(
            "Зрители этого больше не увидят, пока вы не вернёте.",
            "Nobody will see it any more until you restore it.",
        ),
        submit_btn_text=both("Убрать в архив", "Archive"),
        action_btn_class="btn btn-outline-danger",
        icon_class="fa fa-box-archive",
        form=reason_form,
        exclude_from_list=True,
        modal_size="md",
    )
    async def archive(self, request: Request, pk: Any) -> None:
        await self.act(request, pk, "archive")
        flash(request, said("Убрано в архив.", "Archived."), "success")

    @row_action(
        name="restore",
        text=both("Вернуть из архива", "Restore"),
        header=both("Вернуть из архива", "Restore"),
        confirmation=both(
            "Это снова увидят все, кому положено.",
            "Whoever may see it will see it again.",
        ),
        submit_btn_text=both("Вернуть", "Restore"),
        action_btn_class="btn btn-outline-primary",
        icon_class="fa fa-box-open",
        form=reason_form,
        exclude_from_list=True,
        modal_size="md",
    )
    async def restore(self, request: Request, pk: Any) -> None:
        await self.act(request, pk, self.restoration)
        flash(request, said("Возвращено из архива.", "Restored."), "success")

    async def act(self, request: Request, pk: Any, noun: str, **body: Any) -> None:
        """One command on one thing, as it was when the page was shown."""
        await self.command(request, f"{self.form.address}/{pk}/{noun}", body or None)
