"""Genres and people, with what happened to them."""

from typing import Any, ClassVar

from starlette.requests import Request
from starlette_admin.actions import link_row_action
from starlette_admin.fields import (
    BaseField,
    DateField,
    DateTimeField,
    IntegerField,
    StringField,
    TextAreaField,
    UUIDField,
)
from typing_extensions import override

from query_api.dashboards.archiving import Archivable
from query_api.dashboards.editing import Form, Values, posted
from query_api.dashboards.forms import Editable, reason_field
from query_api.dashboards.ports import Dashboards
from query_api.dashboards.reading import read_field
from query_api.dashboards.wording import both

HIDDEN: dict[str, Any] = {"exclude_from_create": True, "exclude_from_edit": True}


def adding_with(*names: str) -> Any:
    def adding(values: Values) -> Values:
        return {name: values[name] for name in names}

    return adding


GENRE = Form(
    address="/command/v1/genres",
    adding=adding_with("name", "description"),
    added=("name", "description"),
    verbs=(posted("name", "name"), posted("description", "description")),
)
PERSON = Form(
    address="/command/v1/people",
    adding=adding_with("name", "birth_date"),
    added=("name", "birth_date"),
    verbs=(posted("name", "name"), posted("birth", "birth_date")),
)


def kept() -> tuple[BaseField, ...]:
    """What is written down by itself."""
    return (
        DateTimeField("added_at", label=both("Добавлен", "Added"), **HIDDEN),
        DateTimeField("archived_at", label=both("В архиве с", "Archived"), **HIDDEN),
        IntegerField(
            "version",
            label=both("Версия", "Version"),
            exclude_from_list=True,
            **HIDDEN,
        ),
        UUIDField("id", label="ID", exclude_from_list=True, **HIDDEN),
    )


class Catalogued(Editable, Archivable):
    row_actions = ("view", "edit", "merge", "archive", "restore")
    called = "name"
    searched = ("name", "id")
    searched_folded = "sort_name"
    computed = ("reason", "read")
    fields_default_sort = ("name",)
    never_empty = ("sort_name", "added_at")
    sorted_as: ClassVar = {"name": "sort_name"}

    def __init__(self, given: Dashboards) -> None:
        super().__init__(given, str(self.key))

    @override
    async def is_row_action_allowed_for_obj(
        self, request: Request, name: str, obj: Any
    ) -> bool:
        like = "archive" if name == "merge" else name
        return await super().is_row_action_allowed_for_obj(request, like, obj)

    @link_row_action(
        name="merge",
        text=both("Объединить с другим", "Merge into another"),
        icon_class="fa fa-code-merge",
        action_btn_class="btn",
        exclude_from_list=True,
    )
    def merge(self, request: Request, pk: Any) -> str:
        page = request.url_for(f"admin:{self.key}-merging")
        return str(page.include_query_params(pk=str(pk)))


class Genres(Catalogued):
    key = "genres"
    category = "genre"
    menu_label = both("Жанры", "Genres")
    display_name = both("жанр", "genre")
    icon = "fa fa-tags"
    form = GENRE
    fields = (
        StringField("name", label=both("Название", "Name"), required=True),
        TextAreaField("description", label=both("Описание", "Description"), rows=4),
        *kept(),
        reason_field(),
        read_field(GENRE.fields),
    )


class People(Catalogued):
    key = "people"
    category = "person"
    menu_label = both("Люди", "People")
    display_name = both("человека", "person")
    icon = "fa fa-user-tie"
    form = PERSON
    fields = (
        StringField("name", label=both("Имя", "Name"), required=True),
        DateField(
            "birth_date", label=both("Дата рождения", "Born"), form_alt_format="d.m.Y"
        ),
        *kept(),
        reason_field(),
        read_field(PERSON.fields),
    )
