"""Rows of the legacy database, each as the facts it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias, cast, get_args
from uuid import UUID

from domain.film.values import FilmType, Role
from infra.legacy.values import (
    BadValue,
    day,
    identifier,
    moment,
    optional,
    shown,
    tenths,
    text,
)

Raw: TypeAlias = Mapping[str, Any]

TYPES: Mapping[str, FilmType] = {"movie": "movie", "tv_show": "series"}


@dataclass(frozen=True, slots=True)
class GenreRow:
    id: UUID
    name: str
    description: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: UUID
    name: str
    birth_date: date | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class GenreLink:
    id: UUID
    film_id: UUID
    genre_id: UUID
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CreditLink:
    id: UUID
    film_id: UUID
    person_id: UUID
    role: Role
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FilmRow:
    id: UUID
    title: str
    description: str | None
    creation_date: date | None
    certificate: str | None
    file_path: str | None
    rating: int | None
    type: FilmType
    created_at: datetime
    updated_at: datetime
    genres: dict[UUID, GenreLink] = field(default_factory=dict)
    credits: dict[tuple[UUID, Role], CreditLink] = field(default_factory=dict)


def genre_of(raw: Raw) -> GenreRow:
    """This and the others raise ``BadValue``."""
    return GenreRow(
        id=identifier("id", raw["id"]),
        name=text("name", raw["name"]),
        description=optional("description", raw.get("description")),
        created_at=moment("created_at", raw["created_at"]),
        updated_at=moment("updated_at", raw["updated_at"]),
    )


def person_of(raw: Raw) -> PersonRow:
    return PersonRow(
        id=identifier("id", raw["id"]),
        name=text("full_name", raw["full_name"]),
        birth_date=day("birth_date", raw.get("birth_date")),
        created_at=moment("created_at", raw["created_at"]),
        updated_at=moment("updated_at", raw["updated_at"]),
    )


def film_of(raw: Raw) -> FilmRow:
    return FilmRow(
        id=identifier("id", raw["id"]),
        title=text("title", raw["title"]),
        description=optional("description", raw.get("description")),
        creation_date=day("creation_date", raw.get("creation_date")),
        certificate=optional("certificate", raw.get("certificate")),
        file_path=optional("file_path", raw.get("file_path")),
        rating=tenths("rating", raw.get("rating")),
        type=type_of(text("type", raw["type"])),
        created_at=moment("created_at", raw["created_at"]),
        updated_at=moment("updated_at", raw["updated_at"]),
    )


def genre_link_of(raw: Raw) -> GenreLink:
    return GenreLink(
        id=identifier("id", raw["id"]),
        film_id=identifier("film_work_id", raw["film_work_id"]),
        genre_id=identifier("genre_id", raw["genre_id"]),
        created_at=moment("created_at", raw["created_at"]),
    )


def credit_of(raw: Raw) -> CreditLink:
    return CreditLink(
        id=identifier("id", raw["id"]),
        film_id=identifier("film_work_id", raw["film_work_id"]),
        person_id=identifier("person_id", raw["person_id"]),
        role=role_of(text("role", raw["role"])),
        created_at=moment("created_at", raw["created_at"]),
    )


def type_of(written: str) -> FilmType:
    if written not in TYPES:
        raise BadValue("type", f"is neither movie nor tv_show: {shown(written)}")
    return TYPES[written]


def role_of(written: str) -> Role:
    if written not in get_args(Role):
        raise BadValue("role", f"is no role that there is: {shown(written)}")
    return cast("Role", written)
