"""Things that are added and edited by a form, through the command API."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, TypeVar

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette_admin.exceptions import FormValidationError
from starlette_admin.fields import BaseField, EnumField, StringField
from starlette_admin.types import RequestAction
from typing_extensions import override

from query_api.dashboards.choosing import Chosen, named
from query_api.dashboards.editing import (
    Author,
    Done,
    Form,
    Refused,
    Values,
    plain,
)
from query_api.dashboards.history import WithHistory, shown
from query_api.dashboards.ports import (
    CommandApi,
    CommandsUnreachable,
    Dashboards,
    Session,
    Sessions,
    TableView,
)
from query_api.dashboards.reading import Reading, merged, read_from, reading
from query_api.dashboards.refusals import explained
from query_api.dashboards.security import may
from query_api.dashboards.wording import both, said

T = TypeVar("T")


def reason_field() -> StringField:
    return StringField(
        "reason",
        label=both("Почему (останется в истории)", "Why (kept in the history)"),
        getter=lambda _, __: None,
        filters=[],
        maxlength=500,
        exclude_from_list=True,
        exclude_from_detail=True,
        exclude_from_export=True,
    )


class Written(WithHistory):
    """What somebody with the permission changes, in their own name."""

    form: Form
    edit_permission = "catalogue:edit"

    def __init__(self, given: Dashboards, table: str) -> None:
        super().__init__(given.tables[table])
        self.tables: Mapping[str, TableView] = given.tables
        self.commands: CommandApi = given.commands
        self.sessions: Sessions = given.sessions
        self.history = given.history
        self.directory = given.directory

    def may_write(self, request: Request) -> bool:
        return may(request, self.edit_permission)

    @override
    def can_create(self, request: Request) -> bool:
        return self.may_write(request)

    @override
    def can_edit(self, request: Request) -> bool:
        return self.may_write(request)

    def author(self, request: Request, reason: Any = None) -> Author:
        session: Session = request.state.session
        return Author(self.commands, session.tokens.access, plain(reason))

    async def remember(self, request: Request, position: int) -> None:
        """From now on this person sees at least what they have just done."""
        session: Session = request.state.session
        if position > session.position:
            session = replace(session, position=position)
            request.state.session = session
            await run_in_threadpool(self.sessions.keep, request.state.key, session)


class Editable(Written):
    create_template = "add_form.html"
    edit_template = "edit_form.html"

    @override
    async def create(self, request: Request, data: dict[str, Any]) -> Any:
        read = read_from(data.get("read"), self.form.fields)
        if read and read.id:  # The first part of it has been saved already.
            return await self.edit(request, read.id, data)
        author, values = self.author(request, data.get("reason")), self.values(data)
        try:
            id_, added = await self.attempt(data, self.form.add, author, values)
        except Refused as refused:
            raise FormValidationError(self.told_at(refused)) from refused
        await self.remember(request, added.position)
        data["read"] = self.as_added(values, added)
        return await self.edit(request, id_, data)

    def as_added(self, values: Values, added: Done) -> str:
        """What there is now: what was sent at once, and nothing of the rest."""
        empty = dict.fromkeys(self.form.fields)
        sent = {name: values[name] for name in self.form.added}
        return Reading(added.version, {**empty, **sent}).text()

    @override
    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Any:
        read = await self.read(request, pk, data)
        author = self.author(request, data.get("reason"))
        try:
            done = await self.attempt(
                data,
                self.form.save,
                author,
                str(pk),
                read.values,
                self.values(data),
                read.version,
            )
        except Refused as refused:
            await self.remember(request, refused.done.position)
            errors = await self.after_refusal(request, pk, data, read, refused)
            raise FormValidationError(errors) from refused
        await self.remember(request, done.position)
        saved = {self.pk_attr: pk, self.called: data.get(self.called)}
        return await self.find_by_pk(request, pk) or SimpleNamespace(**saved)

    async def read(self, request: Request, pk: Any, data: Mapping[str, Any]) -> Reading:
        brought = read_from(data.get("read"), self.form.fields)
        if brought is None:
            row = await self.find_by_pk(request, pk)
            brought = reading(vars(row), self.form.fields)
        return brought

    async def attempt(
        self, data: dict[str, Any], send: Callable[..., T], *given: Any
    ) -> T:
        """Raises ``Refused``; ``FormValidationError`` if nobody takes commands."""
        try:
            return await run_in_threadpool(send, *given)
        except CommandsUnreachable as error:
            await self.name_again(data)
            raise FormValidationError({"_": said(*UNREACHABLE)}) from error
        except Refused:
            await self.name_again(data)
            raise

    async def after_refusal(
        self,
        request: Request,
        pk: Any,
        data: dict[str, Any],
        read: Reading,
        refused: Refused,
    ) -> dict[str | int, Any]:
        """What was typed stays in the form; saving again is on what is now."""
        typed = self.values(data)
        if not refused.is_conflict:
            saved = {name: typed[name] for name in refused.done.fields}
            known = Reading(refused.done.version, {**read.values, **saved})
            data["read"] = self.brought_back(request, pk, known)
            return self.told_at(refused)
        now = await self.find_by_pk(request, pk)
        fields = self.form.fields
        fresh = reading(vars(now), fields)
        data["read"] = self.brought_back(request, pk, fresh)
        both = merged(read, typed, fresh.values, fields)
        shown = await self.serialize(now, request)
        data.update({name: shown[name] for name in both.theirs})
        story = await run_in_threadpool(self.story, str(pk))
        return {
            "_": said(*CONFLICT),
            "_others": [each for each in story if each.version > read.version],
            **{
                name: f"{said('Сейчас', 'Now')}: {self.in_words(shown, name)}"
                for name in both.both
            },
        }

    def brought_back(self, request: Request, pk: Any, known: Reading) -> str:
        """A form for something new says next time that it is there already."""
        is_new = request.state.action is RequestAction.CREATE
        return Reading(known.version, known.values, str(pk) if is_new else None).text()

    def told_at(self, refused: Refused) -> dict[str | int, Any]:
        errors: dict[str | int, Any] = {}
        errors.update(explained(refused).items())
        if refused.done.fields:
            errors["_saved"] = [self.label_of(name) for name in refused.done.fields]
        return errors

    def values(self, data: Mapping[str, Any]) -> Values:
        return {name: plain(data.get(name)) for name in self.form.names}

    async def name_again(self, data: dict[str, Any]) -> None:
        """A form brings ids; people are shown names."""
        for field in self.fields:
            if isinstance(field, Chosen) and data.get(field.name):
                ids = [each.id for each in data[field.name]]
                data[field.name] = await run_in_threadpool(
                    named, self.tables[field.key], ids
                )

    def field(self, name: str) -> BaseField:
        return next(each for each in self.fields if each.name == name)

    def label_of(self, name: str) -> str:
        return str(self.field(name).label)

    def in_words(self, row: Mapping[str, Any], name: str) -> str:
        field, value = self.field(name), row[name]
        if isinstance(field, EnumField) and not field.multiple:
            labels = {each[0]: each[1] for each in field.choices or ()}
            return shown(labels.get(value))
        return shown(value)


UNREACHABLE = (
    "Команды сейчас не принимаются; сохраните ещё раз чуть позже.",
    "Commands are not taken right now; save again in a moment.",
)
CONFLICT = (
    "Пока вы редактировали, это изменил кто-то ещё. Ваш текст на месте. Что изменили "
    "другие, показано ниже; то, чего вы не трогали, в форме уже новое. Проверьте и "
    "сохраните ещё раз.",
    "Somebody else changed this while you were editing. What you typed is kept. What "
    "others changed is shown below; what you had not touched is up to date in the "
    "form. Look it over, and save again.",
)
