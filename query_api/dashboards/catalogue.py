"""Genres and people, with what happened to them."""

from typing import ClassVar

from starlette_admin.fields import (
    DateField,
    DateTimeField,
    IntegerField,
    StringField,
    TextAreaField,
    UUIDField,
)

from query_api.dashboards.history import WithHistory
from query_api.dashboards.ports import Dashboards
from query_api.dashboards.wording import both

ADDED = both("Добавлен", "Added")
ARCHIVED = both("В архиве с", "Archived")
VERSION = both("Версия", "Version")
NAME = both("Название", "Name")


class Named(WithHistory):
    def __init__(self, given: Dashboards) -> None:
        super().__init__(given.tables[str(self.key)])
        self.directory = given.directory
        self.history = given.history


class Genres(Named):
    key = "genres"
    category = "genre"
    menu_label = both("Жанры", "Genres")
    display_name = both("жанр", "genre")
    icon = "fa fa-tags"
    called = "name"
    fields = (
        StringField("name", label=NAME),
        TextAreaField("description", label=both("Описание", "Description")),
        DateTimeField("added_at", label=ADDED),
        DateTimeField("archived_at", label=ARCHIVED),
        IntegerField("version", label=VERSION, exclude_from_list=True),
        UUIDField("id", label="ID", exclude_from_list=True),
    )
    searched = ("name", "id")
    searched_folded = "sort_name"
    fields_default_sort = ("name",)
    sorted_as: ClassVar = {"name": "sort_name"}


class People(Named):
    key = "people"
    category = "person"
    menu_label = both("Люди", "People")
    display_name = both("человек", "person")
    icon = "fa fa-user-tie"
    called = "name"
    fields = (
        StringField("name", label=both("Имя", "Name")),
        DateField("birth_date", label=both("Дата рождения", "Born")),
        DateTimeField("added_at", label=ADDED),
        DateTimeField("archived_at", label=ARCHIVED),
        IntegerField("version", label=VERSION, exclude_from_list=True),
        UUIDField("id", label="ID", exclude_from_list=True),
    )
    searched = ("name", "id")
    searched_folded = "sort_name"
    fields_default_sort = ("name",)
    sorted_as: ClassVar = {"name": "sort_name"}
