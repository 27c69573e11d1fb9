"""Reads the five tables; what is broken is left out, and reported."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, Protocol, TypeVar
from uuid import UUID

from domain.kernel.errors import Invalid
from domain.kernel.text import folded
from infra.legacy.database import LegacyDatabase
from infra.legacy.plans import check
from infra.legacy.report import Reject, Report
from infra.legacy.rows import (
    CreditLink,
    FilmRow,
    GenreLink,
    GenreRow,
    PersonRow,
    Raw,
    credit_of,
    film_of,
    genre_link_of,
    genre_of,
    person_of,
)
from infra.legacy.values import BadValue


class Identified(Protocol):
    @property
    def id(self) -> UUID: ...


class Linking(Identified, Protocol):
    @property
    def film_id(self) -> UUID: ...


#: What the domain calls otherwise than the legacy tables.
COLUMNS = {
    "/titles/original": "title",
    "/media": "file_path",
    "/release_date": "creation_date",
}

R = TypeVar("R", bound=Identified)
L = TypeVar("L", bound=Linking)


class Reading:
    """One pass over a file. Genres and people come first: films point to them."""

    def __init__(self, database: LegacyDatabase, report: Report) -> None:
        self.database = database
        self.report = report
        self.genre_ids: set[UUID] = set()
        self.person_ids: set[UUID] = set()

    def genres(self) -> Iterator[GenreRow]:
        names: set[str] = set()
        for row in self.read("genre", genre_of):
            if folded(row.name) in names:
                why = f"is that of another genre, too: {row.name!r}"
                self.reject("genre", row.id, "name", why)
            else:
                names.add(folded(row.name))
                yield row

    def people(self) -> Iterator[PersonRow]:
        return self.read("person", person_of)

    def films(self) -> Iterator[FilmRow]:
        """Each with its links; all three tables are read in the order of films."""
        genres = Grouped(self.read("genre_film_work", genre_link_of))
        credits = Grouped(self.read("person_film_work", credit_of))
        for film in self.read("film_work", film_of):
            self.orphans("genre_film_work", genres.before(film.id))
            self.orphans("person_film_work", credits.before(film.id))
            for link in genres.of(film.id):
                self.add_genre(film, link)
            for credit in credits.of(film.id):
                self.add_credit(film, credit)
            yield film
        self.orphans("genre_film_work", genres.rest())
        self.orphans("person_film_work", credits.rest())

    def read(self, table: str, parse: Callable[[Raw], R]) -> Iterator[R]:
        seen: set[UUID] = set()
        for raw in self.database.rows(table):
            self.report.tables[table].read += 1
            self.report.advance()
            try:
                row = acceptable(parse(raw))
                if row.id in seen:
                    raise BadValue("id", "is that of another row, too")
            except BadValue as error:
                self.reject(table, printable(raw["id"]), error.column, error.why)
            else:
                seen.add(row.id)
                yield row

    def add_genre(self, film: FilmRow, link: GenreLink) -> None:
        if link.genre_id not in self.genre_ids:
            why = f"is of no genre that was taken over: {link.genre_id}"
            self.reject("genre_film_work", link.id, "genre_id", why)
        elif link.genre_id in film.genres:
            why = "repeats a link of the same film and genre"
            self.reject("genre_film_work", link.id, "genre_id", why)
        else:
            film.genres[link.genre_id] = link

    def add_credit(self, film: FilmRow, link: CreditLink) -> None:
        if link.person_id not in self.person_ids:
            why = f"is of no person that was taken over: {link.person_id}"
            self.reject("person_film_work", link.id, "person_id", why)
        elif (link.person_id, link.role) in film.credits:
            why = "repeats a link of the same film, person and role"
            self.reject("person_film_work", link.id, "person_id", why)
        else:
            film.credits[link.person_id, link.role] = link

    def orphans(self, table: str, links: Iterable[Linking]) -> None:
        for link in links:
            why = f"is of no film that was taken over: {link.film_id}"
            self.reject(table, link.id, "film_work_id", why)

    def reject(self, table: str, id_: object, column: str, why: str) -> None:
        self.report.reject(Reject(table, str(id_), column, why))


class Grouped:
    """Links in the order of their films, taken a film at a time."""

    def __init__(self, links: Iterator[Any]) -> None:
        self.groups = groupby(links, key=attrgetter("film_id"))
        self.film_id: UUID | None = None
        self.links: list[Any] = []
        self.next()

    def next(self) -> None:
        film_id, links = next(self.groups, (None, ()))
        self.film_id, self.links = film_id, list(links)

    def before(self, film_id: UUID) -> Iterator[Any]:
        while self.film_id is not None and self.film_id < film_id:
            yield from self.links
            self.next()

    def of(self, film_id: UUID) -> Iterator[Any]:
        if self.film_id == film_id:
            yield from self.links
            self.next()

    def rest(self) -> Iterator[Any]:
        while self.film_id is not None:
            yield from self.links
            self.next()


def acceptable(row: R) -> R:
    """Raises ``BadValue`` for what the domain can never take over."""
    try:
        if isinstance(row, GenreRow | PersonRow | FilmRow):
            check(row)
    except Invalid as refusal:
        column = COLUMNS.get(refusal.pointer) or refusal.pointer.split("/")[1]
        raise BadValue(column, f"is refused: {refusal}") from refusal
    return row


def printable(id_: object) -> str:
    return id_.decode(errors="replace") if isinstance(id_, bytes) else str(id_)
