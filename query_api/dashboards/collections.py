"""Curated collections: which films, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette_admin.fields import (
    DateTimeField,
    IntegerField,
    StringField,
    TextAreaField,
    UUIDField,
)
from starlette_admin.helpers import static_url
from typing_extensions import override

from query_api.dashboards.archiving import Archivable
from query_api.dashboards.choosing import Chosen, name_of, named
from query_api.dashboards.editing import Form, Values, posted
from query_api.dashboards.forms import Editable, reason_field
from query_api.dashboards.ports import Change, Dashboards, Row
from query_api.dashboards.reading import read_field
from query_api.dashboards.wording import both

TITLES = ("title_ru", "title_en")
DESCRIPTION = ("description_ru", "description_en")
HIDDEN: dict[str, Any] = {"exclude_from_create": True, "exclude_from_edit": True}


def spelled(noun: str, fields: Sequence[str]) -> Any:
    def body(values: Values) -> Values:
        ru, en = (values[name] for name in fields)
        return {noun: {"ru": ru, "en": en}}

    return body


def adding(values: Values) -> Values:
    return {**spelled("titles", TITLES)(values), "slug": values["slug"]}


def films(values: Values) -> Values:
    return {"film_ids": values["films"] or []}


COLLECTION = Form(
    address="/command/v1/collections",
    adding=adding,
    added=(*TITLES, "slug"),
    verbs=(
        posted("titles", *TITLES, body=spelled("titles", TITLES)),
        posted("description", *DESCRIPTION, body=spelled("description", DESCRIPTION)),
        posted("films", "films", body=films),
    ),
)


@dataclass
class Ordered(Chosen):
    """One below the other, to be moved up and down."""

    form_template: str = "fields/form/ordered.html"
    detail_template: str = "fields/detail/ordered.html"

    @override
    def additional_js_links(self, request: Request) -> list[str]:
        if not self._needs_form_assets(request):
            return []
        return [
            *super().additional_js_links(request),
            static_url(request, "ordered.js"),
        ]


class Collections(Editable, Archivable):
    key = "collections"
    category = "collection"
    menu_label = both("Подборки", "Collections")
    display_name = both("подборку", "collection")
    icon = "fa fa-layer-group"
    called = "title"
    form = COLLECTION
    fields = (
        StringField(
            "title", label=both("Подборка", "Collection"), filters=[], **HIDDEN
        ),
        StringField(
            "title_ru",
            label=both("Название", "Title in Russian"),
            exclude_from_list=True,
        ),
        StringField(
            "title_en",
            label=both("Название по-английски", "Title"),
            exclude_from_list=True,
        ),
        StringField(
            "slug",
            label=both("Имя в адресах", "Name in addresses"),
            help_text=both("латиница, цифры, дефисы", "letters a-z, digits, hyphens"),
            exclude_from_edit=True,
        ),
        IntegerField(
            "size",
            label=both("Фильмов", "Films"),
            filters=[],
            exclude_from_detail=True,
            **HIDDEN,
        ),
        TextAreaField(
            "description_ru",
            label=both("Описание", "Description in Russian"),
            rows=3,
            exclude_from_list=True,
        ),
        TextAreaField(
            "description_en",
            label=both("Описание по-английски", "Description"),
            rows=3,
            exclude_from_list=True,
        ),
        Ordered(
            "films",
            label=both("Фильмы по порядку", "Films in their order"),
            key="films",
            filters=[],
            exclude_from_list=True,
        ),
        DateTimeField("created_at", label=both("Создана", "Created"), **HIDDEN),
        DateTimeField("changed_at", label=both("Изменена", "Changed"), **HIDDEN),
        DateTimeField("archived_at", label=both("В архиве с", "Archived"), **HIDDEN),
        IntegerField(
            "version",
            label=both("Версия", "Version"),
            exclude_from_list=True,
            **HIDDEN,
        ),
        UUIDField("id", label="ID", exclude_from_list=True, **HIDDEN),
        reason_field(),
        read_field(COLLECTION.fields),
    )
    form_layout = (
        TITLES,
        "slug",
        "description_ru",
        "description_en",
        "films",
        "reason",
        "read",
    )
    columns = ("title", "slug", "size", "changed_at")
    searched = ("title_ru", "title_en", "slug", "id")
    searched_folded = "sort_title"
    computed = ("title", "size", "films", "reason", "read")
    fields_default_sort = ("title",)
    never_empty = ("sort_title", "created_at", "changed_at")
    sorted_as: ClassVar = {"title": "sort_title"}

    def __init__(self, given: Dashboards) -> None:
        super().__init__(given, "collections")

    @override
    async def completed(self, rows: Sequence[Row]) -> Sequence[Row]:
        return await run_in_threadpool(self.with_films, rows)

    def with_films(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Their titles only where there is one collection: it may have hundreds."""
        table, is_alone = self.tables["films"], len(rows) == 1
        return [
            {
                **row,
                "title": name_of(row),
                "size": len(row["film_ids"]),
                "films": named(table, row["film_ids"]) if is_alone else [],
            }
            for row in rows
        ]

    @override
    def told(self, change: Change) -> tuple[str, str, str]:
        if change.field not in ("film_ids", "films"):
            return super().told(change)
        table = self.tables["films"]
        before, after = (
            [
                f"{number}. {each.name}"
                for number, each in enumerate(named(table, ids or ()), start=1)
            ]
            for ids in (change.before, change.after)
        )
        gone = [each for each in before if each not in after]
        come = [each for each in after if each not in before]
        return super().told(Change(str(self.label_of("films")), gone, come))
