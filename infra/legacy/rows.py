"""Rows of the legacy database, each as the facts it stands for."""

from datetime import date, datetime
from typing import Final, cast, get_args
from uuid import UUID

from msgspec import Struct, field

from domain.film.values import FilmType, Role
from infra.legacy.database import Raw
from infra.legacy.values import (
    BadValue,
    day,
    identifier,
    moment,
    optional,
    reference,
    shown,
    tenths,
    text,
)

TYPES: Final[dict[str, FilmType]] = {"movie": "movie", "tv_show": "series"}
ROLES: Final = frozenset(get_args(Role))


class GenreRow(Struct, frozen=True, gc=False):
    id: UUID
    name: str
    description: str | None
    created_at: datetime
    updated_at: datetime


class PersonRow(Struct, frozen=True, gc=False):
    id: UUID
    name: str
    birth_date: date | None
    created_at: datetime
    updated_at: datetime


class GenreLink(Struct, frozen=True, gc=False):
    id: UUID
    film_id: UUID
    genre_id: UUID
    created_at: datetime
    points_somewhere: bool


class CreditLink(Struct, frozen=True, gc=False):
    id: UUID
    film_id: UUID
    person_id: UUID
    role: Role
    created_at: datetime
    points_somewhere: bool


class FilmRow(Struct, frozen=True):
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
    #: Some of its links were rejected, and may be among those that are not there.
    lacks: list[UUID] = field(default_factory=list)


def genre_of(raw: Raw) -> GenreRow:
    """This and the others raise ``BadValue``."""
    id_, name, description, created_at, updated_at = raw
    return GenreRow(
        id=identifier("id", id_),
        name=text("name", name),
        description=optional("description", description),
        created_at=moment("created_at", created_at),
        updated_at=moment("updated_at", updated_at),
    )


def person_of(raw: Raw) -> PersonRow:
    id_, name, created_at, updated_at, birth_date = raw
    return PersonRow(
        id=identifier("id", id_),
        name=text("full_name", name),
        birth_date=day("birth_date", birth_date),
        created_at=moment("created_at", created_at),
        updated_at=moment("updated_at", updated_at),
    )


def film_of(raw: Raw) -> FilmRow:
    id_, title, about, released, path, rating, type_, created, updated, number = raw
    return FilmRow(
        id=identifier("id", id_),
        title=text("title", title),
        description=optional("description", about),
        creation_date=day("creation_date", released),
        certificate=optional("certificate", number),
        file_path=optional("file_path", path),
        rating=tenths("rating", rating),
        type=type_of(text("type", type_)),
        created_at=moment("created_at", created),
        updated_at=moment("updated_at", updated),
    )


def genre_link_of(raw: Raw) -> GenreLink:
    id_, film_id, genre_id, created_at, points_somewhere = raw
    return GenreLink(
        id=identifier("id", id_),
        film_id=reference("film_work_id", film_id),
        genre_id=reference("genre_id", genre_id),
        created_at=moment("created_at", created_at),
        points_somewhere=bool(points_somewhere),
    )


def credit_of(raw: Raw) -> CreditLink:
    id_, film_id, person_id, role, created_at, points_somewhere = raw
    return CreditLink(
        id=identifier("id", id_),
        film_id=reference("film_work_id", film_id),
        person_id=identifier("person_id", person_id),
        role=role_of(text("role", role)),
        created_at=moment("created_at", created_at),
        points_somewhere=bool(points_somewhere),
    )


def type_of(written: str) -> FilmType:
    if written not in TYPES:
        raise BadValue("type", f"is neither movie nor tv_show: {shown(written)}")
    return TYPES[written]


def role_of(written: str) -> Role:
    if written not in ROLES:
        raise BadValue("role", f"is no role that there is: {shown(written)}")
    return cast("Role", written)
