"""The score that each film has been given last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel.messages import Recorded
from domain.popularity.events import PopularityMeasured
from projections.projection import Lookup, Projection


@dataclass(frozen=True, slots=True, kw_only=True)
class Popularity:
    film_id: UUID
    score: int
    measured_at: datetime


def keys(
    recorded: Recorded[PopularityMeasured], _lookup: Lookup[UUID]
) -> Iterable[UUID]:
    return (recorded.payload.film_id,)


def evolve(
    _row: Popularity | None,
    recorded: Recorded[PopularityMeasured],
    _rows: Mapping[UUID, Popularity],
) -> Popularity:
    fact = recorded.payload
    return Popularity(
        film_id=fact.film_id, score=fact.score, measured_at=fact.measured_at
    )


popularity: Projection[UUID, Popularity] = Projection(
    name="popularity",
    facts=(PopularityMeasured,),
    keys=keys,
    evolve=evolve,
    locality="stream",
)
