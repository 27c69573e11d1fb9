"""Reads the five tables; what is broken is left out, and reported."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from domain.genre.decider import GenreNameTaken
from domain.kernel.errors import DomainError, Invalid
from infra.legacy.database import POINTS_TO, LegacyDatabase, Raw
from infra.legacy.plans import check
from infra.legacy.report import Reject, Report
from infra.legacy.rows import (
    CreditLink,
    FilmRow,
    GenreLink,
    GenreRow,
    PersonRow,
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
    ("film_work", "/titles/original"): "title",
    ("film_work", "/media"): "file_path",
    ("film_work", "/release_date"): "creation_date",
    ("person", "/name"): "full_name",
}

#: Where a link's film stands in it.
FILM = 1

R = TypeVar("R", bound=Identified)
A = TypeVar("A", bound=GenreRow | PersonRow | FilmRow)
L = TypeVar("L", bound=Linking)


class Reading:
    """One pass over a file. Genres and people come first: films point to them.

    What the domain can never take over is left out, too, unless ``decides`` says that
    each row is going to be decided on in any case.
    """

    def __init__(
        self, database: LegacyDatabase, report: Report, decides: bool = False
    ) -> None:
        self.database = database
        self.report = report
        self.is_lenient = decides and not report.is_strict
        #: Genres and people that are in the file and were not taken over.
        self.lost: set[UUID] = set()
        #: Films of which a link could not be read, as they stand there.
        self.doubtful: set[str] = set()

    def genres(self) -> Iterator[GenreRow]:
        return self.checked("genre", genre_of)

    def people(self) -> Iterator[PersonRow]:
        if self.is_lenient:
            return self.read("person", person_of)
        return self.checked("person", person_of)

    def films(self) -> Iterator[FilmRow]:
        """Each with its links; all three tables are read in the order of films."""
        genres = Grouped(self.read("genre_film_work", genre_link_of))
        credits = Grouped(self.read("person_film_work", credit_of))
        read = self.read if self.is_lenient else self.checked
        for film in read("film_work", film_of):
            self.orphans("genre_film_work", genres.before(film.id))
            self.orphans("person_film_work", credits.before(film.id))
            for link in genres.of(film.id):
                self.add_genre(film, link)
            for credit in credits.of(film.id):
                self.add_credit(film, credit)
            if self.doubtful and str(film.id) in self.doubtful:
                film.lacks.append(film.id)
            yield film
        self.orphans("genre_film_work", genres.rest())
        self.orphans("person_film_work", credits.rest())

    def checked(self, table: str, parse: Callable[[Raw], A]) -> Iterator[A]:
        """Without what the domain refuses, whatever has been before."""
        for row in self.read(table, parse):
            try:
                check(row)
            except Invalid as refusal:
                column = column_of(table, refusal)
                self.lose(table, row.id, column, f"is refused: {refusal}")
            else:
                yield row

    def read(self, table: str, parse: Callable[[Raw], R]) -> Iterator[R]:
        tally = self.report.tables[table]
        for page in self.database.pages(table):
            for raw in page:
                if self.report.is_over:
                    return
                tally.read += 1
                try:
                    row = parse(raw)
                except BadValue as error:
                    self.lose(table, raw[0], error.column, error.why)
                    if table in POINTS_TO:
                        self.doubtful.add(str(raw[FILM]))
                else:
                    yield row
            self.report.advance(len(page))

    def add_genre(self, film: FilmRow, link: GenreLink) -> None:
        if not link.points_somewhere or link.genre_id in self.lost:
            why = f"is of no genre that was taken over: {link.genre_id}"
            self.reject("genre_film_work", link.id, "genre_id", why)
            film.lacks.append(link.id)
        elif link.genre_id in film.genres:
            why = "repeats a link of the same film and genre"
            self.reject("genre_film_work", link.id, "genre_id", why)
        else:
            film.genres[link.genre_id] = link

    def add_credit(self, film: FilmRow, link: CreditLink) -> None:
        if not link.points_somewhere or link.person_id in self.lost:
            why = f"is of no person that was taken over: {link.person_id}"
            self.reject("person_film_work", link.id, "person_id", why)
            film.lacks.append(link.id)
        elif (link.person_id, link.role) in film.credits:
            why = "repeats a link of the same film, person and role"
            self.reject("person_film_work", link.id, "person_id", why)
        else:
            film.credits[link.person_id, link.role] = link

    def orphans(self, table: str, links: Iterable[Linking]) -> None:
        for link in links:
            if self.report.is_over:
                return
            why = f"is of no film that was taken over: {link.film_id}"
            self.reject(table, link.id, "film_work_id", why)

    def lose(self, table: str, id_: object, column: str, why: str) -> None:
        self.reject(table, id_, column, why)
        if table in ("genre", "person") and (known := uuid_of(id_)):
            self.lost.add(known)

    def reject(self, table: str, id_: object, column: str, why: str) -> None:
        self.report.reject(Reject(table, printable(id_), column, why))


class Grouped(Generic[L]):
    """Links in the order of their films, taken a film at a time."""

    def __init__(self, links: Iterator[L]) -> None:
        self.groups = groupby(links, key=attrgetter("film_id"))
        self.film_id: UUID | None = None
        self.links: list[L] = []
        self.next()

    def next(self) -> None:
        none: tuple[None, Iterable[L]] = (None, ())
        self.film_id, links = next(self.groups, none)
        self.links = list(links)

    def before(self, film_id: UUID) -> Iterator[L]:
        while self.film_id is not None and self.film_id < film_id:
            yield from self.links
            self.next()

    def of(self, film_id: UUID) -> Iterable[L]:
        if self.film_id != film_id:
            return ()
        links = self.links
        self.next()
        return links

    def rest(self) -> Iterator[L]:
        while self.film_id is not None:
            yield from self.links
            self.next()


def column_of(table: str, refusal: DomainError) -> str:
    """Where a rule was broken; the id stands for the row as a whole."""
    if isinstance(refusal, GenreNameTaken):
        return "name"
    pointer = getattr(refusal, "pointer", "")
    if not pointer:
        return "id"
    return COLUMNS.get((table, pointer)) or pointer.split("/")[1]


def uuid_of(id_: object) -> UUID | None:
    try:
        return UUID(str(id_))
    except ValueError:
        return None


def printable(id_: object) -> str:
    raw = str(id_).encode(errors="surrogateescape")
    return raw.decode(errors="replace")
