"""What of a film is shown and edited, under which names."""

from collections.abc import Mapping
from typing import Any

from starlette_admin.fields import (
    BaseField,
    DateField,
    DateTimeField,
    DecimalField,
    EnumField,
    IntegerField,
    StringField,
    TagsField,
    TextAreaField,
    UUIDField,
)

from query_api.dashboards.wording import both

TYPES = (("movie", both("фильм", "movie")), ("series", both("сериал", "series")))
ACCESS = (
    ("free", both("всем", "everybody")),
    ("registered", both("вошедшим", "signed in")),
    ("subscription", both("по подписке", "subscribers")),
)
AGES = tuple((age, f"{age}+") for age in (0, 6, 12, 16, 18))

FIELDS: tuple[BaseField, ...] = (
    StringField(
        "title",
        label=both("Фильм", "Film"),
        filters=[],
        exclude_from_detail=True,
        exclude_from_edit=True,
        exclude_from_export=True,
    ),
    StringField(
        "title_ru",
        label=both("Название", "Title in Russian"),
        exclude_from_list=True,
    ),
    StringField("title_en", label=both("Название по-английски", "Title")),
    StringField(
        "title_original",
        label=both("Оригинальное название", "Original title"),
        exclude_from_list=True,
    ),
    EnumField("type", label=both("Вид", "Type"), choices=TYPES),
    EnumField("access", label=both("Доступен", "Access"), choices=ACCESS),
    DecimalField("rating", label=both("Рейтинг", "Rating")),
    EnumField(
        "age_rating",
        label=both("Возраст", "Age"),
        choices=AGES,
        coerce=int,
    ),
    DateField(
        "release_date",
        label=both("Премьера", "Release"),
        form_alt_format="d.m.Y",
    ),
    TagsField(
        "genres",
        label=both("Жанры", "Genres"),
        filters=[],
        exclude_from_edit=True,
    ),
    TextAreaField(
        "description_ru",
        label=both("Описание", "Description in Russian"),
        exclude_from_list=True,
    ),
    TextAreaField(
        "description_en",
        label=both("Описание по-английски", "Description"),
        exclude_from_list=True,
    ),
    StringField(
        "certificate",
        label=both("Прокатное удостоверение", "Certificate"),
        exclude_from_list=True,
    ),
    StringField("media", label=both("Медиа", "Media"), exclude_from_list=True),
    DateTimeField(
        "changed_at",
        label=both("Изменён", "Changed"),
        exclude_from_list=True,
        exclude_from_edit=True,
    ),
    DateTimeField(
        "archived_at",
        label=both("В архиве с", "Archived"),
        exclude_from_list=True,
        exclude_from_edit=True,
    ),
    UUIDField("id", label="ID", exclude_from_list=True, exclude_from_edit=True),
    IntegerField(
        "version",
        label=both("Версия", "Version"),
        exclude_from_list=True,
        form_template="fields/hidden.html",
    ),
)

#: Members of a film's state in its history.
TOLD: Mapping[str, Any] = {
    "state": both("Состояние", "State"),
    "titles.ru": both("Название", "Title in Russian"),
    "titles.en": both("Название по-английски", "Title"),
    "titles.original": both("Оригинальное название", "Original title"),
    "description.ru": both("Описание", "Description in Russian"),
    "description.en": both("Описание по-английски", "Description"),
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
}
