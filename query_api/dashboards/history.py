"""What happened to one thing, below what it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette_admin.i18n import format_datetime, get_tzinfo
from starlette_admin.types import RequestAction
from typing_extensions import override

from query_api.dashboards.editing import Named
from query_api.dashboards.events import named
from query_api.dashboards.ports import Change, Happened, History
from query_api.dashboards.tables import TableModel
from query_api.dashboards.wording import both, said
from query_api.identity import Directory, masked


@dataclass(frozen=True, slots=True)
class Chapter:
    """One event as the page shows it."""

    version: int
    position: int
    when: str
    what: str
    who: str
    why: str
    changes: list[tuple[str, str, str]]


class WithHistory(TableModel):
    """A read model of things that have a stream of their own."""

    detail_template = "with_history.html"
    category = ""
    history: History
    directory: Directory

    @override
    async def find_by_pk(self, request: Request, pk: Any) -> Any:
        found = await super().find_by_pk(request, pk)
        if found is not None and request.state.action is RequestAction.DETAIL:
            found.history = await run_in_threadpool(self.story, str(pk))
        return found

    def story(self, pk: str) -> list[Chapter]:
        happened = self.history.of(f"{self.category}-{pk}")
        return [self.chapter(each) for each in happened]

    def chapter(self, event: Happened) -> Chapter:
        return Chapter(
            version=event.version,
            position=event.position,
            when=format_datetime(event.recorded_at, tzinfo=get_tzinfo()),
            what=named(event.type),
            who=self.name_of(event.actor),
            why=event.reason or "",
            changes=[self.told(change) for change in event.changes if tells(change)],
        )

    def told(self, change: Change) -> tuple[str, str, str]:
        """What changed, from what, to what."""
        name = str(MEMBERS.get(change.field, change.field))
        if change.field == "state":
            change = Change("state", *map(situation, (change.before, change.after)))
        return name, shown(change.before), shown(change.after)

    def name_of(self, actor: str) -> str:
        """A person by their address, masked; a part of the system by its name."""
        try:
            account_id = UUID(actor)
        except ValueError:
            return actor
        return masked(self.directory.email_of(account_id)) or actor


def situation(state: Any) -> str:
    return str(STATES.get(state, state))


def tells(change: Change) -> bool:
    """That something new is there now is said by the event itself."""
    return change.field != "state" or change.before != "Absent"


#: Members of states in a history.
MEMBERS: Mapping[str, Any] = {
    "state": both("Состояние", "State"),
    "name": both("Название", "Name"),
    "titles.ru": both("Название", "Title in Russian"),
    "titles.en": both("Название по-английски", "Title"),
    "titles.original": both("Оригинальное название", "Original title"),
    "description": both("Описание", "Description"),
    "description.ru": both("Описание", "Description in Russian"),
    "description.en": both("Описание по-английски", "Description"),
    "birth_date": both("Дата рождения", "Born"),
    "slug": both("Имя в адресах", "Name in addresses"),
    "into": both("Стал", "Became"),
}
STATES: Mapping[str, Any] = {
    "Named": both("в работе", "in use"),
    "Listed": both("в работе", "in use"),
    "Open": both("в работе", "in use"),
    "Archived": both("в архиве", "archived"),
    "Merged": both("объединён", "merged"),
}


def shown(value: Any) -> str:
    match value:
        case None | "" | []:
            return "—"
        case bool():
            return said("да", "yes") if value else said("нет", "no")
        case list() | tuple():
            return ", ".join(map(shown, value))
        case Named():
            return value.name
        case {"name": name}:
            return str(name)
        case dict():
            return " ".join(shown(each) for each in value.values() if each)
        case _:
            return str(value)
