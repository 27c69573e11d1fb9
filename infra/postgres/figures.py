"""Numbers about the whole, for the dashboards' overview."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg.sql import SQL

from domain.kernel.messages import Clock
from infra.eventstore.audit import EVENT
from infra.projection_engine.postgres import Pool
from projections.projection import Standing
from query_api.dashboards.health import GatewayHealth
from query_api.dashboards.ports import Day, Follower

ACTIVE = "SELECT count(*) FROM read.memberships WHERE lost_on IS NULL"
DAYS = """
WITH days AS (
    SELECT day::date FROM generate_series(
        %(today)s::date - (%(number)s::int - 1), %(today)s::date, interval '1 day'
    ) AS day
)
SELECT day,
    (SELECT count(*) FROM read.memberships WHERE gained_on = day),
    (SELECT count(*) FROM read.memberships WHERE lost_on = day),
    (SELECT coalesce(sum(taken), 0)::bigint FROM read.turnover AS t
     WHERE t.day = days.day AND t.currency = %(currency)s)
FROM days ORDER BY day
"""
#: Looks at the end of the log only: what is further back is not of the last hour,
#: unless the hour was so busy that the picture is clear anyway.
RECENT = 50_000
MINUTES = """
SELECT date_trunc('minute', recorded_at) AS minute, count(*) FROM event
WHERE position > (SELECT max(position) FROM es.cinema_events) - %(recent)s
AND recorded_at >= %(since)s GROUP BY 1
"""


class PostgresFigures:
    def __init__(
        self,
        pool: Pool,
        clock: Clock,
        standings: Callable[[], Sequence[Standing]],
        followers: Callable[[], Sequence[Follower]] = tuple,
        gateways: Callable[[], Sequence[GatewayHealth]] = tuple,
    ) -> None:
        self.pool = pool
        self.clock = clock
        self.standings_of_all = standings
        self.followers_of_all = followers
        self.gateways_of_all = gateways

    def active_subscriptions(self) -> int:
        [(number,)] = self.rows(SQL(ACTIVE), {})
        return int(number)

    def days(self, number: int, currency: str) -> Sequence[Day]:
        today = self.clock().date()
        asked = {"number": number, "today": today, "currency": currency}
        return [Day(*row) for row in self.rows(SQL(DAYS), asked)]

    def events_per_minute(self, minutes: int) -> Sequence[tuple[datetime, int]]:
        last = self.clock().replace(second=0, microsecond=0)
        every = [last - timedelta(minutes=ago) for ago in reversed(range(minutes))]
        asked = {"recent": RECENT, "since": every[0]}
        counted = dict(self.rows(SQL(EVENT) + SQL(MINUTES), asked))
        return [(minute, counted.get(minute, 0)) for minute in every]

    def standings(self) -> Sequence[Standing]:
        return self.standings_of_all()

    def followers(self) -> Sequence[Follower]:
        return self.followers_of_all()

    def gateways(self) -> Sequence[GatewayHealth]:
        return self.gateways_of_all()

    def rows(self, query: Any, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
        with self.pool.connection() as connection:
            return connection.execute(query, asked).fetchall()
