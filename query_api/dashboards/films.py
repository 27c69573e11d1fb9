"""Films: found, looked at with their history, and edited through the command API."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette_admin.exceptions import FormValidationError
from starlette_admin.filters import FilterGroup
from starlette_admin.widgets import FieldRef
from typing_extensions import override

from query_api.dashboards.editing import Refused, changed, plain, send_changes
from query_api.dashboards.film_fields import FIELDS, TOLD
from query_api.dashboards.history import WithHistory, shown
from query_api.dashboards.ports import (
    Change,
    CommandsUnreachable,
    Compare,
    Condition,
    Dashboards,
    Either,
    Every,
    Row,
    Session,
)
from query_api.dashboards.security import may
from query_api.dashboards.wording import both, said


class Films(WithHistory):
    key = "films"
    category = "film"
    menu_label = both("Фильмы", "Films")
    display_name = both("фильм", "film")
    icon = "fa fa-film"
    called = "title"
    edit_template = "film_edit.html"
    fields = FIELDS
    searched = (
        "title_ru",
        "title_en",
        "title_original",
        "description_ru",
        "description_en",
        "id",
    )
    searched_folded = "sort_title"
    computed = ("title", "genres")
    form_layout = (
        ("title_ru", "title_en", "title_original"),
        ("type", "access"),
        ("rating", "age_rating", "release_date"),
        "description_ru",
        "description_en",
        ("certificate", "media"),
        FieldRef("version", show_label=False),
    )
    fields_default_sort = ("title",)
    sorted_as: ClassVar = {"title": "sort_title", "title_ru": "sort_title"}

    def __init__(self, given: Dashboards) -> None:
        super().__init__(given.tables["films"])
        self.genres = given.tables["genres"]
        self.people = given.tables["people"]
        self.commands = given.commands
        self.sessions = given.sessions
        self.history = given.history
        self.directory = given.directory

    @override
    def can_edit(self, request: Request) -> bool:
        return may(request, "catalogue:edit")

    @override
    async def completed(self, rows: Sequence[Row]) -> Sequence[Row]:
        ids = {str(id_) for row in rows for id_ in row["genre_ids"]}
        wanted = Compare("id", "in", sorted(ids))
        found = await run_in_threadpool(self.genres.find, wanted, (), 0, None)
        names = {genre["id"]: genre["name"] for genre in found}
        return [film(row, names) for row in rows]

    @override
    def told(self, change: Change) -> tuple[str, str, str]:
        name = str(TOLD.get(change.field, change.field))
        before, after = (
            shown(self.readable(change.field, value))
            for value in (change.before, change.after)
        )
        return name, before, after

    def readable(self, field: str, value: Any) -> Any:
        """Tenths as a number, ids as the names of today."""
        match field, value:
            case "rating", int():
                return value / 10
            case "genres", list():
                rows = [self.genres.get(id_) for id_ in value]
                return [row["name"] for row in rows if row]
            case "credits", list():
                return [self.credited(credit) for credit in value]
            case _:
                return value

    def credited(self, credit: list[str]) -> str:
        id_, role = credit
        person = self.people.get(id_)
        return f"{person['name'] if person else id_} ({role})"

    @override
    def where(
        self, request: Request, q: str | None, filters: FilterGroup | None
    ) -> Condition:
        return in_tenths(super().where(request, q, filters))

    @override
    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Any:
        row = await self.find_by_pk(request, pk)
        version = int(data["version"] or row.version)
        session: Session = request.state.session
        try:
            done = await run_in_threadpool(
                send_changes,
                self.commands,
                f"/command/v1/films/{pk}",
                changed(vars(row), data),
                data,
                token=session.tokens.access,
                version=version,
            )
        except CommandsUnreachable as error:
            raise FormValidationError({"_": said(*UNREACHABLE)}) from error
        except Refused as refused:
            await self.remember(request, refused.done.position)
            raise FormValidationError(
                await self.explained(request, pk, data, refused)
            ) from refused
        await self.remember(request, done.position)
        return await self.find_by_pk(request, pk)

    async def remember(self, request: Request, position: int) -> None:
        """From now on this person sees at least what they have just done."""
        session: Session = request.state.session
        if position > session.position:
            session = replace(session, position=position)
            request.state.session = session
            await run_in_threadpool(self.sessions.keep, request.state.key, session)

    async def explained(
        self, request: Request, pk: Any, data: dict[str, Any], refused: Refused
    ) -> dict[str | int, Any]:
        """What was typed stays in the form; saving again is on what is now."""
        data["version"] = refused.done.version
        if not refused.is_conflict:
            return dict(refused.messages().items())
        now = await self.find_by_pk(request, pk)
        data["version"] = refused.answer.version or now.version
        differing = changed(vars(now), data)
        names = [name for verb in differing for name in verb.fields]
        return {
            "_": said(*CONFLICT),
            **{
                name: f"{said('Сейчас', 'Now')}: {shown(plain(getattr(now, name)))}"
                for name in names
                if plain(getattr(now, name)) != plain(data[name])
            },
        }


UNREACHABLE = (
    "Команды сейчас не принимаются; сохраните ещё раз чуть позже.",
    "Commands are not taken right now; save again in a moment.",
)
CONFLICT = (
    "Фильм изменил кто-то ещё, пока вы редактировали. Ваш текст на месте: сравните с "
    "тем, что есть сейчас, и сохраните ещё раз.",
    "Somebody else changed the film while you were editing. What you typed is kept: "
    "compare it with what is there now, and save again.",
)


def film(row: Row, names: Mapping[Any, str]) -> Row:
    rating = row["rating"]
    return {
        **row,
        "title": row["title_ru"] or row["title_en"] or row["title_original"],
        "rating": None if rating is None else Decimal(rating) / 10,
        "genres": [names[id_] for id_ in row["genre_ids"] if id_ in names],
    }


def in_tenths(where: Condition) -> Condition:
    """Ratings are kept so."""
    match where:
        case Compare(column="rating", value=value) if value is not None:
            return replace(where, value=round(float(value) * 10))
        case Compare():
            return where
        case Every() | Either():
            return replace(where, parts=tuple(map(in_tenths, where.parts)))
