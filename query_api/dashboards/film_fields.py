"""What of a film is shown and edited, under which names."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette_admin.fields import (
    BaseField,
    DateField,
    DateTimeField,
    DecimalField,
    EnumField,
    IntegerField,
    StringField,
    TextAreaField,
    UUIDField,
)
from starlette_admin.widgets import FieldRef, FieldsetWidget

from query_api.dashboards.choosing import Chosen, calls, one_of
from query_api.dashboards.countries import Countries
from query_api.dashboards.film_form import FILM
from query_api.dashboards.film_series import FIELDS
from query_api.dashboards.film_windows import HELP, WINDOW
from query_api.dashboards.forms import reason_field
from query_api.dashboards.plan_choice import PlanChoice
from query_api.dashboards.ports import TableView
from query_api.dashboards.reading import read_field
from query_api.dashboards.rows import Lines, Rows
from query_api.dashboards.wording import both

TYPES = (("movie", both("фильм", "movie")), ("series", both("сериал", "series")))
ACCESS = (
    ("free", both("всем", "everybody")),
    ("registered", both("вошедшим", "signed in")),
    ("subscription", both("по подписке", "subscribers")),
)
AGES = tuple((age, f"{age}+") for age in (0, 6, 12, 16, 18))
ROLES: Mapping[str, Any] = {
    "director": both("режиссёр", "director"),
    "writer": both("сценарист", "writer"),
    "actor": both("актёр", "actor"),
    "producer": both("продюсер", "producer"),
}
#: Shown in a list until somebody chooses others.
COLUMNS = (
    "title",
    "genres",
    "type",
    "access",
    "rating",
    "age_rating",
    "release_date",
)


def fields(
    genres: TableView, people: TableView, plans: TableView
) -> Sequence[BaseField]:
    return (
        StringField(
            "title",
            label=both("Фильм", "Film"),
            filters=[],
            list_template="fields/list/film.html",
            exclude_from_detail=True,
            exclude_from_create=True,
            exclude_from_edit=True,
            exclude_from_export=True,
        ),
        StringField("title_ru", label=both("Название", "Title in Russian")),
        StringField("title_en", label=both("Название по-английски", "Title")),
        StringField(
            "title_original", label=both("Оригинальное название", "Original title")
        ),
        Lines(
            "aliases",
            label=both("Другие названия", "Also known as"),
            help_text=both("по одному в строке", "one in a line"),
            rows=2,
            exclude_from_list=True,
        ),
        EnumField("type", label=both("Вид", "Type"), choices=TYPES, required=True),
        EnumField(
            "access",
            label=both("Доступен", "Access"),
            choices=ACCESS,
            required=True,
            default="subscription",
        ),
        PlanChoice(
            "plans",
            label=both("Только с тарифами", "Only with plans"),
            table=plans,
            help_text=both(
                "если доступен по подписке; без выбора подходит любой тариф",
                "with access by subscription; none chosen means any plan",
            ),
        ),
        Rows(
            "windows",
            label=both("Окна показа", "Availability windows"),
            adding=both("Добавить окно", "Add a window"),
            help_text=HELP,
            cells=WINDOW,
        ),
        DecimalField("rating", label=both("Рейтинг", "Rating")),
        EnumField("age_rating", label=both("Возраст", "Age"), choices=AGES, coerce=int),
        DateField(
            "release_date", label=both("Премьера", "Release"), form_alt_format="d.m.Y"
        ),
        Chosen(
            "genres",
            label=both("Жанры", "Genres"),
            key="genres",
            filters=[*one_of(genres, "genre_ids")],
        ),
        *credits(),
        StringField(
            "people",
            label=both("Участник", "Person"),
            filters=[calls(people, "person_ids")],
            exclude_from_detail=True,
            exclude_from_create=True,
            exclude_from_edit=True,
            exclude_from_export=True,
        ),
        Countries("countries", label=both("Страны", "Countries")),
        TextAreaField(
            "description_ru", label=both("Описание", "Description in Russian"), rows=4
        ),
        TextAreaField(
            "description_en",
            label=both("Описание по-английски", "Description"),
            rows=4,
        ),
        StringField(
            "certificate", label=both("Прокатное удостоверение", "Certificate")
        ),
        StringField("media", label=both("Медиа", "Media")),
        *FIELDS,
        *kept(),
        reason_field(),
        read_field(FILM.fields),
    )


def credits() -> Sequence[BaseField]:
    labels = {
        "directors": both("Режиссёры", "Directors"),
        "writers": both("Сценаристы", "Writers"),
        "actors": both("Актёры", "Actors"),
        "producers": both("Продюсеры", "Producers"),
    }
    return [
        Chosen(name, label=label, key="people", filters=[])
        for name, label in labels.items()
    ]


def kept() -> Sequence[BaseField]:
    """What is written down by itself."""
    hidden: dict[str, Any] = {"exclude_from_create": True, "exclude_from_edit": True}
    return (
        DateTimeField("added_at", label=both("Добавлен", "Added"), **hidden),
        DateTimeField("changed_at", label=both("Изменён", "Changed"), **hidden),
        DateTimeField("archived_at", label=both("В архиве с", "Archived"), **hidden),
        UUIDField("id", label="ID", **hidden),
        IntegerField("version", label=both("Версия", "Version"), **hidden),
    )


def together(legend: Any, *rows: Any) -> FieldsetWidget:
    """What stands in one row is a tuple."""
    return FieldsetWidget(legend, list(rows))


LAYOUT: Sequence[Any] = (
    together(
        both("Названия", "Titles"),
        ("title_ru", "title_en", "title_original"),
        "aliases",
    ),
    together(
        both("О фильме", "About"),
        ("type", "release_date", "rating", "age_rating"),
        ("genres", "countries"),
        "description_ru",
        "description_en",
    ),
    together(
        both("Участники", "Credits"), ("directors", "writers"), ("actors", "producers")
    ),
    together(
        both("Показ", "Availability"),
        ("access", "plans"),
        "windows",
        ("certificate", "media"),
    ),
    together(both("Серии (у сериалов)", "Episodes (of series)"), "seasons", "episodes"),
    FieldRef("reason"),
    FieldRef("read", show_label=False),
)

#: Members of a film's state in its history.
TOLD: Mapping[str, Any] = {
    "type": both("Вид", "Type"),
    "access": both("Доступен", "Access"),
    "rating": both("Рейтинг", "Rating"),
    "age_rating": both("Возраст", "Age"),
    "release_date": both("Премьера", "Release"),
    "countries": both("Страны", "Countries"),
    "certificate": both("Прокатное удостоверение", "Certificate"),
    "media": both("Медиа", "Media"),
    "genres": both("Жанры", "Genres"),
    "credits": both("Участники", "Credits"),
    "aliases": both("Другие названия", "Also known as"),
    "plans": both("Только с тарифами", "Only with plans"),
    "windows": both("Окна показа", "Availability windows"),
    "seasons": both("Сезоны", "Seasons"),
}
