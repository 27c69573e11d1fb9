"""Takes a legacy database over: in batches, each recorded as a whole or not at all."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from infra.garbage import uncollected
from infra.legacy.plans import film_order, genre_order, person_order
from infra.legacy.reading import Reading, column_of
from infra.legacy.rows import FilmRow, GenreRow, PersonRow

R = TypeVar("R", bound=GenreRow | PersonRow | FilmRow)

#: Rows that become one append, links included: somebody else waits meanwhile.
BATCH = 2_000
#: Parts of a name that are hardly one: a bracket that nothing opens, or a remark.
JUNK = re.compile(r"\)|\(")
ADDED = (FilmAdded, GenreAdded, PersonAdded)
LINKS = (GenreAssigned, GenreUnassigned, CreditGiven, CreditWithdrawn)


class LegacyImport:
    def __init__(self, reading: Reading, bulk: Bulk) -> None:
        self.reading = reading
        self.report = reading.report
        self.bulk = bulk

    def run(self) -> None:
        """Raises ``NotLegacy``; what was recorded by then stays recorded.

        A strict one ends at the first broken row; what came before is recorded.
        """
        with uncollected():
            self.take_over()

    def take_over(self) -> None:
        for genre, outcome in self.each(self.reading.genres(), genre_order):
            self.counted("genre", genre.id, outcome)
        for person, outcome in self.side_by_side(self.reading.people(), person_order):
            if self.counted("person", person.id, outcome) and JUNK.search(person.name):
                self.report.remark(
                    f"person {person.id}: full_name has more than a name in it: "
                    f"{person.name!r}"
                )
        for film, outcome in self.side_by_side(self.reading.films(), film_order):
            if self.counted("film_work", film.id, outcome):
                self.count_links(film, outcome)
            else:
                self.reject_links(film)

    def each(
        self, rows: Iterable[R], order: Callable[[R], Order]
    ) -> Iterator[tuple[R, Outcome]]:
        """Batch by batch: two rows could want the same name."""
        for batch in batches(rows):
            yield from zip(batch, self.bulk.send([*map(order, batch)]), strict=True)

    def side_by_side(
        self, rows: Iterable[R], order: Callable[[R], Order]
    ) -> Iterator[tuple[R, Outcome]]:
        """A batch is read and decided on while the one before it is recorded."""
        sent: list[list[R]] = []

        def orders() -> Iterator[Sequence[Order]]:
            for batch in batches(rows):
                sent.append(batch)
                yield [*map(order, batch)]

        for outcomes in self.bulk.send_all(orders()):
            yield from zip(sent.pop(0), outcomes, strict=True)

    def counted(self, table: str, id_: UUID, outcome: Outcome) -> bool:
        """False if it was refused."""
        if outcome.refusal is not None:
            column = column_of(table, outcome.refusal)
            self.reading.lose(table, id_, column, f"is refused: {outcome.refusal}")
            return False
        tally = self.report.tables[table]
        own = [event for event in outcome.events if not isinstance(event, LINKS)]
        if any(isinstance(event, ADDED) for event in own):
            tally.new += 1
        elif own:
            tally.changed += 1
        else:
            tally.unchanged += 1
        return True

    def count_links(self, row: FilmRow, outcome: Outcome) -> None:
        kinds = [type(event) for event in outcome.events]
        self.count_kind(
            "genre_film_work", len(row.genres), kinds, GenreAssigned, GenreUnassigned
        )
        self.count_kind(
            "person_film_work", len(row.credits), kinds, CreditGiven, CreditWithdrawn
        )

    def count_kind(
        self, table: str, number: int, kinds: Sequence[type], made: type, undone: type
    ) -> None:
        """A link that the file has no longer counts as changed."""
        tally, new = self.report.tables[table], kinds.count(made)
        tally.new += new
        tally.unchanged += number - new
        tally.changed += kinds.count(undone)

    def reject_links(self, row: FilmRow) -> None:
        why = f"is of a film that was not taken over: {row.id}"
        tables: Mapping[str, Iterable[Any]] = {
            "genre_film_work": row.genres.values(),
            "person_film_work": row.credits.values(),
        }
        for table, links in tables.items():
            for link in links:
                self.reading.reject(table, link.id, "film_work_id", why)


def batches(rows: Iterable[R]) -> Iterator[list[R]]:
    batch: list[R] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += weight(row)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def weight(row: GenreRow | PersonRow | FilmRow) -> int:
    return 1 + len(row.genres) + len(row.credits) if isinstance(row, FilmRow) else 1
