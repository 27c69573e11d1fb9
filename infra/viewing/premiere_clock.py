"""Turns premieres that have come into commands, one for each who waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from psycopg import Connection

from domain.film.states import Archived, Film, Listed
from domain.film.values import Titles
from domain.kernel.messages import Clock, Metadata
from domain.kernel.values import AccountId, FilmId, Names
from domain.premiere.commands import AnnouncePremiere, DropPremiereWait
from infra.eventstore.deliveries import Deliveries, Message
from infra.projection_engine.postgres import Pool
from infra.viewing.premieres import Premieres

BATCH = 200

UNTOLD = """
FROM viewing.premieres(%(zone)s, %(hour)s) AS awaited
WHERE occasion <= %(now)s AND NOT EXISTS (
    SELECT FROM work.rung WHERE (subject, kind, due) = (id, 'premiere', occasion)
)
"""
DUE = f"SELECT awaited.* {UNTOLD} ORDER BY occasion, id LIMIT {BATCH}"
IS_DUE = f"SELECT EXISTS (SELECT {UNTOLD})"
NEXT = """
SELECT min(occasion) FROM viewing.premieres(%(zone)s, %(hour)s)
WHERE occasion > %(now)s AND occasion <= %(until)s
"""
RING = """
INSERT INTO work.rung (subject, kind, due) VALUES (%s, 'premiere', %s)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Wait:
    id: UUID
    account_id: AccountId
    film_id: FilmId
    occasion: datetime


class PremiereClock:
    """Many may run, and each may die at any line: a command has the same id each time,
    and is marked as given when the log has it.
    """

    name = "premiere_clock"

    def __init__(
        self, pool: Pool, deliveries: Deliveries, premieres: Premieres, clock: Clock
    ) -> None:
        self.pool = pool
        self.deliveries = deliveries
        self.premieres = premieres
        self.clock = clock

    def catch_up(self) -> int:
        now = self.clock()
        with self.pool.connection() as connection:
            waits = [Wait(*row) for row in connection.execute(DUE, self.asked(now))]
            given = self.given(waits, now)
            self.deliveries.dispatch([message for _, message in given])
            mark(connection, [wait for wait, _ in given])
        return len(given)

    def is_at_rest(self) -> bool:
        with self.pool.connection() as connection:
            values = self.asked(self.clock())
            [(is_due,)] = connection.execute(IS_DUE, values).fetchall()
        return not is_due

    def next(
        self, connection: Connection[Any], now: datetime, until: datetime
    ) -> datetime | None:
        """The first premiere after now that somebody waits for."""
        values = self.asked(now) | {"until": until}
        [(found,)] = connection.execute(NEXT, values).fetchall()
        assert found is None or isinstance(found, datetime)
        return found

    def asked(self, now: datetime) -> dict[str, Any]:
        return {
            "now": now,
            "hour": self.premieres.hour,
            "zone": str(self.premieres.zone),
        }

    def given(self, waits: list[Wait], now: datetime) -> list[tuple[Wait, Message]]:
        """A film that says something else by now is asked again in a moment."""
        films = {id_: self.premieres.film(id_) for id_ in {w.film_id for w in waits}}
        return [
            (wait, Message(order, metadata_of(wait)))
            for wait in waits
            if (order := self.order_of(wait, films[wait.film_id], now))
        ]

    def order_of(
        self, wait: Wait, film: Film, now: datetime
    ) -> AnnouncePremiere | DropPremiereWait | None:
        match film:
            case Archived():
                return DropPremiereWait(
                    account_id=wait.account_id, film_id=wait.film_id, now=now
                )
            case Listed(release_date=day) if (
                day and self.premieres.moment(day) == wait.occasion
            ):
                return AnnouncePremiere(
                    account_id=wait.account_id,
                    film_id=wait.film_id,
                    names=names_of(film.titles),
                    premieres_at=wait.occasion,
                    now=now,
                )
            case _:
                return None


def mark(connection: Connection[Any], waits: list[Wait]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(RING, [(wait.id, wait.occasion) for wait in waits])


def metadata_of(wait: Wait) -> Metadata:
    message_id = uuid5(wait.id, f"premiere {wait.occasion.isoformat()}")
    return Metadata.root(message_id, PremiereClock.name)


def names_of(titles: Titles) -> Names:
    original = titles.original or ""
    return Names(
        ru=titles.ru or titles.en or original,
        en=titles.en or original or titles.ru or "",
    )
