"""Lets films follow genres and people that are gone: a page of films at a time.

It keeps no place of its own. What is to be done is what the read models say: whoever
starts looks at everything that was ever gone, and finds most of it done.
"""

import logging
from collections.abc import Callable, Sequence
from time import monotonic
from uuid import UUID, uuid5

from psycopg.sql import SQL

from domain.kernel.errors import DomainError
from domain.kernel.messages import Clock, Metadata
from infra.eventstore.deliveries import Deliveries, Message
from infra.postgres.exclusive import AlreadyUnderWay, exclusive
from infra.projection_engine.postgres import PostgresStore
from processes.merging import Gone, Order, follow
from processes.ports import LinkedFilms
from projections.successions import Succession, heir

logger = logging.getLogger(__name__)

PAGE = 500
FIRST = UUID(int=0)
#: Seconds until everything is looked at again: a film whose row was parked is found.
SECONDS = 3600.0

DUE = "SELECT id FROM read.successions WHERE asked > %s ORDER BY asked LIMIT 1"
#: In halves, because the indexes are.
IS_OPEN = " OR ".join(
    f"""EXISTS (
    SELECT FROM read.successions AS gone JOIN read.films
    ON {column} @> ARRAY[gone.id] AND archived_at {which} WHERE gone.kind = '{kind}'
)"""
    for kind, column in (("genre", "genre_ids"), ("person", "person_ids"))
    for which in ("IS NULL", "IS NOT NULL")
)


class Merging:
    """Many may run, one at a time; what two of them do is done once."""

    name = "merging"

    def __init__(
        self,
        rows: PostgresStore[UUID, Succession],
        films: LinkedFilms,
        is_there: Callable[[str, UUID], bool],
        deliveries: Deliveries,
        clock: Clock,
        page: int = PAGE,
        timer: Callable[[], float] = monotonic,
    ) -> None:
        self.rows = rows
        self.films = films
        self.is_there = is_there
        self.deliveries = deliveries
        self.clock = clock
        self.page = page
        self.timer = timer
        self.begin()

    def begin(self) -> None:
        self.begun_at = self.timer()
        #: All that was asked until there is done.
        self.done = 0
        #: Of what is in hand, films until there are done.
        self.in_hand: Succession | None = None
        self.after = FIRST

    def catch_up(self) -> int:
        """How many pages of films were told to follow."""
        if self.timer() - self.begun_at > SECONDS:
            self.begin()
        if self.due() is None:
            return 0
        try:
            with exclusive(self.rows.pool, self.name):
                # Another look: it may have been done while we came here.
                gone = self.due()
                return 0 if gone is None else self.go_on(gone)
        except AlreadyUnderWay:
            return 0

    def is_at_rest(self) -> bool:
        with self.rows.connection() as connection:
            [(is_open,)] = connection.execute(SQL("SELECT " + IS_OPEN)).fetchall()
        return not is_open

    def due(self) -> Succession | None:
        """The first that films are to follow and whose films are known by now."""
        with self.rows.connection() as connection:
            found = connection.execute(DUE, (self.done,)).fetchone()
        gone = found and self.find(found[0])
        return gone if gone and gone.asked <= self.films.position() else None

    def find(self, id_: UUID) -> Succession | None:
        return self.rows.load([id_]).get(id_)

    def go_on(self, gone: Succession) -> int:
        if gone != self.in_hand:
            self.in_hand, self.after = gone, FIRST
        films = self.films.linked(gone.kind, gone.id, self.after, self.page)
        # The log knows first whether it has come back.
        if films and not self.is_there(gone.kind, gone.id):
            by = heir(gone, self.find)
            self.tell(gone, Gone(gone.kind, gone.id, by), films)
        if len(films) < self.page:
            self.done = gone.asked
        else:
            self.after = films[-1]
        return 1

    def tell(self, row: Succession, gone: Gone, films: Sequence[UUID]) -> None:
        orders = follow(gone, films, self.clock())
        messages = [Message(order, metadata_of(order, row, gone)) for order in orders]
        answers = self.deliveries.dispatch(messages)
        for order, answer in zip(orders, answers, strict=True):
            if isinstance(answer, DomainError):
                logger.warning("refused: %s: %r", answer, order)


def metadata_of(order: Order, row: Succession, gone: Gone) -> Metadata:
    """The same for the same film and the same question."""
    return Metadata(
        message_id=uuid5(row.id, f"{row.asked} {order.film_id}"),
        correlation_id=row.correlation_id,
        causation_id=row.message_id,
        actor=Merging.name,
        reason=gone.reason,
    )
