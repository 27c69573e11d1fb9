"""Films: found, looked at with their history, added and edited."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette_admin.filters import FilterGroup
from typing_extensions import override

from query_api.dashboards.archiving import Archivable
from query_api.dashboards.bulk import FilmBulk
from query_api.dashboards.choosing import name_of, named
from query_api.dashboards.editing import Named
from query_api.dashboards.film_fields import COLUMNS, LAYOUT, ROLES, TOLD, fields
from query_api.dashboards.film_form import FILM
from query_api.dashboards.film_form import ROLES as FIELDS_OF_ROLES
from query_api.dashboards.film_series import rows_of, told_series
from query_api.dashboards.film_windows import period, window
from query_api.dashboards.forms import Editable
from query_api.dashboards.history import shown
from query_api.dashboards.plan_choice import plan_names
from query_api.dashboards.ports import (
    Change,
    Compare,
    Condition,
    Dashboards,
    Either,
    Every,
    Row,
)
from query_api.dashboards.wording import both, said

ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
#: So many letters are looked for inside of words.
PART = 3


class Films(Editable, FilmBulk, Archivable):
    key = "films"
    category = "film"
    menu_label = both("Фильмы", "Films")
    display_name = both("фильм", "film")
    icon = "fa fa-film"
    called = "title"
    form = FILM
    columns = COLUMNS
    searched = ("found_by", "id")
    computed = (
        "title",
        "genres",
        "people",
        *FIELDS_OF_ROLES,
        "windows",
        "seasons",
        "episodes",
        "reason",
        "read",
    )
    form_layout = LAYOUT
    fields_default_sort = ("title",)
    never_empty = ("sort_title", "sort_title_en", "type", "access")
    sorted_as: ClassVar = {"title": "sort_title", "title_ru": "sort_title"}

    def __init__(self, given: Dashboards) -> None:
        self.genres, self.people = given.tables["genres"], given.tables["people"]
        self.plans = given.tables["plans"]
        self.fields = fields(self.genres, self.people, self.plans)
        super().__init__(given, "films")

    @override
    def ordered_by(self, field: str) -> str:
        """A title by what is shown of it."""
        by_title = said("sort_title", "sort_title_en")
        return by_title if field == "title" else super().ordered_by(field)

    @override
    def somewhere(self, word: str) -> Condition:
        """In any title; of so few letters, where a word begins: there is an index."""
        if ID.fullmatch(word):
            return Compare("id", "eq", word)
        folded = word.lower().replace("ё", "е")
        beginning = " " if folded.isalpha() and len(folded) < PART else ""
        return Compare("found_by", "contains", beginning + folded)

    @override
    async def completed(self, rows: Sequence[Row]) -> Sequence[Row]:
        return await run_in_threadpool(self.with_names, rows)

    def with_names(self, rows: Sequence[Row]) -> Sequence[Row]:
        genres = self.names(self.genres, rows, "genre_ids")
        people = self.names(self.people, rows, "person_ids")
        return [film(row, genres, people) for row in rows]

    def names(
        self, table: Any, rows: Sequence[Row], column: str
    ) -> Mapping[str, Named]:
        ids = {str(id_) for row in rows for id_ in row[column]}
        return {each.id: each for each in named(table, sorted(ids))}

    @override
    def told(self, change: Change) -> tuple[str, str, str]:
        """Of several things: what went and what came, not all there were."""
        if change.field not in TOLD:
            return super().told(change)
        name = str(TOLD[change.field])
        before = self.readable(change.field, change.before)
        after = self.readable(change.field, change.after)
        if isinstance(before, list) and isinstance(after, list):
            before, after = (
                [each for each in before if each not in after],
                [each for each in after if each not in before],
            )
        return name, shown(before), shown(after)

    def readable(self, field: str, value: Any) -> Any:
        """Tenths as a number, ids as the names of today."""
        match field, value:
            case "rating", int():
                return value / 10
            case "genres", list() | tuple():
                return [each.name for each in named(self.genres, value)]
            case "credits", list() | tuple():
                return self.credited(value)
            case "plans", list() | tuple():
                labels = dict(plan_names(self.plans))
                return [labels.get(str(id_), id_) for id_ in value]
            case "windows", list() | tuple():
                return [period(each) for each in value]
            case "seasons", list() | tuple():
                return told_series(value)
            case _:
                return value

    def credited(self, credits: Sequence[Any]) -> Sequence[str]:
        people = named(self.people, [id_ for id_, _ in credits])
        roles = [str(ROLES.get(role, role)) for _, role in credits]
        pairs = zip(people, roles, strict=True)
        return [f"{person.name} ({role})" for person, role in pairs]

    @override
    def where(
        self, request: Request, q: str | None, filters: FilterGroup | None
    ) -> Condition:
        return in_tenths(super().where(request, q, filters))


def film(row: Row, genres: Mapping[str, Named], people: Mapping[str, Named]) -> Row:
    rating = row["rating"]
    pairs = list(zip(row["person_ids"], row["roles"], strict=True))
    return {
        **row,
        "title": name_of(row),
        "rating": None if rating is None else Decimal(rating) / 10,
        "genres": [genres[str(id_)] for id_ in row["genre_ids"]],
        "people": None,
        **rows_of(row["seasons"]),
        "windows": [window(each) for each in row["windows"]],
        **{
            field: [people[str(id_)] for id_, credited in pairs if credited == role]
            for field, role in FIELDS_OF_ROLES.items()
        },
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
