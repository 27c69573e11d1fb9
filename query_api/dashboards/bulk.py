"""The same command on many films at once, and what became of each of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi.concurrency import run_in_threadpool
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin.actions import ActionSelection, action
from starlette_admin.exceptions import ActionFailed
from typing_extensions import override

from query_api.dashboards.acting import refusal
from query_api.dashboards.archiving import Archivable
from query_api.dashboards.choosing import MOST_CHOICES
from query_api.dashboards.editing import Author, Step
from query_api.dashboards.film_fields import ACCESS
from query_api.dashboards.forms import UNREACHABLE
from query_api.dashboards.ports import CommandsUnreachable, Compare, TableView
from query_api.dashboards.wording import both, said

CHOICE = Markup(
    '<form class="mt-3"><label class="form-label" for="chosen">{label}</label>'
    '<select class="form-select" id="chosen" name="chosen" required>{options}'
    "</select>{reason}</form>"
)
OPTION = Markup('<option value="{}">{}</option>')
REASON = Markup(
    '<label class="form-label mt-3" for="why">{}</label>'
    '<textarea class="form-control" id="why" name="reason" rows="2" maxlength="500">'
    "</textarea>"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    id: str
    name: str
    #: Empty if it was done.
    refusal: str = ""


def why() -> Markup:
    return REASON.format(said("Почему (останется в истории)", "Why (for the history)"))


def choice(label: str, options: Sequence[tuple[Any, Any]]) -> str:
    listed = Markup().join(OPTION.format(value, str(text)) for value, text in options)
    return CHOICE.format(label=label, options=listed, reason=why())


def archive_form(_: Request) -> str:
    return Markup('<form class="mt-3">{}</form>').format(why())


def access_form(_: Request) -> str:
    return choice(said("Доступен", "Access"), ACCESS)


async def genre_form(_: Request, view: Any) -> str:
    genres: TableView = view.tables["genres"]
    rows = await run_in_threadpool(
        genres.find,
        Compare("archived_at", "is_null"),
        (("sort_name", False),),
        0,
        MOST_CHOICES,
    )
    return choice(said("Жанр", "Genre"), [(row["id"], row["name"]) for row in rows])


class FilmBulk(Archivable):
    actions = ("export", "add_genre", "set_access", "archive_all")

    @override
    async def is_action_allowed(self, request: Request, name: str) -> bool:
        if name == "export":
            return bool(await super().is_action_allowed(request, name))
        return self.may_write(request)

    @action(
        name="archive_all",
        text=both("В архив", "Archive"),
        header=both("Убрать в архив", "Archive"),
        confirmation=both(
            "Зрители больше не увидят этих фильмов, пока вы их не вернёте.",
            "Nobody will see these films any more until you restore them.",
        ),
        submit_btn_text=both("Убрать в архив", "Archive"),
        icon_class="fa fa-box-archive",
        form=archive_form,
        custom_response=True,
        modal_size="md",
    )
    async def archive_all(
        self, request: Request, selection: ActionSelection
    ) -> Response:
        return await self.all_at_once(
            request,
            selection,
            both("В архив", "Archive"),
            lambda _: Step("POST", "archive"),
        )

    @action(
        name="add_genre",
        text=both("Добавить жанр", "Add a genre"),
        header=both("Добавить жанр", "Add a genre"),
        confirmation=both("Остальные жанры останутся.", "The other genres stay."),
        submit_btn_text=both("Добавить", "Add"),
        icon_class="fa fa-tags",
        form=genre_form,
        custom_response=True,
        modal_size="md",
    )
    async def add_genre(self, request: Request, selection: ActionSelection) -> Response:
        return await self.all_at_once(
            request,
            selection,
            both("Добавить жанр", "Add a genre"),
            lambda chosen: Step("PUT", f"genres/{chosen}"),
        )

    @action(
        name="set_access",
        text=both("Изменить доступ", "Change access"),
        header=both("Изменить доступ", "Change access"),
        confirmation=both("Кому будет доступно:", "Who may watch:"),
        submit_btn_text=both("Изменить", "Change"),
        icon_class="fa fa-key",
        form=access_form,
        custom_response=True,
        modal_size="md",
    )
    async def set_access(
        self, request: Request, selection: ActionSelection
    ) -> Response:
        return await self.all_at_once(
            request,
            selection,
            both("Изменить доступ", "Change access"),
            lambda chosen: Step("POST", "access", {"access": chosen}),
        )

    async def all_at_once(
        self,
        request: Request,
        selection: ActionSelection,
        title: Any,
        step: Callable[[str], Step],
    ) -> Response:
        asked = await request.form()
        rows = await selection.rows()
        author = self.author(request, asked.get("reason"))
        outcomes, position = await run_in_threadpool(
            self.each, author, step(str(asked.get("chosen", ""))), rows
        )
        await self.remember(request, position)
        assert self._admin is not None
        return self._admin._template_response(
            request=request,
            name="bulk_done.html",
            context={
                "title": title,
                "view": self,
                "done": [each for each in outcomes if not each.refusal],
                "refused": [each for each in outcomes if each.refusal],
            },
        )

    def each(
        self, author: Author, step: Step, rows: Sequence[Any]
    ) -> tuple[Sequence[Outcome], int]:
        """One after the other, each on the version that was read."""
        outcomes: list[Outcome] = []
        position = 0
        for row in rows:
            path = f"{self.form.address}/{row.id}/{step.path}"
            try:
                answer = author.send(step.method, path, step.body, row.version)
            except CommandsUnreachable as error:
                if not outcomes:
                    raise ActionFailed(said(*UNREACHABLE)) from error
                outcomes.append(Outcome(str(row.id), row.title, said(*UNREACHABLE)))
                continue
            said_no = refusal(answer) if answer.is_refusal else ""
            outcomes.append(Outcome(str(row.id), row.title, said_no))
            position = max(position, answer.position or 0)
        return outcomes, position
