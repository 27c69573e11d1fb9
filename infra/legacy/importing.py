"""Takes a legacy database over: in batches, each recorded as a whole or not at all."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from domain.film.events import (
    CreditGiven,
    CreditWithdrawn,
    FilmAdded,
    GenreAssigned,
    GenreUnassigned,
)
from domain.genre.events import GenreAdded
from domain.person.events import PersonAdded
from infra.eventstore.bulk import Bulk, Order, Outcome
from infra.legacy.plans import film_order, genre_order, person_order
from infra.legacy.reading import Reading
from infra.legacy.report import Reject
from infra.legacy.rows import FilmRow, PersonRow

R = TypeVar("R")

BATCH = 500
#: Parts of a name that are hardly one: a bracket that nothing opens, or a remark.
JUNK = re.compile(r"\)|\(")
ADDED = (FilmAdded, GenreAdded, PersonAdded)


class LegacyImport:
    def __init__(self, reading: Reading, bulk: Bulk) -> None:
        self.reading = reading
        self.report = reading.report
        self.bulk = bulk

    def run(self) -> None:
        """Raises ``StrictStop``; what was recorded by then stays recorded."""
        # One by one: two of them could want the same name.
        for genre, outcome in self.sent(self.reading.genres(), genre_order, batch=1):
            if self.counted("genre", genre.id, outcome):
                self.reading.genre_ids.add(genre.id)
        for person, outcome in self.sent(self.reading.people(), person_order):
            if self.counted("person", person.id, outcome):
                self.reading.person_ids.add(person.id)
                self.remark(person)
        for film, outcome in self.sent(self.reading.films(), film_order):
            if self.counted("film_work", film.id, outcome):
                self.count_links(film, outcome)
            else:
                self.reject_links(film)

    def sent(
        self, rows: Iterable[R], order: Callable[[R], Order], batch: int = 0
    ) -> Iterator[tuple[R, Outcome]]:
        left = iter(rows)
        while some := [*islice(left, batch or BATCH)]:
            yield from zip(some, self.bulk.send([*map(order, some)]), strict=True)

    def counted(self, table: str, id_: UUID, outcome: Outcome) -> bool:
        if outcome.refusal is not None:
            why = f"is refused: {outcome.refusal}"
            self.report.reject(Reject(table, str(id_), "id", why))
            return False
        tally = self.report.tables[table]
        own = [event for event in outcome.events if not is_link(event)]
        if any(isinstance(event, ADDED) for event in own):
            tally.new += 1
        elif own:
            tally.changed += 1
        else:
            tally.unchanged += 1
        return True

    def count_links(self, row: FilmRow, outcome: Outcome) -> None:
        self.count_kind(
            "genre_film_work", len(row.genres), outcome, GenreAssigned, GenreUnassigned
        )
        self.count_kind(
            "person_film_work", len(row.credits), outcome, CreditGiven, CreditWithdrawn
        )

    def count_kind(
        self, table: str, number: int, outcome: Outcome, made: type, undone: type
    ) -> None:
        """A link that the file has no longer counts as changed."""
        tally = self.report.tables[table]
        new = sum(isinstance(event, made) for event in outcome.events)
        tally.new += new
        tally.unchanged += number - new
        tally.changed += sum(isinstance(event, undone) for event in outcome.events)

    def reject_links(self, row: FilmRow) -> None:
        why = f"is of a film that was not taken over: {row.id}"
        tables: dict[str, Sequence[Any]] = {
            "genre_film_work": [*row.genres.values()],
            "person_film_work": [*row.credits.values()],
        }
        for table, links in tables.items():
            for link in links:
                self.report.reject(Reject(table, str(link.id), "film_work_id", why))

    def remark(self, row: PersonRow) -> None:
        if JUNK.search(row.name):
            self.report.remarks.append(
                f"person {row.id}: full_name has more than a name in it: {row.name!r}"
            )


def is_link(event: object) -> bool:
    return isinstance(
        event, GenreAssigned | GenreUnassigned | CreditGiven | CreditWithdrawn
    )
