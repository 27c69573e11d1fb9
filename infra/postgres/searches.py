"""What people look for: counted in memory, and written down every few seconds.

A request only adds to a number. What a crash takes are the counts of some seconds.
Memory and table are bounded, and what may say something of a person is not kept.
"""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Event, Lock, Thread
from typing import LiteralString, Self

from psycopg import Error
from psycopg.rows import class_row
from psycopg_pool import PoolTimeout

from infra.projection_engine.postgres import Pool
from infra.search.words import whole
from projections.searches import Searched

logger = logging.getLogger(__name__)

SECONDS = 5.0
#: Seconds, for a connection.
PATIENCE = 5.0
#: Different words between two writes, of a day, and for how many days.
MOST_WAITING, MOST_A_DAY, DAYS = 5_000, 20_000, 90
LONGEST = 64
#: Addresses, and numbers of telephones, cards and documents.
PERSONAL = re.compile(r"@|\d(?:[\s()+.-]*\d){5}")

ADD = """
INSERT INTO work.searches AS known (day, words, times, films)
SELECT %(day)s, words, times, films
FROM unnest(%(words)s::text[], %(times)s::int[], %(films)s::int[])
    AS heard (words, times, films)
WHERE (SELECT count(*) FROM work.searches WHERE day = %(day)s) < %(most)s
    OR EXISTS (
        SELECT FROM work.searches AS before
        WHERE before.day = %(day)s AND before.words = heard.words
    )
ORDER BY words
ON CONFLICT (day, words) DO UPDATE
SET times = known.times + excluded.times, films = excluded.films
"""
FORGET = "DELETE FROM work.searches WHERE day < %s"
POPULAR = """
SELECT words, sum(times)::int AS times, max(day) AS last_on,
    (array_agg(films ORDER BY day DESC))[1] AS films
FROM work.searches WHERE day >= %s GROUP BY words
ORDER BY times DESC, words LIMIT %s
"""
FRUITLESS = """
SELECT words, sum(times)::int AS times, max(day) AS last_on, 0 AS films
FROM work.searches WHERE day >= %s GROUP BY words
HAVING (array_agg(films ORDER BY day DESC))[1] = 0
ORDER BY times DESC, words LIMIT %s
"""


@dataclass(slots=True)
class Heard:
    times: int
    films: int


class PostgresSearches:
    """Begins to write with the first search, and writes what is left in the end."""

    def __init__(self, pool: Pool, clock: Callable[[], datetime]) -> None:
        self.pool = pool
        self.clock = clock
        self.waiting: dict[str, Heard] = {}
        self.lock = Lock()
        self.closing = Event()
        self.writer: Thread | None = None

    def note(self, words: str, films: int) -> None:
        kept = kept_of(words)
        if kept is None:
            return
        with self.lock:
            heard = self.waiting.get(kept)
            if heard is not None:
                heard.times, heard.films = heard.times + 1, films
            elif len(self.waiting) < MOST_WAITING:
                self.waiting[kept] = Heard(1, films)
            if self.writer is None:
                self.writer = Thread(target=self.run, name="searches", daemon=True)
                self.writer.start()

    def run(self) -> None:
        while not self.closing.wait(SECONDS):
            self.write()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.closing.set()
        if self.writer is not None:
            self.writer.join()
            self.write()

    def write(self) -> None:
        """A database that is away costs these counts, and nothing else."""
        with self.lock:
            heard, self.waiting = self.waiting, {}
        if not heard:
            return
        today = self.clock().date()
        counted = {
            "day": today,
            "words": [*heard],
            "times": [each.times for each in heard.values()],
            "films": [each.films for each in heard.values()],
            "most": MOST_A_DAY,
        }
        try:
            with self.pool.connection(timeout=PATIENCE) as connection:
                connection.execute(ADD, counted)
                connection.execute(FORGET, (today - timedelta(days=DAYS),))
        except (Error, PoolTimeout):
            logger.warning("%s searches are not counted", len(heard), exc_info=True)

    def popular(self, since: date, limit: int) -> Sequence[Searched]:
        return self.asked(POPULAR, since, limit)

    def fruitless(self, since: date, limit: int) -> Sequence[Searched]:
        return self.asked(FRUITLESS, since, limit)

    def asked(self, query: LiteralString, since: date, limit: int) -> list[Searched]:
        with self.pool.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(Searched))
            return cursor.execute(query, (since, limit)).fetchall()


def kept_of(words: str) -> str | None:
    """As it is counted; None for what had better not be written down."""
    if PERSONAL.search(words):
        return None
    return whole(words)[:LONGEST].replace("\0", "") or None
