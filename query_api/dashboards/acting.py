"""One command on one thing, from a button on its page, and why it is given."""

from collections.abc import Mapping
from typing import Any

from fastapi.concurrency import run_in_threadpool
from markupsafe import Markup
from starlette.requests import Request
from starlette_admin.exceptions import ActionFailed
from typing_extensions import override

from query_api.dashboards.editing import CONFLICT
from query_api.dashboards.forms import UNREACHABLE, Written
from query_api.dashboards.ports import Answer, CommandsUnreachable, Dashboards
from query_api.dashboards.refusals import why
from query_api.dashboards.wording import said

FORM = Markup(
    '<form class="mt-3"><input type="hidden" name="version" value="{version}">{more}'
    '<label class="form-label" for="why">{label}</label>'
    '<textarea class="form-control" id="why" name="reason" rows="2" maxlength="500"'
    "{required}></textarea></form>"
)
CHANGED_MEANWHILE = (
    "Пока страница была открыта, это изменил кто-то ещё: обновите её и посмотрите.",
    "Somebody else changed this while the page was open: reload it and look.",
)


def reason_form(_: Request, row: Any) -> str:
    return form(row, Markup(""), required=False)


def form(row: Any, more: Markup, *, required: bool) -> str:
    """The version that was read, where rows have one, and ``more`` fields."""
    label = said("Почему (останется в истории)", "Why (kept in the history)")
    return FORM.format(
        version=getattr(row, "version", ""),
        more=more,
        label=label,
        required=" required" if required else "",
    )


class Acting(Written):
    async def command(
        self, request: Request, path: str, body: Mapping[str, Any] | None
    ) -> None:
        """On the thing as it was when the page was shown."""
        asked = await request.form()
        author = self.author(request, asked.get("reason"))
        version, key = str(asked.get("version", "")), asked.get("key")
        try:
            answer = await run_in_threadpool(
                author.send,
                "POST",
                path,
                body,
                int(version) if version.isdecimal() else None,
                str(key) if key else None,
            )
        except CommandsUnreachable as error:
            raise ActionFailed(said(*UNREACHABLE)) from error
        if answer.is_refusal:
            raise ActionFailed(refusal(answer))
        await self.remember(request, answer.position or 0)


class ByVerbs(Acting):
    """Nothing is added or edited: each thing that is done has a name."""

    def __init__(self, given: Dashboards) -> None:
        super().__init__(given, str(self.key))

    @override
    def can_create(self, request: Request) -> bool:
        return False

    @override
    def can_edit(self, request: Request) -> bool:
        return False


def refusal(answer: Answer) -> str:
    return said(*CHANGED_MEANWHILE) if answer.status == CONFLICT else why(answer)
