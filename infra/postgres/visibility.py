"""The rule of ``projections/visibility.py`` and its filters, in SQL over listings."""

from collections.abc import Iterator
from itertools import product
from typing import get_args
from uuid import UUID

from psycopg.sql import SQL, Composable, Literal

from domain.film.values import Access, AgeRating, FilmType
from infra.postgres.pages import any_of
from projections.search import Filters
from projections.visibility import Viewer

PRESENT = SQL("archived_at IS NULL")
AVAILABLE = "(limited_to IS NULL OR read.is_available(limited_to, {now}, {country}))"
CREDITED = """
id IN (SELECT id FROM read.films WHERE archived_at IS NULL AND {people})
"""
IN_ROLE = """
EXISTS (SELECT FROM unnest(person_ids, roles) AS credit (person_id, role)
        WHERE person_id = ANY ({people}::uuid[]) AND role = {role})
"""
AGES: tuple[int, ...] = get_args(AgeRating)
NOT_RATED = ""


def shown_to(viewer: Viewer) -> list[Composable]:
    return [*passing(Filters(), viewer)]


def passing(
    filters: Filters, viewer: Viewer, role: str | None = None
) -> Iterator[Composable]:
    yield PRESENT
    if filters.genre:
        yield any_of("genre_ids", filters.genre, "uuid[]")
    if filters.country:
        yield any_of("countries", filters.country, "text[]")
    if filters.person:
        yield credited(filters.person, role)
    if filters.year_from is not None:
        first = Literal(filters.year_from)
        yield SQL("release_date >= make_date({}, 1, 1)").format(first)
    if filters.year_to is not None:
        last = Literal(filters.year_to)
        yield SQL("release_date <= make_date({}, 12, 31)").format(last)
    yield from shelved(filters, viewer)
    yield SQL(AVAILABLE).format(
        now=Literal(viewer.now), country=Literal(viewer.country)
    )


def shelved(filters: Filters, viewer: Viewer) -> Iterator[Composable]:
    """Type, access and age rating are one column, to be found by all at once."""
    ages = ages_of(filters, viewer)
    if not (filters.type or filters.access or ages is not None):
        return
    labels = [
        "/".join(each)
        for each in product(
            filters.type or get_args(FilmType),
            filters.access or get_args(Access),
            [*map(str, AGES), NOT_RATED] if ages is None else map(str, ages),
        )
    ]
    yield SQL("shelf = ANY ({}::text[])").format(Literal(labels))


def ages_of(filters: Filters, viewer: Viewer) -> list[int] | None:
    limits = [
        limit for limit in (filters.age_rating_max, viewer.age_max) if limit is not None
    ]
    if not (limits or filters.age_rating):
        return None
    asked = filters.age_rating or AGES
    return [age for age in AGES if age in asked and age <= min(limits, default=age)]


def credited(people: tuple[UUID, ...], role: str | None) -> Composable:
    conditions: list[Composable] = [any_of("person_ids", people, "uuid[]")]
    if role is not None:
        in_role = SQL(IN_ROLE).format(people=Literal(list(people)), role=Literal(role))
        conditions.append(in_role)
    return SQL(CREDITED).format(people=SQL(" AND ").join(conditions))
