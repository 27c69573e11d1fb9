"""Measures once an hour how much each film is wanted.

Points are whole numbers, so that their sum is the same in whatever order the rows are
read: the same rows and the same moment give the same scores. Scores go in steps of
ten, so that what is forgotten bit by bit is not a new fact every hour.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid5

from domain.kernel.messages import Clock, Metadata
from domain.kernel.values import FilmId
from domain.popularity.commands import MeasurePopularity
from infra.eventstore.deliveries import Deliveries, Message
from infra.postgres.exclusive import AlreadyUnderWay, exclusive
from infra.projection_engine.postgres import Pool

BATCH = 500

#: A film that was watched to the middle has a point (a million), one that was begun a
#: third of one; a wish half of one; a rating above 5 up to one. Each is worth half of
#: it two weeks later. A million points are 1000, one is 50.
SCORES = """
WITH signs (film_id, weight, at) AS (
    SELECT film_id, CASE WHEN 2 * position_seconds >= duration_seconds
        THEN 1000000 ELSE 333333 END, at
    FROM viewing.progress
    UNION ALL SELECT film_id, 500000, bookmarked_at FROM read.watchlist
    UNION ALL SELECT film_id, 200000 * (rating - 5), given_at FROM read.opinions
    WHERE rating > 5
), points AS (
    SELECT film_id, sum((
        weight * power(0.5, extract(epoch FROM %(moment)s - at)::float8 / 1209600)
    )::bigint) AS points
    FROM signs WHERE at <= %(moment)s AND at > %(moment)s - interval '280 days'
    GROUP BY film_id
), scores AS (
    SELECT film_id, least(1000, 10 * round(
        100 * ln(1 + points::float8 / 1000000) / ln(1000001::float8)
    ))::integer AS score
    FROM points
)
SELECT film_id, coalesce(scores.score, 0)
FROM scores FULL JOIN read.popularity AS measured USING (film_id)
WHERE coalesce(scores.score, 0) <> coalesce(measured.score, 0)
    AND EXISTS (SELECT FROM read.films WHERE id = film_id)
ORDER BY film_id
"""
LAST = "SELECT moment FROM viewing.measurement"
DONE = "UPDATE viewing.measurement SET moment = %s WHERE moment < %s"


class PopularityGauge:
    """One at a time measures, of however many run. If it dies, another gives the same
    commands.
    """

    name = "popularity_gauge"

    def __init__(self, pool: Pool, deliveries: Deliveries, clock: Clock) -> None:
        self.pool = pool
        self.deliveries = deliveries
        self.clock = clock

    def catch_up(self) -> int:
        """How many films have another score than they had."""
        moment = full_hour(self.clock())
        if self.last() >= moment:
            return 0
        try:
            with exclusive(self.pool, self.name):
                return 0 if self.last() >= moment else self.measure(moment)
        except AlreadyUnderWay:
            return 0

    def is_at_rest(self) -> bool:
        return self.last() >= full_hour(self.clock())

    def last(self) -> datetime:
        with self.pool.connection() as connection:
            [(moment,)] = connection.execute(LAST).fetchall()
        assert isinstance(moment, datetime)
        return moment

    def measure(self, moment: datetime) -> int:
        found = scores(self.pool, moment)
        for begin in range(0, len(found), BATCH):
            page = found[begin : begin + BATCH]
            self.deliveries.dispatch([message(*each, moment) for each in page])
        with self.pool.connection() as connection:
            connection.execute(DONE, (moment, moment))
        return len(found)


def full_hour(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def scores(pool: Pool, moment: datetime) -> Sequence[tuple[FilmId, int]]:
    """Of the films that have another one than they had been given last."""
    with pool.connection() as connection:
        rows = connection.execute(SCORES, {"moment": moment}).fetchall()
    return [(FilmId(film_id), score) for film_id, score in rows]


def message(film_id: FilmId, score: int, moment: datetime) -> Message:
    command = MeasurePopularity(film_id=film_id, score=score, now=moment)
    message_id = uuid5(film_id, f"popularity {moment.isoformat()}")
    return Message(command, Metadata.root(message_id, PopularityGauge.name))
